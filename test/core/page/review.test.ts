import { describe, expect, it } from 'vitest';
import { ROWS } from '../../../functions/core/page/list.ts';
import { judgeReview, MOST_TOGETHER, namedTwice } from '../../../functions/core/page/review.ts';

const grounds = { reason: 'unused' as const, comment: '' };

describe('a form about several users', () => {
  it('fits with the number of keys and a reason', () => {
    expect(judgeReview({ count: 21, grounds }, 21)).toEqual([]);
  });

  it.each([20, 22, 0, null])('does not fit with %s keys instead of 21', (count) => {
    expect(judgeReview({ count, grounds }, 21)).toEqual([{ field: 'count', code: 'to-count', keys: 21 }]);
  });

  it('has all its mistakes named together', () => {
    const wrong = { reason: null, comment: 'x'.repeat(502) };
    expect(judgeReview({ count: null, grounds: wrong }, 1).map(({ field }) => field)).toEqual([
      'count',
      'reason',
      'comment',
    ]);
  });

  it('is about as many users as a page of the list has', () => {
    expect(MOST_TOGETHER).toBe(ROWS);
  });

  it('names a user twice, or not', () => {
    const [a, b] = [{ userId: 'A' }, { userId: 'B' }];
    expect([...namedTwice([a, b, a, a])]).toEqual(['A']);
    expect([...namedTwice([a, b])]).toEqual([]);
  });
});
