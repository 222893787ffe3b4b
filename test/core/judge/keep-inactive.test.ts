import { describe, expect, test } from 'vitest';
import { factsDigest, factsOf } from '../../../functions/core/case/facts.ts';
import { linkAllows } from '../../../functions/core/case/requests.ts';
import { clearance } from '../../../functions/core/judge/clearance.ts';
import { proves } from '../../../functions/core/judge/proof.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aClaim,
  aDecision,
  allOff,
  bothInactive,
  confirmedAt,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  THIRD,
  toConfirm,
  toldOf,
} from '../../fakes/cases.ts';
import { asked, codes, judged, progressOf, result, seen } from './scene.ts';

const UNTIL = plus(NOW, 30 * DAY);
const LATER = { kind: 'keep-inactive' as const, keys: [OLDER], until: UNTIL, commentDigest: 'd'.repeat(64) };
const off = seen([newer(), older('Inactive')]);
const OVER = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY), ...toldOf(plus(NOW, -2 * DAY)) };
const put = (current = inGrace(), ask: object = {}, more = {}) =>
  judged({ current, observed: off, request: asked(current, { ...LATER, ...ask }), ...more });

describe('an answer that keeps a key inactive until a date', () => {
  test('puts off its deletion and nothing else', () => {
    const judgement = put();
    expect(result(judgement)).toMatchObject({ rule: 'carry-on', phase: 'grace', action: null, owed: [] });
    expect(progressOf(judgement, OLDER)).toEqual({ ...inGrace().progress[OLDER], inactiveUntil: UNTIL });
    expect(judgement.next).toMatchObject({ asking: 3, decision: inGrace().decision });
    expect(judgement.events).toEqual([
      { code: 'kept-inactive', keyId: OLDER, by: 'sec-lead', detail: UNTIL },
    ]);
  });

  test('lets nothing be announced before its own announcement is due, and then deletes', () => {
    const at = (now: string, progress = {}) => {
      const current = inGrace({ ...OVER, inactiveUntil: UNTIL, ...progress });
      return result(judged({ current, now, observed: { ...off, at: now } }));
    };
    expect(at(NOW, { announced: undefined, announcedTo: {} })).toMatchObject({ phase: null });
    const unannounced = { announcedTo: {} };
    expect(at(plus(UNTIL, -DAY - 60), unannounced)).toMatchObject({ phase: null });
    expect(at(plus(UNTIL, -DAY), unannounced)).toMatchObject({ owed: ['deletion-announced'] });
    const told = toldOf(plus(UNTIL, -DAY), UNTIL);
    expect(at(plus(UNTIL, -1), told)).toMatchObject({ phase: null });
    expect(at(UNTIL, told)).toMatchObject({ phase: 'deleting' });
  });

  test('is checked once more before the call (S4)', () => {
    const over = inGrace({ ...OVER, deleting: plus(NOW, -HOUR) });
    const deleted = (progress = {}) =>
      clearance(
        { ...over, progress: { [OLDER]: { ...over.progress[OLDER], ...progress } } },
        { kind: 'delete', keyId: OLDER },
        off,
        POLICY,
        UNRESTRICTED,
        NOW,
      );
    expect(deleted()).toMatchObject({ go: true });
    expect(deleted({ inactiveUntil: plus(NOW, 1) })).toEqual({ go: false, why: 'not-due' });
    expect(deleted({ inactiveUntil: NOW })).toMatchObject({ go: true });
  });

  test('makes what was announced count no longer, whether it was mailed or is to be (S13)', () => {
    const owed = (['deletion-announced', 'confirm-deletion', 'deactivated'] as const).map((kind) => ({
      kind,
      recipient: 'sec-lead',
      since: NOW,
    }));
    const judgement = put(inGrace(OVER, { owed }));
    expect(progressOf(judgement, OLDER)).toEqual({
      deactivated: OVER.deactivated,
      graceEnds: OVER.graceEnds,
      inactiveUntil: UNTIL,
    });
    expect(result(judgement).owed).toEqual(['deactivated']);
  });

  test('never makes a date earlier', () => {
    const later = plus(UNTIL, DAY);
    expect(progressOf(put(inGrace({ inactiveUntil: later })), OLDER)).toMatchObject({ inactiveUntil: later });
    const long = inGrace({ graceEnds: plus(NOW, 60 * DAY) });
    const { next } = put(long);
    expect(next?.progress[OLDER]).toMatchObject({ graceEnds: plus(NOW, 60 * DAY), inactiveUntil: UNTIL });
  });

  test('ends a confirmation and the question for one, and whoever confirmed is told', () => {
    const asks = put(toConfirm());
    expect(result(asks)).toMatchObject({ phase: 'grace' });
    expect(asks.next?.dropped).toBeUndefined();
    const confirmed = toConfirm({
      confirmed: { ...confirmedAt(plus(NOW, -HOUR), 'platform-lead', 'platform@example.com'), proof: 'p' },
    });
    const { next, events } = put(confirmed);
    expect(next).toMatchObject({ phase: 'grace', decision: { confirmed: null } });
    expect(next?.dropped).toMatchObject([
      { kind: 'confirm', by: 'platform-lead', why: 'put-off', digest: 'p', owed: true },
    ]);
    expect(events).toContainEqual({ code: 'confirmation-void', detail: 'put-off', by: 'platform-lead' });
    const old = toConfirm({
      confirmed: confirmedAt(plus(NOW, -HOUR), 'platform-lead', 'platform@example.com'),
    });
    expect(put(old).next?.dropped).toMatchObject([{ digest: '' }]);
  });

  test('withdraws a deletion that was committed after it was given, and comes too late for one before', () => {
    const deleting = (at: string, more = {}) =>
      inGrace({ ...OVER, deleting: at, ...more }, { phase: 'deleting' });
    const withdrawn = put(deleting(NOW));
    expect(result(withdrawn)).toMatchObject({ phase: 'grace', action: null });
    expect(progressOf(withdrawn, OLDER)?.deleting).toBeUndefined();
    for (const current of [deleting(plus(NOW, -HOUR)), deleting(NOW, { deletionClaimed: NOW })]) {
      const { next, events } = put(current);
      expect(next?.dropped).toMatchObject([{ kind: 'keep-inactive', why: 'too-late' }]);
      expect(events).toContainEqual({ code: 'request-refused', detail: 'too-late', by: 'sec-lead' });
      expect(next?.progress[OLDER]?.inactiveUntil).toBeUndefined();
    }
  });

  test('outlives the decision, and binds the next one', () => {
    const voided = judged({
      current: inGrace({ inactiveUntil: UNTIL }),
      observed: seen([newer(), older('Inactive'), key(THIRD)]),
    });
    expect(progressOf(voided, OLDER)).toEqual({ deactivated: plus(NOW, -HOUR), inactiveUntil: UNTIL });
    const current = aCase({
      keys: [newer(), older('Inactive')],
      progress: { [OLDER]: { deactivated: plus(NOW, -DAY), inactiveUntil: UNTIL } },
    });
    const keep = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
    const again = judged({ current, observed: off, request: asked(current, keep) });
    expect(progressOf(again, OLDER)).toMatchObject({ graceFrom: NOW, inactiveUntil: UNTIL });
  });

  test('leaves the key as it is when it is reactivated', () => {
    const current = inGrace({ inactiveUntil: UNTIL });
    const restored = judged({ current, observed: seen([newer(), older()]) });
    expect(progressOf(restored, OLDER)).toBeUndefined();
  });

  test('is no reason for a change', () => {
    const { request, claim } = asked(inGrace(), LATER);
    const wanted = {
      kind: 'keep-inactive' as const,
      by: 'sec-lead',
      address: aClaim().address,
      at: request.at,
      digests: [request.digest],
    };
    expect(
      proves(
        inGrace(),
        { kind: 'delete', keyId: OLDER },
        wanted,
        { request, claim },
        { policy: POLICY, control: UNRESTRICTED, now: NOW },
      ),
    ).toBe(false);
  });

  test('is permitted by a link to decide, and by no other', () => {
    const purposes = ['decide', 'restore', 'view', 'delete', 'list', 'list-view'] as const;
    expect(purposes.filter((purpose) => linkAllows(purpose, LATER))).toEqual(['decide']);
  });
});

