import { keyName } from '../inventory/surveyed.ts';
import type { Instant } from '../model/time.ts';
import type { PendingKey } from './pending.ts';
import type { RemainingVerdict } from './remaining.ts';
import type { MovedKey, ValidatedUser } from './validated-user.ts';

/**
 * A user on the page of a report. Key ids are the last four characters, as `…MPLE`: the function that shows the page never has whole
 * ones.
 */
export interface ReportRow
  extends Omit<ValidatedUser, 'remaining' | 'pending' | 'takeOver' | 'userId' | 'createdSince'> {
  readonly remaining: RemainingVerdict | null;
  /** Absent in reports of 0.11.0, and if it is not known. A concern about the user needs it. */
  readonly userId?: string;
  /** When the case of a remediated user closed. */
  readonly closedAt: Instant | null;
  /** Last use of the remaining key on record; null if it was never used, or that is not known. */
  readonly lastUsed: Instant | null;
  readonly pending: readonly Pick<PendingKey, 'keyId' | 'why' | 'until'>[];
  readonly takeOver: readonly Pick<MovedKey, 'keyId' | 'verdict'>[];
}

/** The rows of a report: everybody for whom something was done or is left to do, or of whom something is in doubt. */
export function reportRows(users: readonly ValidatedUser[]): ReportRow[] {
  return users
    .filter((user) => rankOf(user) < UNTOUCHED)
    .sort((a, b) => rankOf(a) - rankOf(b) || weight(a) - weight(b) || (a.userName < b.userName ? -1 : 1))
    .map(rowOf);
}

const UNTOUCHED = 5;

/** Violations first, then doubts, then keys that are not those on record, then open cases, then what is done. */
function rankOf({ count, doubts, remaining, next, openCase }: ValidatedUser): number {
  const ranks = [count === 'more', doubts.length > 0, next !== null && openCase === null, openCase !== null];
  const first = ranks.indexOf(true);
  return first >= 0 ? first : remaining === null ? UNTOUCHED : UNTOUCHED - 1;
}

/** Privileged users first, then software. */
function weight({ privileged, automation }: ValidatedUser): number {
  return privileged === true ? 0 : automation === true ? 1 : 2;
}

function rowOf(user: ValidatedUser): ReportRow {
  const { userId, createdSince: _created, remaining, pending, takeOver, active, ...rest } = user;
  return {
    ...rest,
    ...(userId === null ? {} : { userId }),
    active: active.map(keyName),
    remaining: remaining?.verdict ?? null,
    closedAt: remaining?.closedAt ?? null,
    lastUsed: remaining?.lastUsed ?? null,
    pending: pending.map(({ keyId, why, until }) => ({ keyId: keyName(keyId), why, until })),
    takeOver: takeOver.map(({ keyId, verdict }) => ({ keyId: keyName(keyId), verdict })),
  };
}
