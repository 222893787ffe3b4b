import { describe, expect, it } from 'vitest';
import { numbersIn, numbersOf } from '../../sandbox/story/assessed.ts';

const key = (status: string) => ({ id: 'AKIA', status });
const user = (userName: string, ...statuses: string[]) =>
  [userName, { userId: userName, userName, keys: statuses.map(key) }] as const;

describe('the assessment at the beginning of the story', () => {
  const truth = new Map([
    user('b', 'Active', 'Active'),
    user('a', 'Active', 'Active', 'Inactive'),
    user('one', 'Active', 'Inactive'),
    user('none', 'Inactive'),
    user('empty'),
  ]);

  it('is compared with the keys that IAM has', () => {
    expect(numbersOf(truth, 1)).toEqual({
      users: 5,
      one: 1,
      none: 2,
      administrators: 1,
      several: ['a', 'b'],
    });
  });

  it('is read from the report, in whatever order it names the users', () => {
    const report = {
      totals: { users: 5, one: 1, none: 2, unread: 0 },
      privileged: { administrators: 1, canBecome: 0 },
      violations: [{ userName: 'b' }, { userName: 'a' }],
    };
    expect(numbersIn(JSON.stringify(report))).toEqual(numbersOf(truth, 1));
    expect(() => numbersIn('{}')).toThrow();
  });
});
