import type { InventoryRow, RowKey } from '../inventory/row.ts';
import { hasId } from '../inventory/surveyed.ts';
import { activeKeys } from '../model/compliance.ts';
import type { Instant } from '../model/time.ts';
import type { Remediated } from '../records/remediated.ts';
import type { Doubt } from '../words/doubts.ts';
import type { Counted } from './facts.ts';

/**
 * The active keys of a remediated user beside the decision record. `ok`: exactly the keys on record · `other-key`: another single
 * key · `none`: no key, though one was kept · `several`: more than are on record · `not-read`: nobody can say · `gone`: the user
 * does not exist any more.
 */
export type RemainingVerdict = 'ok' | 'other-key' | 'none' | 'several' | 'not-read' | 'gone';

/** A remediated user's keys beside their decision record. Key ids are whole. */
export interface Remaining {
  readonly verdict: RemainingVerdict;
  readonly caseNumber: number;
  readonly decidedAt: Instant;
  readonly closedAt: Instant;
  readonly expected: readonly string[];
  /** The active keys as far as they are known; a key that only the credential report knows is `key 1` or `key 2`. */
  readonly active: readonly string[];
  /** True if an active key that is not on record was created after the case had closed, as in a rotation. */
  readonly createdSince: boolean;
  /** Last use of the remaining key on record, which shows that it works; null if it never was used, or that is not known. */
  readonly lastUsed: Instant | null;
  readonly lastUsedKnown: boolean;
}

/** The remaining keys of a remediated user, and the reason why nobody can say. */
export interface Compared {
  readonly remaining: Remaining;
  readonly doubt: Doubt | null;
}

/** Compares what a survey found with the decision record. `row` is null for a user who is not in the list of users. */
export function compared(record: Remediated, row: InventoryRow | null, counted: Counted): Compared {
  const { caseNumber, decidedAt, closedAt, expectedActive: expected } = record;
  const active = activeKeys(row?.keys ?? []);
  const others = active.filter(({ id }) => !expected.includes(id));
  const kept = active.find(({ id }) => expected.includes(id));
  const { verdict, doubt } = judgedKeys(record, row?.asOf ?? '', active, counted);
  return {
    doubt,
    remaining: {
      verdict,
      caseNumber,
      decidedAt,
      closedAt,
      expected,
      active: active.map(({ id }) => id),
      createdSince: others.some(({ created }) => created > closedAt),
      lastUsed: kept?.lastUsed ?? null,
      lastUsedKnown: kept?.lastUsedKnown ?? false,
    },
  };
}

interface Judged {
  readonly verdict: RemainingVerdict;
  readonly doubt: Doubt | null;
}

function judgedKeys(
  { expectedActive: expected, closedAt }: Remediated,
  asOf: Instant,
  active: readonly RowKey[],
  { count, doubt }: Counted,
): Judged {
  if (count === 'gone') {
    return { verdict: 'gone', doubt: null };
  }
  if (doubt !== null) {
    return { verdict: 'not-read', doubt };
  }
  if (asOf < closedAt) {
    return { verdict: 'not-read', doubt: 'before-closing' };
  }
  if (active.length > Math.max(1, expected.length)) {
    return { verdict: 'several', doubt: null };
  }
  if (active.length === 0) {
    return { verdict: expected.length === 0 ? 'ok' : 'none', doubt: null };
  }
  if (!active.every(({ id }) => hasId(id))) {
    return { verdict: 'not-read', doubt: 'no-ids' };
  }
  return { verdict: isSame(active, expected) ? 'ok' : 'other-key', doubt: null };
}

function isSame(active: readonly RowKey[], expected: readonly string[]): boolean {
  return active.length === expected.length && active.every(({ id }) => expected.includes(id));
}
