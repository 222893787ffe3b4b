import { describe, expect, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { KeyProgress } from '../../../functions/core/case/progress.ts';
import type { Attempt } from '../../../functions/core/judge/situation.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aDecision,
  inGrace,
  key,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  THIRD,
  toldOf,
  used,
} from '../../fakes/cases.ts';
import { codes, judged, progressOf, seen } from './scene.ts';

const deactivate = (outcome: Attempt['outcome'], keyId = OLDER): Attempt => ({
  action: { kind: 'deactivate', keyId },
  outcome,
});
const remove = (outcome: Attempt['outcome']): Attempt => ({
  action: { kind: 'delete', keyId: OLDER },
  outcome,
});

const claimed = (progress: KeyProgress = { deactivating: plus(NOW, -MINUTE) }, more: Partial<Case> = {}) =>
  aCase({ phase: 'approved', decision: aDecision(), progress: { [OLDER]: progress }, ...more });

const look = (current: Case, key_: ObservedKey | null, last: Attempt | null = null) =>
  judged({ current, observed: seen(key_ === null ? [newer()] : [newer(), key_]), last });

describe('after a claim to switch off', () => {
  test('Inactive is success: the key is ours, its grace period runs, people are told', () => {
    const judgement = look(claimed(), older('Inactive'));
    expect(progressOf(judgement, OLDER)).toEqual({ deactivated: NOW, graceEnds: plus(NOW, 7 * DAY) });
    expect(judgement.next?.phase).toBe('grace');
    expect(judgement.next?.owed.map(({ kind }) => kind)).toContain('deactivated');
  });

  test('Active after IAM said yes is lag: it is not asked twice', () => {
    const lagging = look(claimed(), older(), deactivate('done'));
    expect(lagging.action).toBeNull();
    expect(progressOf(lagging, OLDER)?.deactivationAnswered).toBe(NOW);
    expect(lagging.dueAt).toBe(plus(NOW, POLICY.settle));
    const current = { ...(lagging.next ?? claimed()), lease: null };
    expect(judged({ current, now: plus(NOW, 30) }).action).toBeNull();
  });

  test('Active long after IAM said yes is somebody who switched it on again (S7)', () => {
    const current = claimed({ deactivating: plus(NOW, -HOUR), deactivationAnswered: plus(NOW, -HOUR) });
    const judgement = look(current, older());
    expect(judgement.next).toMatchObject({
      phase: 'awaiting-decision',
      decision: null,
      askedAgain: { code: 'reactivated' },
    });
  });

  test('Active without an answer is tried again', () => {
    expect(look(claimed(), older()).action).toEqual({ kind: 'deactivate', keyId: OLDER });
  });

  test.each(['refused', 'not-made'] as const)('%s is noted and not repeated in this pass', (outcome) => {
    const judgement = look(claimed(), older(), deactivate(outcome));
    expect(judgement.action).toBeNull();
    expect(progressOf(judgement, OLDER)).toEqual({ refused: NOW, refusedSince: NOW });
    expect(codes(judgement)).toContain(`deactivation-${outcome}`);
  });

  test('a key that IAM refuses does not keep the others on', () => {
    const third = key(THIRD, 'Active', { created: plus(NOW, -20 * DAY) });
    const decision = aDecision({
      deactivate: [OLDER, THIRD],
      remove: [OLDER, THIRD],
      shownActive: [newer().id, OLDER, THIRD],
    });
    const current = claimed(
      { refused: plus(NOW, -HOUR), refusedSince: plus(NOW, -HOUR) },
      { decision, keys: [newer(), older(), third] },
    );
    const judgement = judged({ current, observed: seen([newer(), older(), third]) });
    expect(judgement.action).toEqual({ kind: 'deactivate', keyId: THIRD });
  });

  test('a day of refusals is told to people, and we go on trying', () => {
    const current = claimed({ refused: plus(NOW, -HOUR), refusedSince: plus(NOW, -DAY) });
    const judgement = look(current, older());
    expect(judgement.next).toMatchObject({ phase: 'held', heldFor: 'unknown' });
    expect(judgement.next?.owed.map(({ kind }) => kind)).toContain('held');
    expect(judgement.action).toEqual({ kind: 'deactivate', keyId: OLDER });
  });

  test.each([
    ['and nothing was refused before', {}, undefined],
    ['after refusals', { refused: NOW, refusedSince: NOW }, { refused: NOW, refusedSince: NOW }],
  ])('Active long after a claim without an answer: nothing came of it, %s', (_what, before, after) => {
    const judgement = look(claimed({ ...before, deactivating: plus(NOW, -HOUR) }), older());
    expect(codes(judgement)).toContain('deactivation-lost');
    expect(progressOf(judgement, OLDER)).toEqual({ ...after, deactivating: NOW });
  });

  test('gone is nothing of ours', () => {
    const judgement = look(claimed(), null);
    expect(codes(judgement)).toContain('gone-without-us');
    expect(judgement.next).toMatchObject({ compliantSince: NOW, progress: {} });
  });

  test('Expired is nothing of ours either', () => {
    expect(look(claimed(), older('Expired')).next).toMatchObject({ compliantSince: NOW, progress: {} });
  });
});

