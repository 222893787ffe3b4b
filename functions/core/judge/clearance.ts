import type { Case } from '../case/case.ts';
import { windowOpens } from '../case/change-window.ts';
import { type Decision, keptKeys } from '../case/decision.ts';
import { deletionStep, mayDelete } from '../case/deletion.ts';
import { isEnded } from '../case/exception.ts';
import { activeKeys } from '../model/compliance.ts';
import { isExcluded } from '../model/exclusion.ts';
import type { KeyStatus, Observation } from '../model/observation.ts';
import { onlyObserves, scopeOf } from '../model/only.ts';
import type { Control, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { expectedSet } from './carry-out.ts';
import type { Action, ActionKind } from './situation.ts';

/** The result of the check after the claim: the write may be made, under this user name (S2), or the reason why not. */
export type Clearance =
  | { readonly go: true; readonly userName: string }
  | { readonly go: false; readonly why: string };

/** The reason that says nothing about the key or IAM: the change is made when the window opens. */
export const WINDOW_CLOSED = 'window-closed';

/** For each change the list of the decision that must contain the key, and the status the key must have. */
const NEEDS = {
  deactivate: { listedIn: 'deactivate', status: 'Active' },
  delete: { listedIn: 'remove', status: 'Inactive' },
} as const satisfies Record<
  Exclude<ActionKind, 'reactivate'>,
  { readonly listedIn: keyof Decision; readonly status: KeyStatus }
>;

/**
 * S2 and S3: an observation begun after the claim must show the same user, every kept key Active, and the target in its expected
 * status. A deletion also needs everything that it waited for, such as an announcement to somebody who still is an approver (S13).
 * S8: the change window must still be open `now`, just before the call. A restore needs only S2 and a user who may be changed.
 */
export function clearance(
  current: Case,
  action: Action,
  seen: Observation,
  policy: Policy,
  control: Control,
  now: Instant,
): Clearance {
  if (seen.kind !== 'user' || seen.userId !== current.userId) {
    return { go: false, why: 'user-not-seen' };
  }
  const target = seen.keys.find((key) => key.id === action.keyId);
  const go: Clearance = { go: true, userName: seen.userName };
  if (target === undefined) {
    return { go: false, why: 'target-absent' };
  }
  if (isExcluded(seen, policy.exclude)) {
    return { go: false, why: 'excluded' };
  }
  if (onlyObserves(policy, scopeOf(current, seen, policy))) {
    return { go: false, why: 'only-observed' };
  }
  if (action.kind === 'reactivate') {
    return go;
  }
  const { decision } = current;
  if (decision === null) {
    return { go: false, why: 'not-decided' };
  }
  if (windowOpens(decision, policy, now) !== null) {
    return { go: false, why: WINDOW_CLOSED };
  }
  const kept = keptKeys(decision);
  if (kept.includes(action.keyId)) {
    return { go: false, why: 'not-decided' };
  }
  if (isEnded(decision, seen.at)) {
    return { go: false, why: 'exception-ended' };
  }
  const needs = NEEDS[action.kind];
  if (!decision[needs.listedIn].includes(action.keyId)) {
    return { go: false, why: 'not-decided' };
  }
  if (action.kind === 'delete' && !mayDelete(decision, policy)) {
    return { go: false, why: 'not-confirmed' };
  }
  if (action.kind === 'delete' && !isDue(current, decision, action, seen, policy, control)) {
    return { go: false, why: 'not-due' };
  }
  const active = activeKeys(seen.keys).map((key) => key.id);
  if (!kept.every((id) => active.includes(id))) {
    return { go: false, why: 'kept-key-not-active' };
  }
  if (!expectedSet(current, decision, active)) {
    return { go: false, why: 'other-keys' };
  }
  return target.status === needs.status ? go : { go: false, why: `target-${target.status.toLowerCase()}` };
}

function isDue(
  { progress }: Case,
  decision: Decision,
  { keyId }: Action,
  { at }: Observation,
  policy: Policy,
  control: Control,
): boolean {
  return deletionStep(decision, progress[keyId] ?? {}, policy, control, at).step === 'delete';
}
