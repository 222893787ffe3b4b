import { expect, it } from 'vitest';
import { leftBehind, storedRequest } from '../../../functions/app/reconcile/stored-request.ts';
import { questionDigest } from '../../../functions/core/case/facts.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { seen, situation } from '../../core/judge/scene.ts';
import { intoQuestion, worldWith } from '../../fakes/acts.ts';
import {
  ACCOUNT,
  aCase,
  aClaim,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  THIRD,
  USER_ID,
} from '../../fakes/cases.ts';

it('an answer to the question as it is now counts before an earlier one to the question as it was shown', async () => {
  const { m } = worldWith();
  await intoQuestion(m);
  const stored = await m.world.cases.load(ACCOUNT, USER_ID, null);
  if ('unread' in stored || stored.case === null) {
    throw new Error('there should be a case');
  }
  const current = stored.case;
  const observed = seen([...current.keys, key(THIRD, 'Active')]);
  const token = await m.links.mint(aClaim({ caseNumber: current.number }));
  const ask = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
  const answer = async (keys: typeof observed.keys, at: string) => {
    const digest = questionDigest({ ...current, keys }, m.world.policy);
    await m.table.approvals.record(ACCOUNT, USER_ID, m.links.seal(token, { digest, at, ask }));
    return digest;
  };
  await answer(current.keys, NOW);
  const now = await answer(observed.keys, plus(NOW, HOUR));
  const found = await storedRequest(m.world, stored, observed);
  expect('unread' in found ? null : found.request?.request.digest).toBe(now);
});

it('nothing is left behind while the question is the same, and all of it once there is another', () => {
  const scene = situation({ current: aCase(), observed: seen([newer(), older()]) });
  const { current } = scene;
  const digest = current === null ? '' : questionDigest(current, scene.policy);
  const asked = aCase({ shownTerms: current?.shownTerms ?? [] });
  expect(leftBehind([digest], scene, asked)).toEqual([]);
  expect(leftBehind([digest], scene, { ...asked, asking: 2 })).toEqual([digest]);
  expect(leftBehind([digest], scene, inGrace())).toEqual([digest]);
  const closed = { ...asked, phase: 'closed', closedAs: 'by-owner', closed: plus(NOW, -DAY) } as const;
  expect(leftBehind([digest], scene, closed)).toEqual([digest]);
});