describe('a key of ours', () => {
  test('that AWS expired is done with', () => {
    const expired = look(inGrace(), older('Expired'));
    expect(progressOf(expired, OLDER)?.expired).toBe(NOW);
    expect(
      look({ ...inGrace(), progress: { [OLDER]: { deactivated: NOW, expired: NOW } } }, older('Expired')).next
        ?.progress,
    ).toEqual({
      [OLDER]: { deactivated: NOW, expired: NOW },
    });
  });

  test('that somebody else deleted is as decided', () => {
    const gone = look(inGrace(), null);
    expect(codes(gone)).toContain('gone-without-us');
    const current = { ...(gone.next ?? inGrace()), owed: [], lease: null };
    const settled = plus(NOW, POLICY.settle);
    const lag = { until: plus(settled, 1), keys: [], excluded: false };
    const early = judged({ current, observed: seen([newer()], { lag }), now: settled });
    expect(early.next?.phase ?? current.phase).not.toBe('closed');
    const later = judged({ current, observed: seen([newer()]), now: settled });
    expect(later.next).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
  });
});

describe('after a claim to delete', () => {
  const current = () =>
    inGrace(
      {
        deactivated: plus(NOW, -9 * DAY),
        graceEnds: plus(NOW, -DAY),
        ...toldOf(plus(NOW, -2 * DAY)),
        deleting: plus(NOW, -HOUR),
        seenInactive: plus(NOW, -HOUR),
        deletionClaimed: plus(NOW, -10),
      },
      { phase: 'deleting' },
    );

  test('still there after IAM said yes is lag: it is asked again only after settle', () => {
    const lag = look(current(), older('Inactive'), remove('done'));
    expect(lag.action).toBeNull();
    expect(lag.dueAt).toBe(plus(NOW, POLICY.settle - 10));
    expect(
      judged({ current: current(), observed: seen([newer(), older('Inactive')]), now: plus(NOW, MINUTE) })
        .action,
    ).toEqual({
      kind: 'delete',
      keyId: OLDER,
    });
  });

  test.each(['refused', 'not-made'] as const)('%s leaves no claim behind', (outcome) => {
    const judgement = look(current(), older('Inactive'), remove(outcome));
    expect(progressOf(judgement, OLDER)?.deletionClaimed).toBeUndefined();
    expect(judgement.action).toBeNull();
  });

  test('gone is success, verified at a second look', () => {
    const gone = look(current(), null, remove('done'));
    expect(gone.next).toMatchObject({ phase: 'deleting' });
    expect(gone.dueAt).toBe(plus(NOW, POLICY.settle));
    const later = judged({
      current: { ...(gone.next ?? current()), lease: null },
      observed: seen([newer()]),
      now: plus(NOW, POLICY.settle),
    });
    expect(later.next).toMatchObject({ phase: 'closed', closedAs: 'remediated' });
  });
});

describe('use of a key (S6)', () => {
  test('since the decision, unacknowledged: it is not switched off and people are asked', () => {
    const current = aCase({ phase: 'approved', decision: aDecision({ carriedOutAt: null }) });
    const busy = { ...older(), lastUsed: used(plus(NOW, -MINUTE)) };
    expect(look(current, busy)).toMatchObject({
      action: null,
      next: { decision: null, askedAgain: { code: 'in-use', keyId: OLDER } },
    });
    const acknowledged = { ...current, decision: aDecision({ carriedOutAt: null, acknowledged: [OLDER] }) };
    expect(look(acknowledged, busy).action).toEqual({ kind: 'deactivate', keyId: OLDER });
  });

  test('after it was switched off: it is not deleted', () => {
    const current = inGrace({ deactivated: plus(NOW, -2 * HOUR) });
    const echo = { ...older('Inactive'), lastUsed: used(plus(NOW, -2 * HOUR + 14 * MINUTE)) };
    expect(look(current, echo).next).toBeNull();
    const late = { ...older('Inactive'), lastUsed: used(plus(NOW, -MINUTE)) };
    expect(look(current, late).next).toMatchObject({
      phase: 'held',
      heldFor: 'used-after-deactivation',
      decision: null,
    });
  });
});

