/**
 * The *report*: a validation as approvers read it on a page, with what changed over time. `records` computes it after each
 * validation; the page only shows it.
 */
import { jsonText } from '../inventory/lines.ts';
import { DAY, type Instant, plus, type Seconds, secondsBetween } from '../model/time.ts';
import { type Banded, banded, type CaseTimes, type Took, tookOf } from './bands.ts';
import type { Count } from './facts.ts';
import { type ReportRow, reportRows } from './report-row.ts';
import type { ValidatedUser } from './validated-user.ts';
import type { Totals, Validation } from './validation.ts';

/** Version of a report's fields. It rises when a field changes its meaning or goes, not when one is added. */
export const REPORT_SCHEMA = 1;

/** The place of the latest report in the records bucket. */
export const REPORT_FILE = 'reports/latest.json';

/** The counts of users on one day (UTC), from its last validation. */
export interface Point extends Readonly<Record<Exclude<Count, 'gone'>, number>> {
  readonly at: Instant;
}

/** The users with the same owner by tag. */
export interface OwnerCounts {
  /** Null for users without such a tag. */
  readonly owner: string | null;
  readonly users: number;
  readonly more: number;
  readonly unknown: number;
  readonly openCases: number;
}

/** Everything that the page of a report shows. */
export interface Report {
  readonly schema: number;
  readonly account: string;
  /** Number of the anchor that has it. Absent in reports of 0.11.0, which nobody can sign off. */
  readonly anchor?: number;
  readonly at: Instant;
  readonly takenAt: Instant;
  readonly reportOf: Instant;
  readonly totals: Totals;
  /** One for each day with a validation, the oldest first. */
  readonly points: readonly Point[];
  /** Open cases by age. */
  readonly ages: Banded;
  readonly toDecide: Took;
  readonly toDelete: Took;
  /** The owners with most to do first, at most {@link MOST_OWNERS}; `others` is the number of those left out. */
  readonly owners: readonly OwnerCounts[];
  readonly others: number;
  readonly rows: readonly ReportRow[];
}

/** Days that the pictures show at most. */
export const MOST_POINTS = 400;

/** Owners that a report names at most. */
export const MOST_OWNERS = 12;

/** A report as a text: what an anchor binds, and what its page reads. */
export function reportText(report: Report): string {
  return `${jsonText(report)}\n`;
}

/** Without a validation for so long something is broken: there is one every day. */
const OLD: Seconds = 2 * DAY;

/** True if there should be a newer report by now. */
export function isOld({ at }: Pick<Report, 'at'>, now: Instant): boolean {
  return at < plus(now, -OLD);
}

/** The report after a validation. `previous` is the one before, which has the counts of earlier days; null if there is none. */
export function reportOf(
  { account, at, takenAt, reportOf: generated, totals, users }: Validation,
  times: readonly CaseTimes[],
  previous: Pick<Report, 'points'> | null,
): Report {
  const owners = ownersOf(users);
  const ages = users.flatMap(({ openCase }) => openCase?.opened ?? []);
  return {
    schema: REPORT_SCHEMA,
    account,
    at,
    takenAt,
    reportOf: generated,
    totals,
    points: withPoint(previous?.points ?? [], { at, ...withoutGone(totals.counts) }),
    ages: banded(ages.map((opened) => secondsBetween(opened, at))),
    ...tookOf(times),
    owners: owners.slice(0, MOST_OWNERS),
    others: Math.max(0, owners.length - MOST_OWNERS),
    rows: reportRows(users),
  };
}

function withoutGone({ gone: _, ...counts }: Totals['counts']): Omit<Point, 'at'> {
  return counts;
}

/** The points with one more, which replaces another of the same day. */
function withPoint(points: readonly Point[], point: Point): Point[] {
  const day = point.at.slice(0, 10);
  const before = points.filter(({ at }) => at.slice(0, 10) < day);
  return [...before, point].slice(-MOST_POINTS);
}

function ownersOf(users: readonly ValidatedUser[]): OwnerCounts[] {
  const found = new Map<string | null, OwnerCounts>();
  for (const { owner, count, openCase } of users.filter((user) => user.count !== 'gone')) {
    const known = found.get(owner) ?? { owner, users: 0, more: 0, unknown: 0, openCases: 0 };
    found.set(owner, {
      owner,
      users: known.users + 1,
      more: known.more + Number(count === 'more'),
      unknown: known.unknown + Number(count === 'unknown'),
      openCases: known.openCases + Number(openCase !== null),
    });
  }
  return [...found.values()].sort(mostToDoFirst);
}

/** More violations first, then more unknown, then more open cases, then more users; users without a tag after those with one. */
function mostToDoFirst(a: OwnerCounts, b: OwnerCounts): number {
  const differences = (['more', 'unknown', 'openCases', 'users'] as const).map(
    (field) => b[field] - a[field],
  );
  const named = Number(a.owner === null) - Number(b.owner === null);
  return (
    differences.find((difference) => difference !== 0) ?? (named || (`${a.owner}` < `${b.owner}` ? -1 : 1))
  );
}
