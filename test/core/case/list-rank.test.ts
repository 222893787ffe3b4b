import { expect, it } from 'vitest';
import { listRank, wantOfRank } from '../../../functions/core/case/list-rank.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, confirmedAt, inGrace, NEWER, NOW, POLICY } from '../../fakes/cases.ts';

const policy = { ...POLICY, trustedCreators: ['role/*'] };
const rank = (current: ReturnType<typeof aCase>) => listRank(current, policy);

it('sorts open cases by what they want, the oldest first, and leaves closed ones out', () => {
  const alarm = aCase({ phase: 'held', origins: { [NEWER]: { createdBy: 'user/mallory', at: NOW } } });
  const held = aCase({ phase: 'held' });
  const confirming = inGrace({}, { phase: 'awaiting-confirmation' });
  const undecided = aCase();
  const older = aCase({ opened: plus(undecided.opened, -DAY) });
  const confirmed = { ...confirming, decision: aDecision({ confirmed: confirmedAt(NOW) }) };
  const ordered = [alarm, held, confirming, older, undecided, inGrace()].map(rank);
  expect([...ordered].sort()).toEqual(ordered);
  expect(new Set(ordered).size).toBe(6);
  expect(rank(confirmed)).toBe(rank(inGrace()));
  expect(rank(aCase({ phase: 'closed' }))).toBeNull();
  expect(rank(undecided)).toBe(`4#${undecided.opened}`);
});

it('says what a case of a rank wants; a rank that only a newer release knows counts with the rest', () => {
  const untold = aCase({
    phase: 'closed',
    closedAs: 'by-owner',
    owed: [{ kind: 'closed', recipient: 'sec-lead', since: NOW, pooled: 'new' }],
  });
  expect(wantOfRank(rank(untold) ?? '')).toBeNull();
  expect(wantOfRank(rank(aCase()) ?? '')).toBe('undecided');
  expect(['1#x', '2#x', '3#x', '5#x', '6#x', '7#x', ''].map(wantOfRank)).toEqual([
    'alarm',
    'held',
    'deletion-to-confirm',
    'rest',
    null,
    'rest',
    'rest',
  ]);
});
