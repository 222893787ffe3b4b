/** Decisions through a link to a list, which count only about a case that is harmless when they are adopted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { Ask, LinkClaim } from '../../../functions/core/case/requests.ts';
import { proves } from '../../../functions/core/judge/proof.ts';
import type { Situation } from '../../../functions/core/judge/situation.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import type { Mode } from '../../../functions/core/model/policy.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { harmlessProposal } from '../../../functions/core/proposal/harmless.ts';
import { atDepth } from '../../depth.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import {
  aCase,
  aDecision,
  aListClaim,
  IDLE,
  inGrace,
  KEPT,
  key,
  NEWER,
  NOW,
  OLDER,
  POLICY,
  THIRD,
  used,
} from '../../fakes/cases.ts';
import { asked, codes, judged, seen } from './scene.ts';

const KEEP: Ask = { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] };
const ordinary = { about: anAbout() };

/** The judgement of an answer through the list, and what was said of it. */
function answered(
  ask: Ask = KEEP,
  more: Partial<Situation> = {},
  claim: LinkClaim = aListClaim(),
  current: Case = aCase({ keys: [KEPT, IDLE] }),
) {
  const request = { ...asked(current, ask), claim };
  const judgement = judged({ current, observed: seen(current.keys), besides: ordinary, request, ...more });
  const refused = judgement.events.find(({ code }) => code === 'request-refused')?.detail ?? null;
  return { judgement, refused };
}

const now = (lastUsed: ObservedKey['lastUsed']) => ({ observed: seen([KEPT, { ...IDLE, lastUsed }]) });

describe('a decision through a list link', () => {
  it('about a harmless case is carried out', () => {
    const { judgement, refused } = answered();
    expect(refused).toBeNull();
    expect(judgement.next?.decision).toMatchObject({ by: 'sec-lead', keep: NEWER, deactivate: [OLDER] });
    expect(judgement.action).toEqual({ kind: 'deactivate', keyId: OLDER });
  });

  it.each<[string, Ask, Partial<Situation>]>([
    ['the key to deactivate was used since', KEEP, now(used(plus(NOW, -HOUR)))],
    ['its last use cannot be read now', KEEP, now({ kind: 'not-read' })],
    [
      'the user is an administrator by now',
      KEEP,
      { besides: { about: anAbout({ privilege: administrator('X') }) } },
    ],
    ['no survey has found the user', KEEP, { besides: {} }],
    ['nothing is known beside the case', KEEP, { besides: undefined as never }],
    [
      'somebody unexpected created a key',
      KEEP,
      {
        policy: { ...POLICY, trustedCreators: [] },
        evidence: { [OLDER]: { createdBy: 'user/mallory', at: NOW } },
      },
    ],
    ['it keeps the other key', { ...KEEP, keep: OLDER, off: [NEWER] }, {}],
    ['it acknowledges a use', { ...KEEP, acknowledged: [OLDER] }, {}],
  ])('is refused if %s, and its author is told why', (_what, ask, more) => {
    const { judgement, refused } = answered(ask, more);
    expect(refused).toBe('not-for-a-list');
    expect(judgement.next).toMatchObject({ decision: null, asking: 2 });
    expect(judgement.next?.dropped).toMatchObject([{ by: 'sec-lead', why: 'not-for-a-list', owed: true }]);
  });

  it('is not held to that through a link to one case', () => {
    const current = aCase();
    const judgement = judged({ current, observed: seen(current.keys), request: asked(current, KEEP) });
    expect(codes(judgement)).toContain('decided');
  });

  it('confirms no deletion', () => {
    const policy = { ...POLICY, deletion: 'on-confirmation' as const };
    const current = inGrace({}, { phase: 'awaiting-confirmation' });
    const ask: Ask = { kind: 'confirm', keys: [OLDER] };
    expect(answered(ask, { policy }, aListClaim(), current).refused).toBe('wrong-purpose');
  });

  it.each<[string, Partial<Case>]>([
    ['a key', {}],
    ['a key that was reactivated before', { restored: { [OLDER]: 1 } }],
    ['a key that was deactivated as compromised', { compromised: [OLDER] }],
  ])('reactivates %s, because its page had it typed', (_what, more) => {
    const ask: Ask = { kind: 'restore', keys: [OLDER] };
    const { judgement, refused } = answered(ask, {}, aListClaim(), inGrace({}, more));
    expect(refused).toBeNull();
    expect(judgement.action).toEqual({ kind: 'reactivate', keyId: OLDER });
  });

  it.each<Mode>(['observe', 'enforce'])('through a list-view link is none, in the mode %s', (mode) => {
    const policy = { ...POLICY, mode };
    expect(answered(KEEP, { policy }, aListClaim({ purpose: 'list-view' })).refused).toBe('wrong-purpose');
  });

  it('of somebody who may not decide about the case is refused', () => {
    expect(answered(KEEP, {}, aListClaim({ recipient: 'nobody' })).refused).toBe('not-an-approver');
    expect(answered(KEEP, {}, aListClaim({ address: '0'.repeat(16) })).refused).toBe('not-an-approver');
    expect(answered(KEEP, {}, aListClaim({ account: '999999999999' })).refused).toBe('other-case');
  });
});

