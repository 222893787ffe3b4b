import { type Case, type KeyOff, keysOff } from '../case/case.ts';
import { keptBy } from '../case/decision.ts';
import { knownUse, type ObservedKey } from '../model/observation.ts';
import { DAY, earliest, type Instant, plus, type Seconds } from '../model/time.ts';
import { type TakeOver, takeOver } from '../usage/take-over.ts';
import type { KeyUsage } from '../usage/usage.ts';
import { type Evidence, usageOf } from './context.ts';

/** S14 is about keys that were in use within this time before their deactivation. */
export const IN_USE_BEFORE: Seconds = 30 * DAY;

/** The reason why nobody can say that the kept key does the work. `none-kept`: no key was kept. */
export type NotMoved = Exclude<TakeOver, { readonly kind: 'taken-over' }> | { readonly kind: 'none-kept' };

/** A deactivated key that was in use, and whose work was not all seen with the kept key since (S14). */
export interface Unproved {
  readonly id: string;
  readonly verdict: NotMoved;
  /** The time of the older of the two lookups that were compared; null if there is nothing to compare. */
  readonly at: Instant | null;
}

/**
 * The keys of the present decision that are inactive, were in use within 30 days before their deactivation, and whose
 * consumers were not all seen with the kept key since (S14). Empty without a decision, and if usage is off.
 */
export function unproved(current: Case, { usage }: Evidence): Unproved[] {
  const { decision } = current;
  if (usage === undefined || decision === null) {
    return [];
  }
  const kept = keptBy(decision);
  return keysOff(current)
    .filter(({ id }) => decision.remove.includes(id))
    .flatMap((off) => {
      const before = usageOf(usage, off.id);
      const key = current.keys.find(({ id }) => id === off.id);
      return wasInUse(key, before, off)
        ? judgedMove(off, before, kept === null ? null : usageOf(usage, kept))
        : [];
    });
}

/** The verdict on a key that was in use, given the usage of the kept key, which is null if none was kept; empty if it was taken over. */
export function judgedMove({ id, since }: KeyOff, before: KeyUsage, kept: KeyUsage | null): Unproved[] {
  if (kept === null) {
    return [{ id, verdict: { kind: 'none-kept' }, at: null }];
  }
  const verdict = takeOver(before, kept, since);
  const times = [before, kept].flatMap(({ lookup }) => (lookup.kind === 'looked-up' ? [lookup.at] : []));
  return verdict.kind === 'taken-over' ? [] : [{ id, verdict, at: earliest(...times) }];
}

/**
 * True if the key was in use: by IAM's last use, which may only be seen after the deactivation, or by the event history. A
 * last use that is not known proves nothing, so it counts as one.
 */
function wasInUse(key: ObservedKey | undefined, { families }: KeyUsage, { since }: KeyOff): boolean {
  const from = plus(since, -IN_USE_BEFORE);
  if (key === undefined || (key.lastUsed.kind === 'not-read' && key.lastUsed.known === undefined)) {
    return true;
  }
  return [knownUse(key.lastUsed), ...families.map(({ last }) => last)].some(
    (at) => at !== null && at >= from,
  );
}
