import { describe, expect, it } from 'vitest';
import { joinedKeys } from '../../../functions/core/inventory/joined-keys.ts';
import type { LastUsed, ObservedKey } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const USED: LastUsed = { kind: 'used', at: plus(NOW, -DAY), service: 's3', region: 'eu-west-1' };
const reported = (column: 1 | 2, more: Partial<ObservedKey> = {}): ObservedKey => ({
  id: `key ${column}`,
  status: 'Active',
  created: plus(NOW, -100 * column * DAY),
  lastUsed: USED,
  ...more,
});
const read = (n: number, more: object = {}) => ({
  id: `AKIA${n}`,
  status: 'Active' as const,
  created: plus(NOW, -100 * n * DAY),
  ...more,
});
const REPORT = { keys: [reported(1), reported(2)], asOf: plus(NOW, -HOUR) };
const earlier = (...keys: ReturnType<typeof read>[]) => ({ keys, asOf: plus(NOW, -DAY) });
const later = (...keys: ReturnType<typeof read>[]) => ({ keys, asOf: NOW });
const ids = (keys: readonly ObservedKey[]) => keys.map(({ id }) => id);

it('without a reading the report stands alone', () => {
  expect(joinedKeys(REPORT, undefined)).toBe(REPORT);
});

describe('a report that is newer than the reading', () => {
  it('gets its ids, and keeps its own statuses and uses', () => {
    const { keys, asOf } = joinedKeys(REPORT, earlier(read(2, { status: 'Inactive' }), read(1)));
    expect(keys).toEqual([
      { ...reported(1), id: 'AKIA1' },
      { ...reported(2), id: 'AKIA2' },
    ]);
    expect(asOf).toBe(REPORT.asOf);
  });

  it('keeps a key that was not there yet under its column', () => {
    expect(ids(joinedKeys(REPORT, earlier(read(1), read(5))).keys)).toEqual(['AKIA1', 'key 2']);
  });

  it('keeps both columns where two keys are from the same second', () => {
    const created = plus(NOW, -9 * DAY);
    const twins = { ...REPORT, keys: [reported(1, { created }), reported(2, { created })] };
    expect(ids(joinedKeys(twins, earlier(read(1, { created }), read(2, { created }))).keys)).toEqual([
      'key 1',
      'key 2',
    ]);
    expect(ids(joinedKeys(twins, earlier(read(1, { created }))).keys)).toEqual(['key 1', 'key 2']);
  });

  it('shows a third key that it has no column for, whose last use nobody knows', () => {
    const { keys } = joinedKeys(REPORT, earlier(read(3), read(1), read(2)));
    expect(keys).toEqual([
      { ...reported(1), id: 'AKIA1' },
      { ...reported(2), id: 'AKIA2' },
      { ...read(3), lastUsed: { kind: 'not-read' } },
    ]);
  });

  it('rules a third key out with a free column, or with a key that came since', () => {
    const one = { ...REPORT, keys: [reported(1)] };
    expect(ids(joinedKeys(one, earlier(read(1), read(2), read(3))).keys)).toEqual(['AKIA1']);
    expect(ids(joinedKeys(REPORT, earlier(read(1), read(3), read(4))).keys)).toEqual(['AKIA1', 'key 2']);
  });
});

describe('a reading that is newer than the report', () => {
  it('says which keys there are, and gets the last uses of the report', () => {
    const { keys, asOf } = joinedKeys(REPORT, later(read(2, { status: 'Inactive' }), read(7)));
    expect(keys).toEqual([
      { ...read(2), status: 'Inactive', lastUsed: USED },
      { ...read(7), lastUsed: { kind: 'not-read' } },
    ]);
    expect(asOf).toBe(NOW);
  });

  it('of the same moment counts as newer', () => {
    expect(ids(joinedKeys(REPORT, { keys: [read(9)], asOf: REPORT.asOf }).keys)).toEqual(['AKIA9']);
  });
});
