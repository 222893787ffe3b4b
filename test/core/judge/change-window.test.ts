import { describe, expect, it, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { clearance } from '../../../functions/core/judge/clearance.ts';
import { dueAfterBudget } from '../../../functions/core/judge/due.ts';
import type { Attempt, Situation } from '../../../functions/core/judge/situation.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, type Instant, MINUTE, plus, secondsBetween } from '../../../functions/core/model/time.ts';
import type { ChangeWindow } from '../../../functions/core/model/window.ts';
import {
  aCase,
  aDecision,
  confirmedAt,
  inGrace,
  key,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  THIRD,
  toConfirm,
  toldOf,
  used,
} from '../../fakes/cases.ts';
import { asked, codes, judged, progressOf, result, seen } from './scene.ts';

/** Now is a Monday, so the window opens tomorrow. */
const MORNINGS: ChangeWindow = {
  days: ['tue', 'wed', 'thu'],
  from: { hour: 9, minute: 0 },
  to: { hour: 16, minute: 0 },
  zone: 'UTC',
};
const OPENS = '2026-11-24T09:00:00.000Z';
const CLOSES = '2026-11-24T16:00:00.000Z';
const OPENS_AGAIN = '2026-11-25T09:00:00.000Z';

const policy = { ...POLICY, changeWindow: MORNINGS };
const look = (more: Partial<Situation>) => judged({ policy, ...more });

const FRESH = { carriedOutAt: null } as const;
/** Decided an hour ago, and nothing is done yet. */
const decided = (more: Parameters<typeof aDecision>[0] = {}, besides: Partial<Case> = {}): Case =>
  aCase({ phase: 'approved', asking: 2, decision: aDecision({ ...FRESH, ...more }), ...besides });
const both = seen([newer(), older()]);
const off = seen([newer(), older('Inactive')]);

/** In the first minute after an instant, where changes that waited for it are due. */
function inTurnAfter(at: Instant | null, opens: Instant): void {
  const after = secondsBetween(opens, at ?? '');
  expect(after).toBeGreaterThan(0);
  expect(after).toBeLessThanOrEqual(MINUTE);
}

describe('S8: a deactivation', () => {
  it('waits for the window, and how long is on record from the first pass on', () => {
    const current = aCase();
    const keep = { kind: 'keep', keep: newer().id, off: [OLDER], acknowledged: [] } as const;
    const judgement = look({ current, request: asked(current, keep) });
    expect(result(judgement)).toMatchObject({ phase: 'approved', action: null, decided: true });
    expect(judgement.next?.decision?.heldUp).toEqual({ since: NOW, seconds: 0 });
    inTurnAfter(judgement.dueAt, OPENS);
    const again = look({ current: judgement.next, now: plus(NOW, HOUR) });
    expect(again).toMatchObject({ next: null, action: null });
  });

  it('is claimed once it is open, the oldest decision first', () => {
    const heldUp = { since: NOW, seconds: 0 };
    const judgement = look({ current: decided({ heldUp }), now: OPENS });
    expect(judgement.action).toEqual({ kind: 'deactivate', keyId: OLDER });
    expect(judgement.next?.decision).toMatchObject({ carriedOutAt: OPENS });
    expect(judgement.next?.decision?.heldUp).toBeUndefined();
    const [older_, newer_] = [plus(NOW, -2 * DAY), plus(NOW, -HOUR)].map(
      (at) => look({ current: decided({ at }) }).dueAt ?? '',
    );
    expect((older_ ?? '') < (newer_ ?? '')).toBe(true);
  });

  it('of a compromised key does not wait', () => {
    const current = decided({ reason: 'compromised' });
    expect(look({ current }).action).toEqual({ kind: 'deactivate', keyId: OLDER });
    expect(look({ current: decided({ reason: 'unused' }) }).action).toBeNull();
  });

  it('S6: of a key that was used is asked about at once', () => {
    const observed = seen([newer(), { ...older(), lastUsed: used(NOW) }]);
    const judgement = look({ current: decided(), observed });
    expect(judgement.next?.askedAgain).toEqual({ code: 'in-use', keyId: OLDER });
  });

  it('of a key whose last use cannot be read waits for that, and for the window', () => {
    const observed = seen([newer(), { ...older(), lastUsed: { kind: 'not-read' } }]);
    const judgement = look({ current: decided(), observed });
    expect(judgement.next?.decision?.heldUp).toEqual({ since: NOW, seconds: 0 });
    expect(judgement.next?.unknownSince).toBe(NOW);
  });

  it('that was called and is not seen yet is looked for soon', () => {
    const three = { keys: [newer(), older(), key(THIRD)] };
    const two = {
      deactivate: [OLDER, THIRD],
      remove: [OLDER, THIRD],
      shownActive: [newer().id, OLDER, THIRD],
    };
    const progress = { [OLDER]: { deactivating: plus(NOW, -10), deactivationAnswered: plus(NOW, -10) } };
    const current = decided({ ...two, carriedOutAt: plus(NOW, -10) }, { ...three, progress });
    expect(look({ current, observed: seen(three.keys) })).toMatchObject({
      action: null,
      dueAt: plus(NOW, POLICY.settle),
    });
  });

  it('that IAM refused for a day is on hold, and is tried again when the window opens', () => {
    const progress = { [OLDER]: { refused: plus(NOW, -DAY), refusedSince: plus(NOW, -DAY) } };
    const judgement = look({ current: decided({}, { progress }), observed: both });
    expect(result(judgement)).toMatchObject({ phase: 'held', heldFor: 'unknown', action: null });
    const next = { ...(judgement.next ?? aCase()), owed: [], lease: null };
    inTurnAfter(look({ current: next, now: plus(NOW, 2 * MINUTE) }).dueAt, OPENS);
  });

  it('is looked at for the end of a pause only once the window is open', () => {
    const control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    const judgement = look({ current: decided(), control });
    expect(judgement.next?.decision?.heldUp).toBeUndefined();
    inTurnAfter(judgement.dueAt, OPENS);
    expect(look({ current: decided(), control, now: OPENS }).dueAt).toBe(plus(OPENS, 10 * POLICY.settle));
  });
});

describe('S1: the validity of a decision', () => {
  const old = (heldUp: { since: Instant | null; seconds: number } | undefined) =>
    decided({ at: plus(OPENS, -10 * DAY), ...(heldUp === undefined ? {} : { heldUp }) });
  const valid = (current: Case) => look({ current, now: OPENS }).action !== null;

  it('does not run while it waits for the window', () => {
    expect(valid(old({ since: plus(OPENS, -4 * DAY), seconds: 0 }))).toBe(true);
    expect(valid(old({ since: plus(OPENS, -HOUR), seconds: 4 * DAY }))).toBe(true);
    expect(valid(old({ since: plus(OPENS, -2 * DAY), seconds: 0 }))).toBe(false);
    expect(valid(old(undefined))).toBe(false);
  });

  it('runs again as soon as the window is open, whatever else stops the decision then', () => {
    const observed = seen([newer(), { ...older(), lastUsed: { kind: 'not-read' } }]);
    const current = decided({ at: plus(OPENS, -DAY), heldUp: { since: plus(OPENS, -HOUR), seconds: 60 } });
    const judgement = look({ current, observed, now: OPENS });
    expect(judgement.next?.decision?.heldUp).toEqual({ since: null, seconds: HOUR + 60 });
  });
});

/** The older key is off since eight days, and its deletion was announced two days ago. */
const due = (more: Partial<Case> = {}, deleting: { readonly deleting?: Instant } = {}): Case =>
  inGrace(
    {
      deactivated: plus(NOW, -8 * DAY),
      graceEnds: plus(NOW, -DAY),
      ...toldOf(plus(NOW, -2 * DAY)),
      ...deleting,
    },
    { decision: aDecision({ at: plus(NOW, -9 * DAY) }), ...more },
  );

describe('S8: a deletion', () => {
  it('that is due is not committed before the window opens', () => {
    const judgement = look({ current: due(), observed: off });
    expect(judgement).toMatchObject({ next: null, action: null });
    inTurnAfter(judgement.dueAt, OPENS);
    expect(look({ current: due(), observed: off, now: OPENS }).next?.phase).toBe('deleting');
  });

  it('after a decision for the reason "compromised" does not wait either', () => {
    const decision = aDecision({ at: plus(NOW, -9 * DAY), reason: 'compromised' });
    expect(look({ current: due({ decision }), observed: off }).next?.phase).toBe('deleting');
  });

  it('that was committed and not made in time can be undone until the window opens', () => {
    const current = due({ phase: 'deleting' }, { deleting: plus(NOW, -2 * HOUR) });
    const judgement = look({ current, observed: off });
    expect(result(judgement)).toMatchObject({ phase: 'grace', action: null });
    expect(progressOf(judgement, OLDER)?.deleting).toBeUndefined();
    expect(codes(judgement)).toContain('deletion-withdrawn');
    inTurnAfter(judgement.dueAt, OPENS);
  });

  it('that a person confirmed stays confirmed, and its validity does not run', () => {
    const confirmed = confirmedAt(plus(NOW, -HOUR));
    const waiting = look({ current: toConfirm({ confirmed }), observed: off });
    expect(waiting.next?.decision?.confirmed).toEqual({ ...confirmed, heldUp: { since: NOW, seconds: 0 } });
    expect(waiting.next?.phase).toBe('awaiting-confirmation');
    inTurnAfter(waiting.dueAt, OPENS);

    const open = look({ current: waiting.next, observed: { ...off, at: OPENS }, now: OPENS });
    expect(open.next?.phase).toBe('deleting');
    expect(open.next?.decision?.confirmed?.heldUp).toEqual({
      since: null,
      seconds: secondsBetween(NOW, OPENS),
    });

    const closed = look({ current: open.next, observed: { ...off, at: CLOSES }, now: CLOSES });
    expect(result(closed)).toMatchObject({ phase: 'awaiting-confirmation', decided: true });
    inTurnAfter(closed.dueAt, OPENS_AGAIN);
  });

  it.each([
    ['the wait', { since: plus(NOW, -3 * DAY), seconds: 0 }, true],
    ['earlier waits', { since: null, seconds: 3 * DAY }, true],
    ['shorter ones', { since: null, seconds: DAY }, false],
  ])('a confirmation of nine days ago is valid or not by %s', (_what, heldUp, valid) => {
    const confirmed = { ...confirmedAt(plus(NOW, -9 * DAY)), heldUp };
    const judgement = look({ current: toConfirm({ confirmed }), observed: off });
    expect((judgement.next ?? toConfirm({ confirmed })).decision?.confirmed !== null).toBe(valid);
  });

  it('that a person must confirm is asked about at any time', () => {
    const decision = aDecision({ terms: { grace: 7 * DAY, deletion: 'on-confirmation' } });
    const judgement = look({ current: due({ decision }), observed: off });
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-confirmation', owed: ['confirm-deletion'] });
  });

  it('is announced for a time at which the window is open, and that much later', () => {
    // The grace period ends on Friday evening; the deletion is announced a day before Tuesday morning.
    const ends = '2026-11-27T20:00:00.000Z';
    const current = inGrace({ deactivated: plus(ends, -7 * DAY), graceEnds: ends });
    const monday = '2026-11-30T09:00:00.000Z';
    expect(look({ current, observed: off, now: plus(monday, -1) }).next).toBeNull();
    expect(result(look({ current, observed: off, now: monday }))).toMatchObject({
      owed: ['deletion-announced'],
    });
  });

  it.each([
    ['within the window', due({ phase: 'deleting' }), '2026-11-24T14:20:00.000Z', '2026-11-24T15:00'],
    [
      'at its end, while a deletion is committed',
      due({ phase: 'deleting' }),
      '2026-11-24T15:20:00.000Z',
      '2026-11-24T16:00',
    ],
    ['at its end, while none is', decided(), '2026-11-24T15:20:00.000Z', '2026-11-25T09:00'],
    [
      'at its end, of an urgent one',
      decided({ reason: 'compromised' }),
      '2026-11-24T15:20:00.000Z',
      '2026-11-24T16:00',
    ],
    ['without a case', null, '2026-11-24T15:20:00.000Z', '2026-11-25T09:01'],
  ])(
    'for which this hour has no room is tried in the next one, or undone as the window closes: %s',
    (_when, current, now, turn) => {
      expect(dueAfterBudget(current, policy, now).slice(0, 16)).toBe(turn);
      const open = { ...POLICY, changeWindow: null };
      expect(dueAfterBudget(current, open, now).slice(0, 13)).toBe(plus(now, HOUR).slice(0, 13));
    },
  );
});

describe('a call that was not made because the window had closed', () => {
  const failed = (kind: 'deactivate' | 'delete'): Attempt => ({
    action: { kind, keyId: OLDER },
    outcome: 'not-made',
    windowClosed: true,
  });
  const before = { refused: plus(NOW, -HOUR), refusedSince: plus(NOW, -HOUR) };

  it.each([
    ['none before', {}, undefined],
    ['one before', before, before],
  ])('is no refusal by IAM: to deactivate, %s', (_what, refusal, left) => {
    const current = decided(
      { carriedOutAt: NOW },
      { progress: { [OLDER]: { deactivating: NOW, ...refusal } } },
    );
    const judgement = look({ current, last: failed('deactivate') });
    expect(codes(judgement)).toContain('deactivation-not-made');
    expect(progressOf(judgement, OLDER)).toEqual(left);
    expect(judgement.next?.decision?.heldUp).toEqual({ since: NOW, seconds: 0 });
  });

  it('is no refusal by IAM: to delete', () => {
    const deleting = plus(NOW, -3 * MINUTE);
    const current = due({ phase: 'deleting' }, { deleting });
    const claimed = { ...current.progress[OLDER], seenInactive: deleting, deletionClaimed: plus(NOW, -1) };
    const judgement = look({
      current: { ...current, progress: { [OLDER]: claimed } },
      observed: off,
      last: failed('delete'),
    });
    expect(codes(judgement)).toContain('deletion-not-made');
    const { deleting: _gone, ...rest } = current.progress[OLDER] ?? {};
    expect(progressOf(judgement, OLDER)).toEqual(rest);
  });
});

describe('just before the call', () => {
  const deactivate = { kind: 'deactivate', keyId: OLDER } as const;
  const remove = { kind: 'delete', keyId: OLDER } as const;
  const restoring = { kind: 'reactivate', keyId: OLDER } as const;
  const claimed = decided({}, { progress: { [OLDER]: { deactivating: NOW } } });
  const going = due({ phase: 'deleting' }, { deleting: plus(NOW, -HOUR) });
  const cleared = (
    current: Case,
    action: typeof deactivate | typeof remove | typeof restoring,
    now: Instant,
  ) => {
    const listed = action.kind === 'deactivate' ? both : off;
    const answer = clearance(current, action, listed, policy, UNRESTRICTED, now);
    return answer.go ? 'go' : answer.why;
  };
  const last = plus(CLOSES, -0.001);
  const urgent = aDecision({ reason: 'compromised', at: plus(NOW, -9 * DAY) });

  test.each([
    ['a deactivation in time', claimed, deactivate, last, 'go'],
    ['a deactivation too late', claimed, deactivate, CLOSES, 'window-closed'],
    ['a deletion in time', going, remove, last, 'go'],
    ['a deletion too late', going, remove, CLOSES, 'window-closed'],
    ['a restore', going, restoring, CLOSES, 'go'],
    ['a compromised key', { ...claimed, decision: urgent }, deactivate, CLOSES, 'go'],
    ['its deletion', { ...going, decision: urgent }, remove, CLOSES, 'go'],
  ] as const)('%s', (_what, current, action, now, expected) => {
    expect(cleared(current, action, now)).toBe(expected);
  });
});
