import { describe, expect, it } from 'vitest';
import { readingOrder } from '../../../functions/core/config/reading-order.ts';
import type { ListedUser } from '../../../functions/core/config/survey.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const listed = (count: number): ListedUser[] =>
  Array.from({ length: count }, (_, n) => ({
    userId: `AIDA${n}`,
    userName: `user-${n}`,
    path: '/',
    arn: `arn:aws:iam::123456789012:user/user-${n}`,
    created: NOW,
    tags: {},
  }));

const nobody = new Set<string>();
const ids = (users: readonly ListedUser[]) => users.map(({ userId }) => userId);

describe('the order in which users are read', () => {
  it('leaves nobody out and differs from run to run', () => {
    const users = listed(50);
    const first = ids(readingOrder(users, nobody, NOW));
    const second = ids(readingOrder(users, nobody, plus(NOW, HOUR)));
    expect([...first].sort()).toEqual(ids(users).sort());
    expect(second).not.toEqual(first);
    expect(ids(readingOrder(users, nobody, NOW))).toEqual(first);
  });

  it('begins with whom Config does not show, and keeps a place in four for the others', () => {
    const users = listed(20);
    const shown = new Set(ids(users.slice(0, 12)));
    const places = ids(readingOrder(users, shown, NOW)).map((id) => (shown.has(id) ? 'shown' : 'new'));
    expect(places.join(' ')).toBe(
      `new new new shown new new new shown new new ${Array(10).fill('shown').join(' ')}`,
    );
  });
});