describe('an answer that keeps a key inactive is refused', () => {
  const why = ({ events, next }: ReturnType<typeof judged>) => [
    events.find(({ code }) => code === 'request-refused')?.detail,
    next?.dropped?.[0]?.why,
  ];

  test.each([
    ['names no key of ours', [NEWER]],
    ['names a key twice', [OLDER, OLDER]],
    ['names more', [OLDER, NEWER]],
    ['names none', []],
  ])('if it %s', (_what, keys) => {
    expect(why(put(inGrace(), { keys }))).toEqual(['not-these-keys', 'keys-changed']);
  });

  test('if it names only some of the keys that are deleted together', () => {
    const current = bothInactive();
    const observed = seen(current.keys);
    expect(why(judged({ current, observed, request: asked(current, LATER) }))).toEqual([
      'not-these-keys',
      'keys-changed',
    ]);
    const both = judged({ current, observed, request: asked(current, { ...LATER, keys: [THIRD, OLDER] }) });
    expect([OLDER, THIRD].map((id) => progressOf(both, id)?.inactiveUntil)).toEqual([UNTIL, UNTIL]);
    const all = judged({
      current: allOff(),
      observed: seen(allOff().keys),
      request: asked(allOff(), { ...LATER, keys: [OLDER, NEWER] }),
    });
    expect(progressOf(all, NEWER)).toMatchObject({ inactiveUntil: UNTIL });
  });

  test('if nobody has decided, so that nothing is deleted', () => {
    const current = inGrace({}, { decision: null, phase: 'awaiting-decision' });
    expect(why(put(current))).toEqual(['not-asked', 'asked-anew']);
  });

  test('if it is too long, by the clock of the answer, or over', () => {
    const longest = plus(NOW, 90 * DAY - MINUTE);
    expect(progressOf(put(inGrace(), { until: longest }), OLDER)).toMatchObject({ inactiveUntil: longest });
    expect(why(put(inGrace(), { until: plus(longest, 0.001) }))).toEqual(['too-long', 'too-long']);
    expect(why(put(inGrace(), { until: NOW }))).toEqual(['ended', 'ended']);
  });

  test('if it answers another question, or a page of observe mode', () => {
    const earlier = asked(inGrace({}, { asking: 1 }), LATER);
    // Found under an earlier digest.
    const former = judged({ current: inGrace(), observed: off, request: earlier });
    expect(former.next?.dropped).toMatchObject([{ kind: 'keep-inactive', why: 'asked-anew' }]);
    const voided = judged({
      current: inGrace(),
      observed: seen([newer(), older()]),
      request: asked(inGrace(), LATER),
    });
    expect(voided.next?.dropped).toMatchObject([{ kind: 'keep-inactive', why: 'keys-changed' }]);
    const terms = { mode: 'observe' as const, deletion: 'after-grace' as const, grace: 7 * DAY };
    const observing = inGrace({}, { shownTerms: [terms] });
    const page = asked(observing, LATER, {}, { digest: factsDigest(factsOf(observing), terms) });
    expect(why(judged({ current: observing, observed: off, request: page }))).toEqual([
      'observe-mode',
      'observe-mode',
    ]);
  });

  test('if whoever gave it may not decide, and the deletion goes on', () => {
    const control = { pauses: [], revoked: ['sec-lead'] };
    const judgement = put(inGrace(OVER), {}, { control });
    expect(codes(judgement)).toContain('request-refused');
    expect(judgement.next?.decision).toEqual(aDecision());
  });
});