test('a decision that lost its ground is void', () => {
  const approved = (more: Parameters<typeof aDecision>[0]) =>
    aCase({ phase: 'approved', decision: aDecision({ carriedOutAt: null, ...more }) });
  expect(judged({ current: approved({ at: plus(NOW, -8 * DAY) }) }).next?.askedAgain).toEqual({
    code: 'decision-expired',
  });
  expect(judged({ current: approved({ by: 'somebody' }) }).next?.askedAgain).toEqual({
    code: 'approver-removed',
    by: 'somebody',
  });
  expect(judged({ current: approved({}), policy: { ...POLICY, mode: 'observe' } })).toMatchObject({
    rule: 'carry-out',
    action: null,
  });
});

describe('the history says', () => {
  const off = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY) };
  const deleting = { ...off, deleting: plus(NOW, -HOUR), seenInactive: plus(NOW, -HOUR) };

  test.each(['refused', 'not-made'] as const)('that a deletion was %s, of which key', (outcome) => {
    const current = inGrace({ ...deleting, deletionClaimed: NOW }, { phase: 'deleting' });
    const { events } = look(current, older('Inactive'), remove(outcome));
    expect(events).toContainEqual({ code: `deletion-${outcome}`, keyId: OLDER });
  });

  test('that a reactivation was refused, of which key', () => {
    const last: Attempt = { action: { kind: 'reactivate', keyId: OLDER }, outcome: 'refused' };
    const { events } = look(inGrace(), older('Inactive'), last);
    expect(events).toContainEqual({ code: 'restore-refused', keyId: OLDER });
  });

  test.each([
    [remove('refused'), 'deleting', 'deletion'],
    [{ action: { kind: 'reactivate', keyId: OLDER }, outcome: 'refused' }, 'grace', 'restore'],
  ] as const)('by which code and request id IAM refused a change: %#', (last, phase, what) => {
    const error = { code: 'AccessDenied', requestId: '4b7f-1' };
    const { events } = look(inGrace(deleting, { phase }), older('Inactive'), { ...last, error });
    expect(events).toContainEqual({ code: `${what}-refused`, keyId: OLDER, iam: error });
  });

  test('why a change was not made', () => {
    const { events } = look(claimed(), older(), { ...deactivate('not-made'), why: 'no-time-left' });
    expect(events).toContainEqual({ code: 'deactivation-not-made', keyId: OLDER, detail: 'no-time-left' });
  });

  test('that a deletion was lost only if the listing that shows the key is believed', () => {
    const current = inGrace({ ...deleting, deletionClaimed: plus(NOW, -2 * HOUR) }, { phase: 'deleting' });
    const listed = [newer(), older('Inactive')];
    expect(codes(judged({ current, observed: seen(listed) }))).toContain('deletion-lost');
    const lag = { until: plus(NOW, MINUTE), keys: [OLDER], excluded: null };
    expect(codes(judged({ current, observed: seen(listed, { lag }) }))).not.toContain('deletion-lost');
    const others = { ...lag, keys: [THIRD] };
    expect(codes(judged({ current, observed: seen(listed, { lag: others }) }))).toContain('deletion-lost');
  });

  test('nothing of a lost claim while IAM has said yes to it', () => {
    const long = plus(NOW, -HOUR);
    expect(codes(look(claimed({ deactivating: long }), older()))).toContain('deactivation-lost');
    const answered = claimed({ deactivating: long, deactivationAnswered: NOW });
    expect(codes(look(answered, older()))).not.toContain('deactivation-lost');
  });

  test('that a key expired which is not ours', () => {
    const { events } = look(claimed(), older('Expired'));
    expect(events).toContainEqual({ code: 'expired', keyId: OLDER });
  });
});

describe('a last use that is not read again', () => {
  const known = { at: plus(NOW, -DAY), service: 'S3', region: 'eu-west-1' };
  const before = used(known.at);
  const renamed = (was: ObservedKey['lastUsed']) =>
    judged({
      current: aCase({ keys: [newer(), { ...older(), lastUsed: was }] }),
      observed: seen([newer(), { ...older(), lastUsed: { kind: 'not-read' } }], { userName: 'renamed' }),
    }).next?.keys.find(({ id }) => id === OLDER)?.lastUsed;

  test('keeps what was known, also when it is not read for the second time', () => {
    expect(renamed(before)).toEqual({ kind: 'not-read', known });
    expect(renamed({ kind: 'not-read', known })).toEqual({ kind: 'not-read', known });
    expect(renamed({ kind: 'never' })).toEqual({ kind: 'not-read' });
  });
});
