/** Situations in which two rare things meet. */
import { describe, expect, test } from 'vitest';
import { evidenceToHandOn } from '../../../functions/core/judge/evidence.ts';
import { usedAfterwards } from '../../../functions/core/judge/inactive-use.ts';
import { proves } from '../../../functions/core/judge/proof.ts';
import { sightings } from '../../../functions/core/judge/sightings.ts';
import type { Seen } from '../../../functions/core/judge/situation.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aClaim,
  aDecision,
  inGrace,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  restoringSince,
  toldOf,
} from '../../fakes/cases.ts';
import { asked, judged, seen, situation } from './scene.ts';

const MALLORY = { createdBy: 'user/mallory', at: NOW };

describe('evidence that a pass hands on', () => {
  const gone = { kind: 'missing' as const, account: '123456789012', userId: 'AIDA', at: NOW };

  test('is kept for a user who was not seen, with the name of the case or without one', () => {
    const origin = { ...MALLORY, keyId: NEWER };
    for (const current of [aCase(), null]) {
      const found = evidenceToHandOn(situation({ observed: gone, origin }), {
        ...({ case: current, evidence: {} } as Parameters<typeof evidenceToHandOn>[1]),
      });
      expect(found).toMatchObject({ origins: { [NEWER]: MALLORY } });
    }
  });

  test('is nothing when it is on record', () => {
    const evidence = { [NEWER]: MALLORY };
    const after = { case: null, evidence } as Parameters<typeof evidenceToHandOn>[1];
    expect(evidenceToHandOn(situation({ origin: { ...MALLORY, keyId: NEWER } }), after)).toBeNull();
  });
});

test('a key that is not listed was not used afterwards, as far as anybody knows', () => {
  expect(usedAfterwards(aCase({ keys: [newer()] }), OLDER, NOW, aDecision())).toBe(false);
});

test('an answer to keep a key proves nothing in a case without a decision', () => {
  const current = aCase();
  const request = asked(current, { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] });
  const wanted = {
    kind: 'keep' as const,
    by: aClaim().recipient,
    address: aClaim().address,
    at: request.request.at,
    digests: [request.request.digest],
  };
  const action = { kind: 'deactivate' as const, keyId: OLDER };
  expect(proves(current, action, wanted, request, { policy: POLICY, control: UNRESTRICTED, now: NOW })).toBe(
    false,
  );
});

test('a key that is off without us is still remembered while our call to delete it is unanswered', () => {
  const progress = { deletionUnanswered: plus(NOW, -MINUTE) };
  const current = aCase({ progress: { [OLDER]: progress } });
  const found = sightings(
    situation({ current, observed: seen([newer(), older('Inactive')]) }) as Seen,
    current,
  );
  expect(found).toMatchObject({ progress: { [OLDER]: progress }, events: [] });
});

test('a restore that IAM refuses and that waits for an unanswered deletion is told as refused', () => {
  const current = inGrace(
    {
      restoring: restoringSince(plus(NOW, -HOUR)),
      refused: plus(NOW, -HOUR),
      refusedSince: plus(NOW, -HOUR),
      deletionUnanswered: plus(NOW, -MINUTE),
    },
    { decision: null },
  );
  const { rule, next, action } = judged({ current, observed: seen([newer(), older('Inactive')]) });
  expect(rule).toBe('restore');
  expect(action).toBeNull();
  expect(next).toMatchObject({ phase: 'held', heldFor: 'restore-by-hand' });
});

test('a hold because IAM refuses the deletion goes on while the last use cannot be read', () => {
  const since = plus(NOW, -20 * DAY);
  const current = inGrace(
    {
      deactivated: since,
      graceEnds: plus(since, 7 * DAY),
      ...toldOf(plus(NOW, -2 * DAY)),
      refused: plus(NOW, -HOUR),
      refusedSince: plus(NOW, -3 * DAY),
    },
    { phase: 'held', heldFor: 'unknown', phaseSince: plus(NOW, -DAY) },
  );
  const unread = { ...older('Inactive'), lastUsed: { kind: 'not-read' as const } };
  const { next, action } = judged({ current, observed: seen([newer(), unread]) });
  expect(action).toBeNull();
  expect(next).toMatchObject({ phase: 'held', heldFor: 'unknown', unknownSince: NOW });
});
