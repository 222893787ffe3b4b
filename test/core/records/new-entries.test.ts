import { describe, expect, it } from 'vitest';
import { entryHash, type StoredEntry } from '../../../functions/core/case/history.ts';
import {
  boundEntries,
  byLines,
  isDailyDue,
  isRenewalDue,
  joinedEntries,
  missedByLines,
  type NewEntries,
  settledUntil,
  type WrittenLine,
} from '../../../functions/core/records/new-entries.ts';

const AT = '2026-11-27T12:00:00.000Z';
const line = (userId: string, n: number): WrittenLine => ({ userId, n, hash: `${userId}${n}`, at: AT });
const wanted = (userId: string, after: number, upTo: number): NewEntries => ({
  ...{ userId, after, upTo },
  hashes: new Map(),
});
const range = ({ userId, after, upTo }: NewEntries) => [userId, after, upTo];

describe('an anchor', () => {
  it('has what was written more than two minutes ago', () => {
    expect(settledUntil(AT)).toBe('2026-11-27T11:58:00.000Z');
  });

  it.each([
    [null, true],
    ['2026-11-27T00:00:00.000Z', false],
    ['2026-11-26T23:59:59.999Z', true],
  ])('after one made at %s has the heads of all users: %s', (at, due) => {
    expect(isDailyDue(at === null ? null : { at }, AT)).toBe(due);
  });

  it.each([
    [null, false],
    ['2026-11-01T00:00:00.000Z', false],
    ['2026-10-31T23:59:59.999Z', true],
  ])('after one made at %s has the latest files once more: %s', (at, due) => {
    expect(isRenewalDue(at === null ? null : { at }, AT)).toBe(due);
  });
});

describe('new entries', () => {
  it('are those of the lines, each user once', () => {
    expect(byLines([line('A', 3), line('B', 1), line('A', 2)]).map(range)).toEqual([
      ['A', 1, 3],
      ['B', 0, 1],
    ]);
  });

  it.each([
    ['a user who was not there yesterday and has no line', [], [['A', 0, 4]]],
    ['lines that begin with the first new entry and reach the head', [line('A', 3), line('A', 4)], []],
    ['lines that begin later', [line('A', 4)], [['A', 2, 4]]],
    ['lines that end before the head', [line('A', 3)], [['A', 2, 4]]],
  ] as const)('missed by lines: %s', (_what, lines, missed) => {
    const before = lines.length === 0 ? [] : [{ userId: 'A', version: 2, hash: 'x' }];
    const heads = [{ userId: 'A', version: 4, hash: 'y' }];
    expect(missedByLines(heads, before, lines).map(range)).toEqual(missed);
  });

  it('are not missed where nothing was written', () => {
    const heads = [{ userId: 'A', version: 4, hash: 'y' }];
    expect(missedByLines(heads, heads, [])).toEqual([]);
  });

  it('of two lists have each user once, with the wider range and all hashes', () => {
    const one = { ...wanted('A', 2, 3), hashes: new Map([[3, 'a']]) };
    const other = { ...wanted('A', 0, 2), hashes: new Map([[2, 'b']]) };
    const [joined, ...rest] = joinedEntries([[one], [other], [wanted('B', 0, 1)]]);
    expect(joined).toMatchObject({ userId: 'A', after: 0, upTo: 3 });
    expect([...(joined?.hashes ?? [])].sort()).toEqual([
      [2, 'b'],
      [3, 'a'],
    ]);
    expect(rest.map(range)).toEqual([['B', 0, 1]]);
  });
});

describe('bound entries', () => {
  const entry = (n: number) =>
    ({ n, at: AT, rule: 'awaiting', events: [], changes: {}, prev: null }) as StoredEntry;
  const read = { entries: [entry(1), entry(2), entry(3)], findings: [] };

  it('are the new ones with their hashes', () => {
    expect(boundEntries(wanted('A', 1, 3), read)).toEqual({
      lines: [2, 3].map((n) => ({ userId: 'A', n, hash: entryHash(entry(n)) })),
    });
  });

  it('are none of a history that does not fit', () => {
    const broken = { ...read, findings: [{ found: 'no-case' }] as const };
    expect(boundEntries(wanted('A', 1, 3), broken)).toEqual({ why: 'the history does not fit: no-case' });
  });

  it('are none if an entry is another one than its line says', () => {
    const hashes = new Map([
      [2, entryHash(entry(2))],
      [3, 'other'],
    ]);
    const why = 'entry 3 is not the one that was written';
    expect(boundEntries({ ...wanted('A', 1, 3), hashes }, read)).toEqual({ why });
  });

  it('are none if one of them is missing', () => {
    expect(boundEntries(wanted('A', 1, 4), read)).toEqual({ why: 'entries up to 4 are missing' });
  });
});
