import type { InventoryRow } from '../inventory/row.ts';
import { isRead } from '../inventory/surveyed.ts';
import { DAY, type Instant, plus, type Seconds } from '../model/time.ts';
import type { Doubt } from '../words/doubts.ts';

/**
 * The number of a user's active keys, as far as it is known. `unknown` never counts as compliant (law 3). `gone`: not in IAM's
 * list of users any more, so that they are not in the population.
 */
export type Count = 'none' | 'one' | 'more' | 'unknown' | 'gone';

/** Facts about keys prove nothing after this long, even in a new inventory. The credential report is at most 4 hours old. */
export const FACTS_LAST: Seconds = DAY;

/** A count, and the reason why it is unknown. */
export interface Counted {
  readonly count: Count;
  readonly doubt: Doubt | null;
}

/**
 * The count of a user at `at`. Several active keys are a violation however old the facts are; one or none is believed only if
 * the facts are fresh, and IAM did not refuse newer ones.
 */
export function countOf(row: InventoryRow, at: Instant): Counted {
  const doubt = doubtAbout(row, at);
  if (isRead(row.read) && row.activeKeys > 1) {
    return { count: 'more', doubt };
  }
  return doubt === null
    ? { count: row.activeKeys === 0 ? 'none' : 'one', doubt }
    : { count: 'unknown', doubt };
}

function doubtAbout({ read, asOf, unreadAt }: InventoryRow, at: Instant): Doubt | null {
  if (!isRead(read) || asOf === null) {
    return 'not-read';
  }
  if (unreadAt !== null) {
    return 'older-facts';
  }
  return asOf < plus(at, -FACTS_LAST) ? 'too-old' : null;
}
