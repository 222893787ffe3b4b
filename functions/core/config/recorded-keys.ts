import { type Case, isOpen } from '../case/case.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { CredentialReport, ReportedKey, ReportRow } from './survey.ts';

/** The keys of a user with an open case, and the time of the facts. */
export interface RecordedKeys {
  readonly keys: readonly ObservedKey[];
  readonly factsAt: Instant;
}

/**
 * The keys that a case has recorded, if they need not be read again: the report is newer, and shows exactly these keys.
 * Null if there is no open case, if the report shows anything else, or if it is older than what the case saw: then nobody
 * knows the moment at which these keys were the user's. Last uses are the report's where it has later ones.
 */
export function recordedKeys(
  current: Case | undefined,
  row: ReportRow | null,
  { generated }: Pick<CredentialReport, 'generated'>,
): RecordedKeys | null {
  if (current === undefined || !isOpen(current) || row === null || current.keysSeenAt >= generated) {
    return null;
  }
  const { keys } = current;
  const pairs = keys.map((key) => ({ key, shown: row.slots.filter((slot) => sameKey(key, slot)) }));
  const same = keys.length === row.slots.length && pairs.every(({ shown }) => shown.length === 1);
  return row.more !== true && same
    ? { keys: pairs.map(({ key, shown }) => ({ ...key, lastUsed: later(key, shown) })), factsAt: generated }
    : null;
}

/** The report has no ids: a key is known by its creation time. It calls an expired key not active. */
function sameKey({ created, status }: ObservedKey, slot: ReportedKey): boolean {
  return slot.created === created && slot.active === (status === 'Active');
}

function later({ lastUsed }: ObservedKey, shown: readonly ReportedKey[]): ObservedKey['lastUsed'] {
  const at = (use: ObservedKey['lastUsed']) => (use.kind === 'used' ? use.at : '');
  return shown.reduce((known, { lastUsed: next }) => (at(next) > at(known) ? next : known), lastUsed);
}
