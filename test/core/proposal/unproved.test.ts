import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { needsConfirmation } from '../../../functions/core/case/deletion.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import { DAY, type Instant, plus } from '../../../functions/core/model/time.ts';
import {
  IN_USE_BEFORE,
  judgedMove,
  unproved,
  verdicts,
  workOf,
} from '../../../functions/core/proposal/unproved.ts';
import type { KeyUsage, Lookup } from '../../../functions/core/usage/usage.ts';
import {
  aCase,
  aDecision,
  allOff,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  THIRD,
  used,
} from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

const SINCE = plus(NOW, -7 * DAY);
const EDGE = plus(SINCE, -IN_USE_BEFORE);
const before = family({ last: plus(SINCE, -DAY), first: plus(SINCE, -DAY) });
const quiet = family({ last: plus(EDGE, -1), first: plus(EDGE, -1) });

/** The older key is off since a week, and its last use was as given. */
function off(lastUsed: ObservedKey['lastUsed'], more: Partial<Case> = {}): Case {
  const keys = [newer(), key(OLDER, 'Inactive', { lastUsed })];
  return inGrace({ deactivated: SINCE }, { keys, ...more });
}

const looked = (of: KeyUsage, kept: KeyUsage) => ({ usage: { [OLDER]: of, [NEWER]: kept } });
const ids = (current: Case, evidence: Parameters<typeof unproved>[1]) =>
  unproved(current, evidence).map(({ id, verdict }) => `${id} ${verdict.kind}`);

describe('a key whose work nobody saw with the kept one', () => {
  const lately = used(plus(SINCE, -DAY));
  const bare = looked(usage([before], { keyId: OLDER }), usage([]));

  it('was in use in the 30 days before its deactivation', () => {
    expect(ids(off(lately), bare)).toEqual([`${OLDER} not-seen`]);
    const blank = looked(usage([], { keyId: OLDER }), usage([]));
    expect(ids(off(used(EDGE)), blank)).toEqual([`${OLDER} not-seen`]);
    expect(ids(off(used(plus(EDGE, -1))), blank)).toEqual([]);
    expect(ids(off({ kind: 'never' }), blank)).toEqual([]);
  });

  it('was in use if the event history says so, whatever IAM says', () => {
    expect(ids(off({ kind: 'never' }), bare)).toEqual([`${OLDER} not-seen`]);
    expect(ids(off(used(plus(EDGE, -1))), looked(usage([quiet], { keyId: OLDER }), usage([])))).toEqual([]);
  });

  it('counts as in use while nobody could read its last use', () => {
    const blank = looked(usage([], { keyId: OLDER }), usage([]));
    expect(ids(off({ kind: 'not-read' }), blank)).toEqual([`${OLDER} not-seen`]);
    const known = { at: plus(EDGE, -1), service: 'S3', region: 'eu-west-1' };
    expect(ids(off({ kind: 'not-read', known }), blank)).toEqual([]);
    expect(ids(off(lately, { keys: [newer()] }), blank)).toEqual([`${OLDER} not-seen`]);
  });

  it('is none of those whose consumers were all seen with the kept key', () => {
    expect(ids(off(lately), looked(usage([before], { keyId: OLDER }), usage([family()])))).toEqual([]);
    const two = usage([before, { ...before, service: 'sqs' }], { keyId: OLDER });
    expect(ids(off(lately), looked(two, usage([family()])))).toEqual([`${OLDER} partly`]);
  });

  it('is judged like any other key, but asked about only if it was in use', () => {
    const unused = off({ kind: 'never' }, { decision: aDecision({ remove: [THIRD] }) });
    const blank = looked(usage([], { keyId: OLDER }), usage([]));
    expect(verdicts(unused, blank).map(({ id, verdict }) => `${id} ${verdict.kind}`)).toEqual([
      `${OLDER} not-seen`,
    ]);
    expect(verdicts(off(lately, { decision: null }), bare)).toEqual([]);
  });

  it('says when the older of both lookups was made', () => {
    const at = plus(NOW, -DAY);
    const earlier = usage([before], { keyId: OLDER, lookup: { kind: 'looked-up', at, back: at } });
    expect(unproved(off(lately), looked(earlier, usage([])))[0]?.at).toBe(at);
    expect(unproved(off(lately), { usage: {} })).toEqual([
      { id: OLDER, since: SINCE, verdict: { kind: 'not-looked-up', why: 'waiting' }, at: null },
    ]);
  });

  it('is one that the decision deletes', () => {
    expect(ids(off(lately, { decision: null }), bare)).toEqual([]);
    expect(ids(off(lately, { decision: aDecision({ remove: [THIRD] }) }), bare)).toEqual([]);
    expect(ids(aCase({ decision: aDecision() }), bare)).toEqual([]);
  });

  it('is none with usage off', () => {
    expect(ids(off(lately), {})).toEqual([]);
  });

  it('is every one in use where no key was kept', () => {
    const one = judgedMove({ id: OLDER, since: SINCE }, usage([before], { keyId: OLDER }), null);
    expect(one).toEqual({ id: OLDER, since: SINCE, verdict: { kind: 'none-kept' }, at: null });
    const used = allOff({ deactivated: SINCE });
    expect(ids(used, { usage: {} })).toEqual([`${NEWER} none-kept`]);
    expect(needsConfirmation(noneKept(), { usage: [] }), 'as for any such decision').toBe(true);
  });

  it('says nothing yet of lookups from before its deactivation', () => {
    const made = (at: Instant) => ({ kind: 'looked-up' as const, at, back: plus(at, -90 * DAY) });
    const [early, late] = [made(plus(SINCE, -1)), made(SINCE)];
    const verdict = (theirs: Lookup, mine: Lookup, families = [family()]) =>
      workOf(
        off(lately),
        looked(usage([before], { keyId: OLDER, lookup: theirs }), usage(families, { lookup: mine })),
      ).map(({ verdict: { kind } }) => kind);
    expect(verdict(early, late)).toEqual(['not-looked-up']);
    expect(verdict(late, early, [])).toEqual(['not-looked-up']);
    expect(verdict(late, late)).toEqual(['taken-over']);
  });
});
