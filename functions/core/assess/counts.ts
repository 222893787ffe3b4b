import type { RowKey } from '../inventory/row.ts';
import { isRead } from '../inventory/surveyed.ts';
import { DAY, type Instant, secondsBetween } from '../model/time.ts';
import type { Report } from './report.ts';

/** One bar of a chart. */
export interface Bar {
  readonly label: string;
  readonly count: number;
}

/** A chart: what is counted, and the bars in their order. */
export interface Chart {
  readonly title: string;
  readonly bars: readonly Bar[];
}

type Counted<Item> = readonly (readonly [label: string, is: (item: Item) => boolean])[];

/** How many items are in each class. An item belongs to the first class that fits. */
function bars<Item>(items: readonly Item[], classes: Counted<Item>): Bar[] {
  const first = items.map((item) => classes.findIndex(([, is]) => is(item)));
  return classes.map(([label], index) => ({ label, count: first.filter((one) => one === index).length }));
}

/** The charts of a report: users by active keys, active keys by age and by last use, proposals by confidence. */
export function chartsOf(report: Report): readonly Chart[] {
  const { users, violations, takenAt } = report;
  const keys = users.flatMap((user) => user.keys).filter(({ status }) => status === 'Active');
  const confidence = (wanted: string) => (one: Report['violations'][number]) => one.confidence === wanted;
  return [
    {
      title: 'Users by active keys',
      bars: bars(users, [
        ['could not be read', ({ read }) => !isRead(read)],
        ['none', ({ activeKeys }) => activeKeys === 0],
        ['one', ({ activeKeys }) => activeKeys === 1],
        ['two', ({ activeKeys }) => activeKeys === 2],
        ['three or more', () => true],
      ]),
    },
    {
      title: 'Active keys by age',
      bars: bars(keys, [
        ['up to 90 days', ({ created }) => daysSince(created, takenAt) <= 90],
        ['up to 1 year', ({ created }) => daysSince(created, takenAt) <= 365],
        ['up to 2 years', ({ created }) => daysSince(created, takenAt) <= 730],
        ['older', () => true],
      ]),
    },
    {
      title: 'Active keys by last use',
      bars: bars(keys, [
        ['not read', ({ lastUsedKnown }) => !lastUsedKnown],
        ['never used', ({ lastUsed }) => lastUsed === null],
        ['in the last 7 days', usedWithin(7, takenAt)],
        ['in the last 90 days', usedWithin(90, takenAt)],
        ['longer ago', () => true],
      ]),
    },
    {
      title: 'Proposals by confidence',
      bars: bars(violations, [
        ['high', confidence('high')],
        ['medium', confidence('medium')],
        ['low: ask the owner', confidence('low')],
        ['wait for a rotation', () => true],
      ]),
    },
  ];
}

const usedWithin =
  (days: number, now: Instant) =>
  ({ lastUsed }: RowKey) =>
    lastUsed !== null && daysSince(lastUsed, now) <= days;

const daysSince = (at: Instant, now: Instant) => secondsBetween(at, now) / DAY;
