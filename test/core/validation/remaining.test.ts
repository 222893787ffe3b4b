import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { key, NEWER, NOW, newer, OLDER, older, THIRD } from '../../fakes/cases.ts';
import { aRecord, aRow, firstOf, none, one, REPORTED, two, UNREAD } from './population.ts';

/** The verdict on a remediated user with this row, and the recommended step. */
function verdictOf(row: ReturnType<typeof aRow>, record = aRecord('ci')) {
  const { remaining, next, doubts } = firstOf([row], { remediated: [record] });
  return { verdict: remaining?.verdict, next, doubts };
}

describe('the remaining key of a remediated user', () => {
  it('is as recorded if it alone is active, whatever else is inactive', () => {
    expect(verdictOf(one())).toEqual({ verdict: 'ok', next: null, doubts: [] });
    expect(verdictOf(aRow('ci', [newer(), older('Inactive')]))).toMatchObject({ verdict: 'ok' });
    expect(verdictOf(none(), aRecord('ci', { expectedActive: [] }))).toMatchObject({ verdict: 'ok' });
  });

  it('is another one, with the question why', () => {
    expect(verdictOf(aRow('ci', [older()]))).toMatchObject({ verdict: 'other-key', next: 'compare' });
    expect(verdictOf(aRow('ci', [older()]), aRecord('ci', { expectedActive: [] }))).toMatchObject({
      verdict: 'other-key',
    });
  });

  it('is another one that was created since the case closed, as in a rotation', () => {
    const row = aRow('ci', [key(THIRD, 'Active', { created: plus(NOW, -30 * MINUTE) })]);
    expect(verdictOf(row)).toMatchObject({ verdict: 'other-key', next: 'replaced' });
  });

  it('is missing, or is one of several', () => {
    expect(verdictOf(none())).toMatchObject({ verdict: 'none', next: 'compare' });
    expect(verdictOf(two())).toMatchObject({ verdict: 'several', next: 'no-case' });
    const both = aRecord('ci', { expectedActive: [NEWER, OLDER] });
    expect(verdictOf(two(), both)).toMatchObject({ verdict: 'ok' });
    expect(verdictOf(one(), both)).toMatchObject({ verdict: 'other-key' });
  });

  it('is not read where the facts are missing, refused, or from before the case closed', () => {
    expect(verdictOf(one('ci', UNREAD))).toEqual({ verdict: 'not-read', next: 'read', doubts: ['not-read'] });
    expect(verdictOf(one('ci', { ...REPORTED, unreadAt: NOW }))).toMatchObject({
      verdict: 'not-read',
      doubts: ['older-facts'],
    });
    expect(verdictOf(one('ci', REPORTED))).toEqual({
      verdict: 'not-read',
      next: 'read',
      doubts: ['before-closing'],
    });
  });

  it('is not read where the credential report alone is known, which has no ids', () => {
    const closedAt = plus(NOW, -2 * DAY);
    const reported = (id: string) => aRow('ci', [key(id)], REPORTED);
    const record = aRecord('ci', { closedAt });
    expect(verdictOf(reported('key 1'), record)).toMatchObject({ verdict: 'not-read', doubts: ['no-ids'] });
    expect(verdictOf(reported(NEWER), record)).toMatchObject({ verdict: 'ok', doubts: [] });
  });

  it('has its last use, which shows that it works', () => {
    expect(firstOf([one()], { remediated: [aRecord('ci')] }).remaining).toMatchObject({
      lastUsed: plus(NOW, -2 * HOUR),
      lastUsedKnown: true,
      active: [NEWER],
      expected: [NEWER],
    });
    expect(firstOf([none()], { remediated: [aRecord('ci')] }).remaining).toMatchObject({
      lastUsed: null,
      lastUsedKnown: false,
    });
  });

  it('is no question for somebody who is gone', () => {
    expect(firstOf([], { remediated: [aRecord('ci')] })).toMatchObject({
      userName: 'ci',
      count: 'gone',
      remaining: { verdict: 'gone', active: [] },
      next: null,
    });
  });
});
