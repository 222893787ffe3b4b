import { describe, expect, test } from 'vitest';
import { dueAt } from '../../../functions/core/judge/due.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aDecision,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  THIRD,
  toldOf,
} from '../../fakes/cases.ts';
import { codes, judged, judgedAgain, progressOf, seen } from './scene.ts';

const one = seen([newer(), older('Inactive')]);

describe('corners of the order of judgement', () => {
  test('an excluded user with one active key and nothing of ours is settled', () => {
    const policy = { ...POLICY, exclude: { tag: null, users: ['ci-*'] } };
    const observed = seen([newer()]);
    const again = judgedAgain(judged({ observed, policy }), { observed, policy });
    expect(again.next).toMatchObject({ phase: 'closed', closedAs: 'by-owner' });
  });

  test('a renamed user is followed, and the history says from which name', () => {
    const renamed = judged({ observed: seen([newer(), older()], { userName: 'ci-deploy-2' }) });
    expect(renamed.next?.userName).toBe('ci-deploy-2');
    expect(renamed.events).toContainEqual({ code: 'renamed', detail: 'ci-deploy' });
  });

  test('a notice that is owed already is not owed anew to those who have it', () => {
    const progress = { deactivated: plus(NOW, -7 * DAY), graceEnds: plus(NOW, HOUR) };
    const owed = [{ kind: 'deletion-announced' as const, recipient: 'sec-lead', since: plus(NOW, -HOUR) }];
    expect(judged({ current: inGrace(progress, { owed }), observed: one }).next?.owed).toEqual(owed);
  });

  test('another notice that is owed keeps nobody from being told of a deletion', () => {
    const progress = { deactivated: plus(NOW, -7 * DAY), graceEnds: plus(NOW, HOUR) };
    const owed = [{ kind: 'deactivated' as const, recipient: 'sec-lead', since: plus(NOW, -HOUR) }];
    const { next } = judged({ current: inGrace(progress, { owed }), observed: one });
    expect(next?.owed.map(({ kind, recipient }) => `${kind} ${recipient}`)).toContain(
      'deletion-announced sec-lead',
    );
  });

  test('a case that still owes notices is due at once', () => {
    const owed = [{ kind: 'detected' as const, recipient: 'sec-lead', since: NOW }];
    expect(dueAt(aCase({ owed }), POLICY, UNRESTRICTED, NOW)).toBe(NOW);
  });

  test('a key seen off while no claim of ours is open was switched off by somebody else', () => {
    const current = aCase({
      phase: 'approved',
      decision: aDecision(),
      progress: { [OLDER]: { refused: plus(NOW, -HOUR), refusedSince: plus(NOW, -HOUR) } },
    });
    const judgement = judged({ current, observed: one });
    expect(codes(judgement)).toContain('off-without-us');
    const end = { phase: 'closed', closedAs: 'by-owner', progress: {} };
    expect(judgedAgain(judgement, { observed: one }).next).toMatchObject(end);
  });

  test('a look that began before the deletion was committed is no sighting for it', () => {
    const current = inGrace(
      {
        deactivated: plus(NOW, -8 * DAY),
        graceEnds: plus(NOW, -DAY),
        ...toldOf(plus(NOW, -2 * DAY)),
        deleting: NOW,
      },
      { phase: 'deleting' },
    );
    const before = judged({ current, observed: { ...one, at: plus(NOW, -1) } });
    expect(before.next).toBeNull();
    expect(progressOf(judged({ current, observed: one }), OLDER)?.seenInactive).toBe(NOW);
  });

  test('of two refused keys the one refused longest ago is tried first', () => {
    const keys = [newer(), older(), key(THIRD, 'Active', { created: plus(NOW, -20 * DAY) })];
    const off = [OLDER, THIRD];
    const decision = aDecision({ deactivate: off, remove: off, shownActive: [NEWER, ...off] });
    const refused = (minutes: number) => ({
      refused: plus(NOW, -60 * minutes),
      refusedSince: plus(NOW, -HOUR),
    });
    const target = (a: number, b: number) =>
      judged({
        current: aCase({
          phase: 'approved',
          decision,
          keys,
          progress: { [OLDER]: refused(a), [THIRD]: refused(b) },
        }),
        observed: seen(keys),
      }).action?.keyId;
    expect(target(5, 10)).toBe(THIRD);
    expect(target(10, 5)).toBe(OLDER);
  });

  test('a void decision leaves what was deleted deleted, and what was answered answered', () => {
    const keys = [newer('Inactive'), key(THIRD, 'Active', { created: plus(NOW, -20 * DAY) }), older()];
    const current = aCase({
      phase: 'approved',
      keys,
      decision: aDecision({ shownActive: [NEWER, OLDER] }),
      progress: {
        AKIAGONEGONEGONEGONE: { deactivated: NOW, deleted: NOW },
        [OLDER]: { deactivating: plus(NOW, -10), deactivationAnswered: plus(NOW, -10) },
      },
    });
    const judgement = judged({ current, observed: seen(keys) });
    expect(judgement.next?.decision).toBeNull();
    expect(judgement.next?.progress).toEqual(current.progress);
  });

  test('a key switched off by a call whose decision is void meanwhile is still ours, for the grace period of the settings', () => {
    const keys = [newer(), key(THIRD, 'Active', { created: plus(NOW, -20 * DAY) }), older('Inactive')];
    const current = aCase({ keys, progress: { [OLDER]: { deactivating: plus(NOW, -HOUR) } } });
    expect(progressOf(judged({ current, observed: seen(keys) }), OLDER)).toEqual({
      deactivated: NOW,
      graceEnds: plus(NOW, 7 * DAY),
    });
  });

  test('keys that AWS expired leave nothing to delete: the case ends as it is', () => {
    const current = inGrace({ expired: plus(NOW, -HOUR) });
    expect(judged({ current, observed: seen([newer(), older('Expired')]) }).next).toMatchObject({
      phase: 'closed',
      closedAs: 'by-owner',
    });
  });
});
