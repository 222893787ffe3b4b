import type { Case } from '../../core/case/case.ts';
import type { RuleName } from '../../core/case/history.ts';
import { isSuperseded, type KeyEvents } from '../../core/model/key-events.ts';
import type { Observation } from '../../core/model/observation.ts';
import type { Wake } from '../wake.ts';
import type { World } from './world.ts';

/**
 * Result of one wake. `wait`: IAM does not show yet what the sender saw, or another pass holds the lease; a further
 * wake is on its way. `nobody`: no such user.
 */
export type Reconciled = 'done' | 'wait' | 'nobody';

/**
 * Delays before the next attempts, as multiples of `settle`. Their number is the most messages that follow from one:
 * Lambda's own guard against endless chains is off for reconcile (docs/adr/005).
 */
export const PATIENCE = [0.25, 1, 5, 15] as const;

/** The findings of a pass, or of the search for a user. */
export interface Found {
  /** The rule that ended the pass; null if there was none. */
  readonly rule: RuleName | null;
  readonly observed: Observation | null;
  /** The open or latest case, as this pass left it. */
  readonly current: Case | null;
  /** The latest changes of the user's keys according to events. */
  readonly events: KeyEvents;
  /** Stores the evidence that only this message has. */
  handOn(): Promise<void>;
}

/**
 * Sends the wake again while the observation contradicts what its sender knew, after storing the evidence that the wake
 * cannot carry. After the last attempt the mismatch is logged and counted.
 */
export async function waitFor(world: World, wake: Wake, found: Found): Promise<Reconciled> {
  const unmet = contradicts(wake, found);
  const busy = found.rule === 'leased';
  if (!unmet && !busy) {
    return found.observed === null ? 'nobody' : 'done';
  }
  await found.handOn();
  const patience = PATIENCE[wake.attempt];
  if (patience === undefined) {
    if (unmet) {
      world.log.error('IAM never showed what the event said; the user was judged as IAM shows them', {
        attempt: wake.attempt,
      });
    }
    world.log.count(unmet ? 'ExpectationNeverMet' : 'LeaseOutlasted');
    return 'done';
  }
  await world.wakes.send([{ ...wake, attempt: wake.attempt + 1 }], patience * world.policy.settle);
  return 'wait';
}

/**
 * True if the observation contradicts what the sender expects. A user that was not found counts as having no keys,
 * because a new user may not be visible yet. A key expected as Inactive that does not exist was deleted since. An
 * unreadable user contradicts nothing and is evaluated again anyway. Nor does anything contradict an expectation that
 * a later change of the same key supersedes.
 */
function contradicts({ expects }: Wake, { observed, events }: Found): boolean {
  if (expects === undefined || observed?.kind === 'unknown' || isSuperseded(events, expects)) {
    return false;
  }
  const keys = observed?.kind === 'user' ? observed.keys : [];
  const key = keys.find((candidate) => candidate.id === expects.keyId);
  if (expects.status === 'Deleted') {
    return key !== undefined;
  }
  return key === undefined ? expects.status === 'Active' : key.status !== expects.status;
}
