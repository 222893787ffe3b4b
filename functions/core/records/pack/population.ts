import { DAY, type Instant, plus, secondsBetween } from '../../model/time.ts';
import type { Unvouched } from '../anchor.ts';
import type { PackInput, PackUser, PackValidation, Period } from './input.ts';

/** The proof that the population is complete: when it was read, from which sources, and what is missing. */
export interface Population {
  readonly period: Period;
  /** Everybody in IAM's list of users, at each validation. */
  readonly validations: readonly PopulationAt[];
  /** Days (UTC) of the period without a validation. */
  readonly daysWithout: readonly string[];
  /** Users without records, because their history is not what Solekey wrote. */
  readonly withoutRecords: readonly Unvouched[];
}

/** The population at one time. */
export interface PopulationAt {
  readonly at: Instant;
  /** Number of the anchor that binds the validation. */
  readonly anchor: number;
  /** When IAM's list of users was requested, when the keys were read, and when IAM generated the credential report. */
  readonly listedAt: Instant;
  readonly takenAt: Instant;
  readonly reportOf: Instant;
  readonly users: number;
  /** Users by the number of their active keys; `unknown` never counts as compliant. */
  readonly byCount: Readonly<Record<string, number>>;
  /** Users by the way in which their keys were read. Their sum is `users`, or else people came or went in between. */
  readonly bySource: Readonly<Record<string, number>>;
  /** Users for whom the validation does not vouch, each with the reasons. */
  readonly notVouched: readonly Pick<PackUser, 'userId' | 'userName' | 'read' | 'asOf' | 'doubts'>[];
}

/** The population of a pack. */
export function populationOf({ request, validations, unvouched }: PackInput): Population {
  const { from, to } = request;
  const seen = new Set(validations.map(({ at }) => dayOf(at)));
  return {
    period: { from, to },
    validations: validations.map(populationAt),
    daysWithout: daysOf(request).filter((day) => !seen.has(day)),
    withoutRecords: unvouched,
  };
}

function populationAt(validation: PackValidation): PopulationAt {
  const { at, anchor, listedAt, takenAt, reportOf, sources, users } = validation;
  return {
    at,
    anchor,
    listedAt,
    takenAt,
    reportOf,
    users: users.length,
    byCount: counted(users),
    bySource: sources,
    notVouched: users
      .filter(({ doubts }) => doubts.length > 0)
      .map(({ userId, userName, read, asOf, doubts }) => ({ userId, userName, read, asOf, doubts })),
  };
}

function counted(users: readonly PackUser[]): Readonly<Record<string, number>> {
  const kinds = [...new Set(users.map(({ count }) => count))].sort();
  return Object.fromEntries(kinds.map((kind) => [kind, users.filter(({ count }) => count === kind).length]));
}

const dayOf = (at: Instant) => at.slice(0, 10);

/** The days (UTC) that a period touches. */
function daysOf({ from, to }: Period): string[] {
  const start = `${dayOf(from)}T00:00:00.000Z`;
  const days = Math.floor(secondsBetween(start, to) / DAY) + 1;
  return Array.from({ length: Math.max(0, days) }, (_, n) => dayOf(plus(start, n * DAY)));
}
