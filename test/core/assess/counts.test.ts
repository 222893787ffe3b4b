import { expect, it } from 'vitest';
import { assess } from '../../../functions/core/assess/assessment.ts';
import { chartsOf } from '../../../functions/core/assess/counts.ts';
import { reportOf } from '../../../functions/core/assess/report.ts';
import { NEWER, NOW, OLDER, THIRD } from '../../fakes/cases.ts';
import { aged, surveyed, TERMS } from './users.ts';

it('counts every user, every active key and every violation once', () => {
  const unreadUse = { ...aged(NEWER, 80, 1), lastUsed: { kind: 'not-read' } } as const;
  const users = [
    surveyed('idle', [aged(OLDER, 800, 95), aged(NEWER, 100, 0.1)]),
    surveyed('busy', [aged(OLDER, 400, 0.1), aged(NEWER, 91, 0.1), aged(THIRD, 20, null)]),
    surveyed('turns', [aged(OLDER, 365, 400), aged(NEWER, 0.1, null)]),
    surveyed('medium', [aged(OLDER, 365, 0.1), aged(NEWER, 100, 43)]),
    surveyed('one', [unreadUse, aged(OLDER, 800, 3, 'Inactive')]),
    surveyed('none', []),
    surveyed('dark', [], { how: 'unread', asOf: null }),
  ];
  const report = reportOf(assess(users, TERMS, NOW), { account: '1', denied: [], fullIds: false });
  const charts = chartsOf(report).map(({ title, bars }) => [title, ...bars.map(({ count }) => count)]);
  expect(charts).toEqual([
    ['Users by active keys', 1, 1, 1, 3, 1],
    ['Active keys by age', 3, 5, 1, 1],
    ['Active keys by last use', 1, 2, 4, 1, 2],
    ['Proposals by confidence', 1, 1, 1, 1],
  ]);
});
