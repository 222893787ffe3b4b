/**
 * *Validation*: what IAM shows of every user, judged against what was decided (docs/validation.md). It is computed from an
 * inventory, never from what Solekey believes it did.
 */
import type { Case } from '../case/case.ts';
import type { UnreadCase } from '../case/unread.ts';
import type { InventoryRow } from '../inventory/row.ts';
import type { ReadHow } from '../inventory/surveyed.ts';
import type { Control, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import type { Remediated } from '../records/remediated.ts';
import type { UserUsage } from '../usage/user-usage.ts';
import type { Count } from './facts.ts';
import type { RemainingVerdict } from './remaining.ts';
import { type KnownUser, type ValidationContext, validatedUser } from './user.ts';
import type { ValidatedUser } from './validated-user.ts';

/** Version of a validation's fields. It rises when a field changes its meaning or goes, not when one is added. */
export const VALIDATION_SCHEMA = 1;

/** Everything from which a validation follows. */
export interface ToValidate {
  readonly account: string;
  readonly at: Instant;
  /** The inventory that is judged. */
  readonly inventory: {
    readonly takenAt: Instant;
    readonly listedAt: Instant;
    readonly reportOf: Instant;
    /** With whole key ids. */
    readonly rows: readonly InventoryRow[];
  };
  /** Every remediated user, each once. */
  readonly remediated: readonly Remediated[];
  /** All open cases, those that cannot be read included. */
  readonly cases: readonly (Case | UnreadCase)[];
  /** The usage of keys that was looked up, by UserId. */
  readonly usage: ReadonlyMap<string, UserUsage>;
  /** UserIds of those whose history does not fit. */
  readonly unvouched: readonly string[];
  readonly policy: Policy;
  readonly control: Control;
  /** The last validation, from which renamed users follow; null if there is none. */
  readonly previous:
    | (Pick<Validation, 'at'> & {
        readonly users: readonly Pick<ValidatedUser, 'userId' | 'userName'>[];
      })
    | null;
}

/** The numbers of a validation. */
export interface Totals {
  /** Users in the population: all but those who are gone. */
  readonly users: number;
  readonly counts: Readonly<Record<Count, number>>;
  /** Users with one or no active key for whom nothing is in doubt and whose keys are those on record, if any are. */
  readonly fine: number;
  /** Users in the population for whom this validation does not vouch. */
  readonly doubtful: number;
  readonly sources: Readonly<Record<ReadHow, number>>;
  readonly remaining: Readonly<Record<RemainingVerdict, number>>;
  readonly openCases: number;
  readonly pendingKeys: number;
  readonly excluded: number;
  readonly observed: number;
  readonly createdSince: number;
  readonly renamed: number;
}

/** All users of an account at one time, each with the time of the facts. */
export interface Validation {
  readonly schema: number;
  readonly account: string;
  readonly at: Instant;
  readonly takenAt: Instant;
  readonly listedAt: Instant;
  readonly reportOf: Instant;
  /** Time of the validation before; null for the first. */
  readonly previousAt: Instant | null;
  readonly totals: Totals;
  /** In the order of the inventory, and then those who are not in it. */
  readonly users: readonly ValidatedUser[];
}

/** Judges an inventory against what was decided. */
export function validate(given: ToValidate): Validation {
  const { account, at, inventory, policy, control, previous } = given;
  const { takenAt, listedAt, reportOf } = inventory;
  const previousAt = previous?.at ?? null;
  const context: ValidationContext = { at, listedAt, reportOf, previousAt, policy, control };
  const users = knownUsers(given).map((known) => validatedUser(known, context));
  const times = { at, takenAt, listedAt, reportOf, previousAt };
  return { schema: VALIDATION_SCHEMA, account, ...times, totals: totalsOf(users), users };
}

/** Everybody in the inventory, and whoever only has an open case or a record. */
function knownUsers(given: ToValidate): KnownUser[] {
  const { inventory, remediated, cases, usage, unvouched, previous } = given;
  const byId = <T extends { readonly userId: string | null }>(all: readonly T[]) =>
    new Map(all.map((one) => [one.userId, one]));
  const [current, record, former] = [byId(cases), byId(remediated), byId(previous?.users ?? [])];
  const broken = new Set(unvouched);
  const known = (userId: string | null, row: InventoryRow | null): KnownUser => ({
    userId,
    row,
    current: current.get(userId) ?? null,
    record: record.get(userId) ?? null,
    usage: usage.get(userId ?? '') ?? null,
    formerName: former.get(userId)?.userName ?? null,
    isHistoryBroken: broken.has(userId ?? ''),
  });
  const listed = inventory.rows.map((row) => known(row.userId, row));
  const ids = new Set(listed.map(({ userId }) => userId));
  const others = new Set([...current.keys(), ...record.keys(), ...broken]);
  return [
    ...listed,
    ...[...others].filter((userId) => !ids.has(userId)).map((userId) => known(userId, null)),
  ];
}

const NO_COUNTS = { none: 0, one: 0, more: 0, unknown: 0, gone: 0 } as const satisfies Record<Count, number>;
const NO_SOURCES = { live: 0, report: 0, unread: 0 } as const satisfies Record<ReadHow, number>;
const NO_VERDICTS = {
  ok: 0,
  'other-key': 0,
  none: 0,
  several: 0,
  'not-read': 0,
  gone: 0,
} as const satisfies Record<RemainingVerdict, number>;

function totalsOf(users: readonly ValidatedUser[]): Totals {
  const there = users.filter(({ count }) => count !== 'gone');
  const number = (wanted: (user: ValidatedUser) => boolean) => there.filter(wanted).length;
  return {
    users: there.length,
    counts: tally(
      NO_COUNTS,
      users.map(({ count }) => count),
    ),
    fine: number(isFine),
    doubtful: number(({ doubts }) => doubts.length > 0),
    sources: tally(
      NO_SOURCES,
      there.map(({ read }) => read),
    ),
    remaining: tally(
      NO_VERDICTS,
      users.flatMap(({ remaining }) => remaining?.verdict ?? []),
    ),
    openCases: users.filter(({ openCase }) => openCase !== null).length,
    pendingKeys: users.reduce((sum, { pending }) => sum + pending.length, 0),
    excluded: number(({ excluded }) => excluded !== null),
    observed: number(({ observed }) => observed),
    createdSince: number(({ createdSince }) => createdSince),
    renamed: number(({ renamedFrom }) => renamedFrom !== null),
  };
}

/** True for a user who has at most one active key, the one on record if any is, and for whom nothing is in doubt. */
export function isFine({ count, doubts, remaining }: ValidatedUser): boolean {
  const few = count === 'none' || count === 'one';
  return few && doubts.length === 0 && (remaining === null || remaining.verdict === 'ok');
}

function tally<Of extends string>(
  none: Readonly<Record<Of, number>>,
  found: readonly Of[],
): Record<Of, number> {
  const sums: Record<Of, number> = { ...none };
  for (const one of found) {
    sums[one] += 1;
  }
  return sums;
}
