import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY, secondsBetween } from '../../../../functions/core/model/time.ts';
import { SITUATIONS } from './all.ts';
import { histories, historyOf } from './generate.ts';
import type { Kind, Situation } from './spec.ts';

const PROSE = readFileSync(join(import.meta.dirname, '../situations.md'), 'utf8');

interface Entry {
  readonly number: number;
  readonly kind: Kind;
  readonly right: string;
  readonly text: string;
}

const ENTRIES: readonly Entry[] = [
  ...PROSE.matchAll(/^### (\d+) .*\nkind: (ordinary|adversarial)\nright: (.*)\n\n([^#]*)/gm),
].map(([, number, kind, right = '', text = '']) => ({
  number: Number(number),
  kind: kind === 'ordinary' ? 'ordinary' : 'adversarial',
  // Of the third key, the newer one of two, the prose says both.
  right: right.replace(', keep the third', ''),
  text: text.replace(/\s+/g, ' ').replace(/(\d),(\d)/g, '$1$2'),
}));

const byNumber = new Map(SITUATIONS.map((situation) => [situation.number, situation]));
const written = ({ older, newer }: Situation) => [...older, ...newer].join(' ');

describe('the corpus', () => {
  it('has a history for each of the 115 situations, with the same kind and right answer', () => {
    expect(ENTRIES).toHaveLength(115);
    expect(SITUATIONS.map(({ number, kind, right }) => ({ number, kind, right }))).toEqual(
      ENTRIES.map(({ number, kind, right }) => ({ number, kind, right })),
    );
  });

  it('has the last uses and times that the prose names', () => {
    const units: Record<string, string> = { second: 's', minute: 'm', hour: 'h', day: 'd' };
    for (const { number, text } of ENTRIES) {
      const situation = byNumber.get(number);
      const told = situation === undefined ? '' : written(situation);
      const times = [...text.matchAll(/last (?:seen|used) (\d+) (second|minute|hour|day)s? ago/g)];
      for (const [, count, unit = ''] of times) {
        expect(told, `situation ${number}`).toMatch(new RegExp(`(^|[ .])${count}${units[unit]}\\b`));
      }
      for (const [, days] of text.matchAll(/key of (\d+) days/g)) {
        expect(told, `situation ${number}`).toMatch(new RegExp(`(^| )${days}(\\.\\d+)?d `));
      }
    }
  });

  it('is the same for the same seed, and another one for another', () => {
    const [situation] = SITUATIONS;
    expect(situation).toBeDefined();
    if (situation !== undefined) {
      expect(historyOf(situation, 1)).toEqual(historyOf(situation, 1));
      expect(historyOf(situation, 2)).not.toEqual(historyOf(situation, 1));
    }
  });
});

describe('a history', () => {
  const all = histories(SITUATIONS, 6);

  it('has two keys, the right one of them or none, and their usage', () => {
    expect(all.length).toBeGreaterThanOrEqual(500);
    for (const { keys, usage, right, situation } of all) {
      const ids = keys.map(({ id }) => id);
      expect(new Set(ids).size).toBe(2);
      expect(Object.keys(usage).sort()).toEqual([...ids].sort());
      expect(right === null).toBe(situation.right === 'ask the owner');
      expect(right === null || ids.includes(right)).toBe(true);
    }
  });

  it('has no event before its key or the window, after now, or without a lookup', () => {
    for (const { keys, usage, now, situation } of all) {
      for (const { id, created } of keys) {
        const { families = [], lookup } = usage[id] ?? {};
        const failed = lookup?.kind === 'not-looked-up';
        expect(failed && families.length > 0, `situation ${situation.number}`).toBe(false);
        for (const { first, last, count, errors, writes } of families) {
          expect([created, first, last, now], `situation ${situation.number}`).toEqual(
            [created, first, last, now].sort(),
          );
          expect(secondsBetween(first, now)).toBeLessThanOrEqual(90 * DAY);
          expect(errors).toBeLessThanOrEqual(count);
          expect(writes).toBeLessThanOrEqual(count);
        }
      }
    }
  });

  it('says nothing by the order of the keys or of their ids', () => {
    const newerFirst = all.filter(({ keys: [a, b] }) => (a?.created ?? '') > (b?.created ?? '')).length;
    const newerLower = all.filter(({ keys }) => {
      const [older, newer] = [...keys].sort((a, b) => (a.created < b.created ? -1 : 1));
      return (newer?.id ?? '') < (older?.id ?? '');
    }).length;
    expect(newerFirst / all.length).toBeCloseTo(0.5, 1);
    expect(newerLower / all.length).toBeCloseTo(0.5, 1);
  });
});