it('proves a deactivation only without an acknowledged use', () => {
  const acknowledged = [OLDER];
  const proved = (ask: Ask) => {
    const request = { ...asked(aCase(), ask), claim: aListClaim() };
    const { digest, at } = request.request;
    const decision = aDecision({ digest, at, by: 'sec-lead', address: aListClaim().address });
    const current = aCase({ decision });
    const wanted = {
      kind: 'keep' as const,
      by: decision.by,
      address: decision.address,
      at,
      digests: [digest],
    };
    const action = { kind: 'deactivate' as const, keyId: OLDER };
    return proves(current, action, wanted, request, { policy: POLICY, control: UNRESTRICTED, now: NOW });
  };
  expect(proved(KEEP)).toBe(true);
  expect(proved({ kind: 'keep', keep: NEWER, off: [OLDER], acknowledged })).toBe(false);
});

it('no answer through a list link is adopted about a case that is not harmless', () => {
  const use = fc.oneof(
    fc.constant<ObservedKey['lastUsed']>({ kind: 'never' }),
    fc.constant<ObservedKey['lastUsed']>({ kind: 'not-read' }),
    fc.integer({ min: 0, max: 400 * 24 }).map((hours) => used(plus(NOW, -hours * HOUR))),
  );
  const privilege = fc.constantFrom(
    anAbout(),
    anAbout(),
    anAbout({ privilege: { kind: 'unknown' } }),
    anAbout({ privilege: administrator('X') }),
  );
  let adopted = 0;
  const check = (
    older: ObservedKey['lastUsed'],
    third: ObservedKey['lastUsed'] | null,
    about: ReturnType<typeof anAbout>,
    mode: Mode,
    acknowledged: readonly string[],
  ) => {
    const further = third === null ? [] : [key(THIRD, 'Active', { lastUsed: third })];
    const keys = [KEPT, { ...IDLE, lastUsed: older }, ...further];
    const off = keys.slice(1).map(({ id }) => id);
    const policy = { ...POLICY, mode };
    const current = aCase({ keys: [KEPT, IDLE, ...further] });
    const ask: Ask = { kind: 'keep', keep: NEWER, off, acknowledged };
    const { judgement } = answered(
      ask,
      { policy, observed: seen(keys), besides: { about } },
      aListClaim(),
      current,
    );
    const decided = (judgement.next?.decision ?? null) !== null;
    adopted += decided ? 1 : 0;
    const proposal = harmlessProposal({ ...current, keys }, { about }, policy, NOW);
    expect(decided).toBe(proposal?.keep === NEWER && acknowledged.length === 0);
    expect(judgement.action !== null && !decided).toBe(false);
  };
  fc.assert(
    fc.property(
      use,
      fc.option(use),
      privilege,
      fc.constantFrom<Mode>('enforce', 'enforce', 'observe'),
      fc.constantFrom<readonly string[]>([], [], [OLDER]),
      check,
    ),
    { numRuns: atDepth({ sample: 300, share: 2000, all: 20_000 }) },
  );
  expect(adopted).toBeGreaterThan(5);
});
