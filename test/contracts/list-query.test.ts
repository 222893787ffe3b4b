import { describe, expect, it } from 'vitest';
import { doneIn, doneQuery, filterIn, queryOf } from '../../functions/contracts/list-query.ts';
import { EVERY_ROW } from '../../functions/core/page/list-filter.ts';
import { MOST_TOGETHER, REFUSALS } from '../../functions/core/page/review.ts';
import { ACCOUNT, USER_ID } from '../fakes/cases.ts';

const FACTS = '0123456789abcdef'.repeat(4);
const AT = 'https://keys.example.com/l/token';
const row = { userId: USER_ID, caseNumber: 3, facts: FACTS };

describe('the filter in an address', () => {
  it('is read as it was written', () => {
    const filter = {
      confidence: 'high',
      privilege: 'ordinary',
      age: '30',
      exception: 'no',
      account: ACCOUNT,
    } as const;
    const query = Object.fromEntries(new URL(`${AT}${queryOf(filter, '4#2026~x')}`).searchParams);
    expect(filterIn(query)).toEqual(filter);
    expect(query.after).toBe('4#2026~x');
    expect(queryOf(EVERY_ROW)).toBe('?');
  });

  it('filters nothing by what it does not know', () => {
    expect(
      filterIn({ confidence: 'x', privilege: '', age: '8', exception: '1', account: '12', other: 'y' }),
    ).toEqual(EVERY_ROW);
  });
});

describe('the address of a result page', () => {
  it('is read as it was written', () => {
    const rows = (['recorded', ...REFUSALS] as const).map((outcome) => ({ ...row, outcome }));
    const done = { rows, unreadable: 2, started: false };
    expect(doneIn(`${AT}${doneQuery(done)}`)).toEqual(done);
    const plain = { rows: rows.slice(0, 1), unreadable: 0, started: true };
    expect(doneQuery(plain)).toBe(`?done=${USER_ID}.3.${FACTS}.recorded`);
    expect(doneIn(`${AT}${doneQuery(plain)}`)).toEqual(plain);
  });

  it('is short enough for a request: API Gateway takes 10,240 bytes', () => {
    const rows = Array.from({ length: MOST_TOGETHER }, () => ({ ...row, outcome: 'not-together' as const }));
    expect(doneQuery({ rows, unreadable: 0, started: false }).length).toBeLessThan(4_000);
  });

  it.each([
    '',
    '?done=',
    '?done=x',
    `?done=${USER_ID}.0.${FACTS}.recorded`,
    `?done=${USER_ID}.3.${FACTS}.evil`,
    '?unreadable=x',
  ])('is none: %s', (query) => {
    expect(doneIn(`${AT}${query}`)).toBeNull();
  });

  it('says of no more rows than a form may have', () => {
    const many = Array.from({ length: 100 }, () => `done=${USER_ID}.3.${FACTS}.stale`).join('&');
    const found = doneIn(`${AT}?${many}&unreadable=900`);
    expect([found?.rows.length, found?.unreadable]).toEqual([MOST_TOGETHER, MOST_TOGETHER]);
  });
});
