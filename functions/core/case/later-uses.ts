import type { LastUsed } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { Case } from './case.ts';

/**
 * The last uses of a case's keys, as read by a pass that found nothing else to record. They are stored beside the
 * case, so they are neither part of its history nor of what a decision rests on; only pages show them.
 */
export interface LaterUses {
  /** Version of the case that the pass left as it was. With any other version they are out of date. */
  readonly version: number;
  /** When the reading began. */
  readonly at: Instant;
  readonly uses: Readonly<Record<string, LastUsed>>;
}

/** The case as a page shows it: with the last uses that were read since its version was written. */
export function withLaterUses(current: Case, later: LaterUses | null = null): Case {
  if (later?.version !== current.version) {
    return current;
  }
  const keys = current.keys.map((key) => ({ ...key, lastUsed: later.uses[key.id] ?? key.lastUsed }));
  return { ...current, keys, keysSeenAt: later.at };
}
