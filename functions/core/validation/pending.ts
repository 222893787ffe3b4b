import { type Case, type KeyOff, keysOff } from '../case/case.ts';
import { graceEnd } from '../case/dates.ts';
import { isToCarryOut } from '../case/decision.ts';
import { deletionMode } from '../case/deletion.ts';
import { activeKeys } from '../model/compliance.ts';
import { type Control, isPaused, type Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import type { PendingWhy } from '../words/pending.ts';

/** A key of which a decision is not carried out to its end. */
export interface PendingKey {
  /** The whole id. */
  readonly keyId: string;
  readonly why: PendingWhy;
  /** When it was deactivated; null while it is active. */
  readonly since: Instant | null;
  /** The end of its grace period, or the date until which an approver keeps it inactive; null if no date is known. */
  readonly until: Instant | null;
}

/** The circumstances on which dates depend. */
export interface PendingContext {
  readonly policy: Policy;
  readonly control: Control;
  readonly at: Instant;
}

/** The keys of an open case that a decision deactivates, or that Solekey deactivated and that still exist. */
export function pendingKeys(current: Case, context: PendingContext): PendingKey[] {
  const { decision, keys } = current;
  const toDo = decision !== null && isToCarryOut(decision, activeKeys(keys)) ? decision.deactivate : [];
  const off = keysOff(current);
  return [
    ...toDo
      .filter((id) => activeKeys(keys).some((key) => key.id === id) && !off.some((one) => one.id === id))
      .map((keyId): PendingKey => ({ keyId, why: 'to-deactivate', since: null, until: null })),
    ...off.map((one) => ({ keyId: one.id, ...waitOf(current, one, context) })),
  ];
}

/** The reason why a deactivated key still exists: first what stops its deletion whatever its date. */
function waitOf(
  current: Case,
  { id, since }: KeyOff,
  { policy, control, at }: PendingContext,
): Omit<PendingKey, 'keyId'> {
  const { decision, phase } = current;
  const key = { ...current.progress[id] };
  const until = graceEnd(key, policy, control, at);
  if (phase === 'held' || phase === 'excluded') {
    return { since, why: phase, until: null };
  }
  if (decision === null) {
    return { since, why: 'undecided', until: null };
  }
  if (isPaused(control)) {
    return { since, why: 'paused', until: null };
  }
  if (deletionMode(decision, policy) === 'never') {
    return { since, why: 'never', until };
  }
  if (key.deleting !== undefined) {
    return { since, why: 'deleting', until: null };
  }
  if (phase === 'awaiting-confirmation' && decision.confirmed === null) {
    return { since, why: 'confirmation', until: null };
  }
  if (until === null || until <= at) {
    return { since, why: 'due', until: null };
  }
  return { since, why: (key.inactiveUntil ?? '') >= until ? 'put-off' : 'grace', until };
}
