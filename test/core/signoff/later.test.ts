import { describe, expect, it } from 'vitest';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { type CaseChanges, laterUsers } from '../../../functions/core/signoff/later.ts';
import { laterWords } from '../../../functions/core/signoff/words.ts';
import { NOW } from '../../fakes/cases.ts';

const inHours = (hours: number) => plus(NOW, hours * HOUR);

/** The summary of a user's case that was opened before the report. */
function summary(userName: string, more: Partial<CaseChanges> = {}): CaseChanges {
  const none = { deactivated: [], restored: [], deleted: [], changedByOthers: [] };
  return { userId: `ID-${userName}`, userName, openedAt: inHours(-9), closedAt: null, ...none, ...more };
}

const change = (hours: number) => [{ at: inHours(hours) }];

describe('users who changed after a report', () => {
  it.each([
    ['a case that was opened', { openedAt: inHours(2) }],
    ['a case that was closed', { closedAt: inHours(2) }],
    ['a key that was deactivated', { deactivated: change(2) }],
    ['a key that came back', { restored: [...change(2), ...change(1)] }],
    ['a key that was deleted', { deleted: change(2) }],
    ['a key that somebody else changed', { changedByOthers: change(2) }],
  ] as const)('are those with %s', (_what, more) => {
    const changed = [{ userId: 'ID-one', userName: 'one', at: inHours(2) }];
    expect(laterUsers([], [summary('one', more), summary('two')], NOW)).toEqual(changed);
  });

  it('stay until a report has their change, each with the latest one', () => {
    const first = laterUsers(
      [],
      [summary('b', { openedAt: inHours(2) }), summary('a', { openedAt: inHours(1) })],
      NOW,
    );
    expect(first.map(({ userName }) => userName)).toEqual(['a', 'b']);
    expect(laterUsers(first, [], NOW)).toEqual(first);
    const second = laterUsers(first, [summary('a', { openedAt: inHours(1), deleted: change(3) })], NOW);
    expect(second.map(({ userName, at }) => [userName, at])).toEqual([
      ['b', inHours(2)],
      ['a', inHours(3)],
    ]);
    expect(laterUsers(second, [], inHours(2)).map(({ userName }) => userName)).toEqual(['a']);
    expect(laterUsers(second, [summary('b')], inHours(3))).toEqual([]);
  });

  it('are named on the page, five of them', () => {
    const users = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ userId: `${n}`, userName: `u${n}`, at: NOW }));
    const name = (user: string) => user;
    expect(laterWords([], name)).toEqual([]);
    expect(laterWords(users(1), name)).toEqual([
      '1 user has changed after this report was made: u0. The next report shows that.',
    ]);
    expect(laterWords(users(7), name)).toEqual([
      '7 users have changed after this report was made: u0, u1, u2, u3, u4 and 2 more. The next report shows that.',
    ]);
  });
});
