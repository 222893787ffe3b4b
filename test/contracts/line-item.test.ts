import { describe, expect, it } from 'vitest';
import { lineDays, lineKey, linePartition, readLine } from '../../functions/contracts/line-item.ts';

const AT = '2026-11-27T23:59:59.999Z';

describe('a line', () => {
  it('stands in the partition of its day, in the order of times, and is read again', () => {
    const key = lineKey('123456789012', 'AIDAX', 12, AT);
    expect(key).toEqual({ pk: 'LINE#123456789012#2026-11-27', sk: `${AT}#AIDAX#000000012` });
    expect(readLine({ ...key, hash: 'h', schema: 1 })).toEqual({ userId: 'AIDAX', n: 12, at: AT, hash: 'h' });
  });

  it.each([
    { sk: 'yesterday#AIDAX#1', hash: 'h' },
    { sk: `${AT}##1`, hash: 'h' },
    { sk: `${AT}#AIDAX#one`, hash: 'h' },
    { sk: `${AT}#AIDAX#1#2`, hash: 'h' },
    { sk: `${AT}#AIDAX#1` },
  ])('that cannot be read is none: %j', (item) => {
    expect(readLine(item)).toBeNull();
  });

  it('is looked for on every day of a time', () => {
    expect(lineDays('2026-11-27T23:00:00.000Z', '2026-11-28T01:00:00.000Z')).toEqual([
      '2026-11-27',
      '2026-11-28',
    ]);
    expect(lineDays('2026-11-27T01:00:00.000Z', '2026-11-27T23:00:00.000Z')).toEqual(['2026-11-27']);
    expect(linePartition('1', '2026-11-27')).toBe('LINE#1#2026-11-27');
  });
});
