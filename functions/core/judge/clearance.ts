import type { Case, Decision } from '../case/case.ts';
import { mayDelete } from '../case/deletion.ts';
import type { CheckedRequest } from '../case/requests.ts';
import { activeKeys } from '../model/compliance.ts';
import { isExcluded } from '../model/exclusion.ts';
import type { KeyStatus, Observation } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import { expectedSet } from './carry-out.ts';
import type { Action, ActionKind } from './situation.ts';

/** Whether the announced write may be made on what was seen after the claim; with the name to use (S2) or the reason. */
export type Clearance =
  | { readonly go: true; readonly userName: string }
  | { readonly go: false; readonly why: string };

/** By what a decision orders a change, and the status in which the key must be seen then. */
const NEEDS = {
  deactivate: { listedIn: 'deactivate', status: 'Active' },
  delete: { listedIn: 'remove', status: 'Inactive' },
} as const satisfies Record<
  Exclude<ActionKind, 'reactivate'>,
  { readonly listedIn: keyof Decision; readonly status: KeyStatus }
>;

/**
 * S2 and S3: a look begun after the claim must show the same user, the kept key Active, and the target as expected.
 * For a restore only S2 counts.
 */
export function clearance(current: Case, action: Action, seen: Observation, policy: Policy): Clearance {
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
  if (action.kind === 'reactivate') {
    return go;
  }
  const { decision } = current;
  if (decision === null || decision.keep === action.keyId) {
    return { go: false, why: 'not-decided' };
  }
  const needs = NEEDS[action.kind];
  if (!decision[needs.listedIn].includes(action.keyId)) {
    return { go: false, why: 'not-decided' };
  }
  if (action.kind === 'delete' && !mayDelete(decision, policy)) {
    return { go: false, why: 'not-confirmed' };
  }
  const active = activeKeys(seen.keys).map((key) => key.id);
  if (!active.includes(decision.keep)) {
    return { go: false, why: 'kept-key-not-active' };
  }
  if (!expectedSet(current, decision, active)) {
    return { go: false, why: 'other-keys' };
  }
  return target.status === needs.status ? go : { go: false, why: `target-${target.status.toLowerCase()}` };
}

/**
 * S1 at the very last: what a person posted, proved once more, names this key for this. So whoever can write the case in
 * the table, and nothing else, cannot have a key changed. Bringing a key of ours back wants no such proof.
 */
export function wasSaid(current: Case, { kind, keyId }: Action, said: CheckedRequest | null): boolean {
  const { account, userId, number, decision } = current;
  if (kind === 'reactivate') {
    return true;
  }
  if (decision === null || said === null || said.claim === null) {
    return false;
  }
  const { claim, request } = said;
  const here = claim.account === account && claim.userId === userId && claim.caseNumber === number;
  const { ask } = request;
  const thus = ask.kind === 'keep' && ask.keep === decision.keep && ask.off.includes(keyId);
  return here && thus && claim.recipient === decision.by;
}
