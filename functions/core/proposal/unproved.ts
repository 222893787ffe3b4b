import { type Case, type KeyOff, keysOff } from '../case/case.ts';
import { keptBy } from '../case/decision.ts';
import { knownUse, type ObservedKey } from '../model/observation.ts';
import { DAY, earliest, type Instant, plus, type Seconds } from '../model/time.ts';
import { type TakeOver, takeOver } from '../usage/take-over.ts';
import type { KeyUsage } from '../usage/usage.ts';
import { type Evidence, usageOf } from './context.ts';

/** S14 is about keys that were in use within this time before their deactivation. */
export const IN_USE_BEFORE: Seconds = 30 * DAY;

/**
 * The reason why nobody can say that the kept key does the work. `none-kept`: no key was kept · `several-kept`: an exception
 * left several Active.
 */
export type NotMoved =
  | Exclude<TakeOver, { readonly kind: 'taken-over' }>
  | { readonly kind: 'none-kept' }
  | { readonly kind: 'several-kept' };

/** A deactivated key, and the verdict on its work. */
export interface Work<Verdict = TakeOver | NotMoved> extends KeyOff {
  readonly verdict: Verdict;
  /** The time of the older of the two lookups that were compared; null if there is nothing to compare. */
  readonly at: Instant | null;
}

/** A deactivated key that was in use, and whose work was not all seen with the kept key since (S14). */
export type Unproved = Work<NotMoved>;

/**
 * Every key that Solekey deactivated and that still exists, with what is known of its work. Empty without a decision, and if
 * usage is off. Mails and pages say nothing else, so that they agree with S14.
 */
export function verdicts(current: Case, { usage }: Evidence): Work[] {
  const { decision } = current;
  if (usage === undefined || decision === null) {
    return [];
  }
  const kept = keptBy(decision);
  return keysOff(current).map((off) =>
    decision.kind === 'not-now'
      ? { ...off, verdict: { kind: 'several-kept' }, at: null }
      : judgedMove(off, usageOf(usage, off.id), kept === null ? null : usageOf(usage, kept)),
  );
}

/** Those of {@link verdicts} that the present decision removes, and that were in use within 30 days before their deactivation (S14). */
export function workOf(current: Case, { usage }: Evidence): Work[] {
  const { keys, decision } = current;
  if (usage === undefined || decision === null) {
    return [];
  }
  return verdicts(current, { usage }).filter((work) => {
    const key = keys.find(({ id }) => id === work.id);
    return decision.remove.includes(work.id) && wasInUse(key, usageOf(usage, work.id), work);
  });
}

/** Those of {@link workOf} whose consumers were not all seen with the kept key since their deactivation. */
export function unproved(current: Case, evidence: Evidence): Unproved[] {
  return workOf(current, evidence).flatMap(({ verdict, ...work }) =>
    verdict.kind === 'taken-over' ? [] : { ...work, verdict },
  );
}

/**
 * The verdict on a deactivated key, given the usage of the kept key, which is null if none was kept. Lookups from before
 * the deactivation say nothing of what happened since.
 */
export function judgedMove(off: KeyOff, before: KeyUsage, kept: KeyUsage | null): Work {
  if (kept === null) {
    return { ...off, verdict: { kind: 'none-kept' }, at: null };
  }
  const times = [before, kept].flatMap(({ lookup }) => (lookup.kind === 'looked-up' ? [lookup.at] : []));
  const at = earliest(...times);
  return at !== null && at < off.since
    ? { ...off, verdict: { kind: 'not-looked-up', why: 'waiting' }, at }
    : { ...off, verdict: takeOver(before, kept, off.since), at };
}

/**
 * True if the key was in use: by IAM's last use, which may only be seen after the deactivation, or by the event history. A
 * last use that is not known proves nothing, so it counts as one.
 */
export function wasInUse(key: ObservedKey | undefined, { families }: KeyUsage, { since }: KeyOff): boolean {
  const from = plus(since, -IN_USE_BEFORE);
  if (key === undefined || (key.lastUsed.kind === 'not-read' && key.lastUsed.known === undefined)) {
    return true;
  }
  return [knownUse(key.lastUsed), ...families.map(({ last }) => last)].some(
    (at) => at !== null && at >= from,
  );
}
