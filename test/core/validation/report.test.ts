import { describe, expect, it } from 'vitest';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { banded, bandOf, tookOf } from '../../../functions/core/validation/bands.ts';
import { MOST_OWNERS, MOST_POINTS, type Point, reportOf } from '../../../functions/core/validation/report.ts';
import { aCase, inGrace, NEWER, NOW, newer, OLDER, older, POLICY } from '../../fakes/cases.ts';
import { aRecord, aRow, idOf, judged, none, one, two, UNREAD } from './population.ts';

const open = (userName: string, days: number, more = {}) =>
  aCase({ userId: idOf(userName), userName, opened: plus(NOW, -days * DAY), ...more });
const owned = (row: ReturnType<typeof one>, owner: string | null) => ({ ...row, owner });
const report = (...given: Parameters<typeof judged>) => reportOf(judged(...given), [], null);

describe('the pictures of a report', () => {
  it('show the counts of each day, the last validation of a day alone', () => {
    const point = (days: number, more: number): Point => ({
      at: plus(NOW, -days * DAY),
      none: 0,
      one: 0,
      more,
      unknown: 0,
    });
    const points = [point(2, 9), point(1, 8), { ...point(0, 7), at: plus(NOW, -HOUR) }];
    const { points: now } = reportOf(judged([two('a'), one('b'), none('c')]), [], { points });
    expect(now).toEqual([points[0], points[1], { at: NOW, none: 1, one: 1, more: 1, unknown: 0 }]);
    const many = Array.from({ length: MOST_POINTS + 5 }, (_, n) => point(MOST_POINTS + 5 - n, n));
    const { points: kept } = reportOf(judged([]), [], { points: many });
    expect([kept.length, kept[0]?.more, kept.at(-1)?.at]).toEqual([MOST_POINTS, 6, NOW]);
  });

  it('show open cases by age', () => {
    const cases = [open('a', 0.5), open('b', 1), open('c', 40), open('d', 400)];
    expect(report([], { cases }).ages).toEqual({ 1: 2, 3: 0, 7: 0, 14: 0, 30: 0, 90: 1, more: 1 });
  });

  it.each([
    [0, '1'],
    [DAY, '1'],
    [DAY + 1, '3'],
    [90 * DAY, '90'],
    [90 * DAY + 1, 'more'],
  ])('have %d seconds in the band %s', (length, band) => {
    expect(bandOf(length)).toBe(band);
    expect(banded([length])[bandOf(length)]).toBe(1);
  });

  it('show how long it took from detection to decision, and from there to the deletion', () => {
    const day = (n: number) => plus(NOW, n * DAY);
    const { toDecide, toDelete } = tookOf([
      { opened: day(0), decided: day(1), deleted: day(9) },
      { opened: day(0), decided: day(2.26), deleted: null },
      { opened: day(0), decided: day(20), deleted: day(19) },
      { opened: day(0), decided: null, deleted: null },
    ]);
    expect(toDecide).toEqual({ bands: { 1: 1, 3: 1, 7: 0, 14: 0, 30: 1, 90: 0, more: 0 }, medianDays: 2.3 });
    expect(toDelete).toEqual({ bands: { 1: 1, 3: 0, 7: 0, 14: 1, 30: 0, 90: 0, more: 0 }, medianDays: 0 });
    expect(tookOf([]).toDecide.medianDays).toBeNull();
  });

  it('name the owners with most to do first, and count the others', () => {
    const rows = [
      owned(two('a'), 'payments'),
      owned(one('b'), 'payments'),
      owned(one('c', UNREAD), 'search'),
      owned(one('d'), null),
      owned(one('e'), 'web'),
      owned(one('f'), 'data'),
    ];
    const { owners, others } = report(rows, { cases: [open('d', 1)], remediated: [aRecord('gone')] });
    expect(owners).toEqual([
      { owner: 'payments', users: 2, more: 1, unknown: 0, openCases: 0 },
      { owner: 'search', users: 1, more: 0, unknown: 1, openCases: 0 },
      { owner: null, users: 1, more: 0, unknown: 0, openCases: 1 },
      { owner: 'data', users: 1, more: 0, unknown: 0, openCases: 0 },
      { owner: 'web', users: 1, more: 0, unknown: 0, openCases: 0 },
    ]);
    expect(others).toBe(0);
    const many = Array.from({ length: MOST_OWNERS + 3 }, (_, n) => owned(one(`u${n}`), `owner-${n}`));
    expect(report([...many, owned(one('x'), null)]).others).toBe(4);
    expect(report([owned(one('x'), null), owned(one('y'), 'team')]).owners.map(({ owner }) => owner)).toEqual(
      ['team', null],
    );
  });
});

describe('the rows of a report', () => {
  it('are those who were changed, have something left to do, or are in doubt, the most urgent first', () => {
    const { rows } = report(
      [
        one('plain'),
        one('done'),
        one('grace'),
        aRow('other', [older()]),
        one('unread', UNREAD),
        two('human', { console: true }),
        two('bot', { tags: { Type: 'service' } }),
        two('admin', { privilege: { kind: 'administrator', by: [] } }),
        two('a-human', { console: true }),
      ],
      {
        remediated: ['done', 'other'].map((name) => aRecord(name)),
        cases: [{ ...inGrace(), userId: idOf('grace'), userName: 'grace' }],
        policy: { ...POLICY, usage: [] },
      },
    );
    expect(rows.map(({ userName }) => userName)).toEqual([
      'admin',
      'bot',
      'a-human',
      'human',
      'unread',
      'other',
      'grace',
      'done',
    ]);
    expect(rows.find(({ userName }) => userName === 'grace')).toMatchObject({
      remaining: null,
      closedAt: null,
      lastUsed: null,
      pending: [{ keyId: '…3QXK', why: 'grace', until: plus(NOW, 7 * DAY - HOUR) }],
      takeOver: [{ keyId: '…3QXK', verdict: 'not-looked-up' }],
    });
    expect(rows.at(-1)).toMatchObject({ active: ['…MPLE'], remaining: 'ok', lastUsed: plus(NOW, -2 * HOUR) });
  });

  it('have no whole key id', () => {
    const text = JSON.stringify(
      report([two('a'), aRow('b', [newer()])], {
        remediated: [aRecord('b')],
        cases: [{ ...inGrace(), userId: idOf('a'), userName: 'a' }],
      }),
    );
    expect(text).not.toMatch(new RegExp(`${NEWER}|${OLDER}`));
  });
});

it('the rows of a report have the ids of users, where they are known', () => {
  expect(report([two('a'), { ...two('b'), userId: null }]).rows.map(({ userId }) => userId)).toEqual([
    idOf('a'),
    undefined,
  ]);
});
