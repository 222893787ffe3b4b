import { sha256 } from './digest.ts';
import { type Control, currentApprovers, type Policy } from './policy.ts';
import { type Instant, instantOf } from './time.ts';

/** What a link lets its holder do. One link, one person, one case, one purpose. */
export type LinkPurpose = 'decide' | 'restore';

/** What is signed into a link. The MAC covers all of it. */
export interface LinkClaim {
  account: string;
  userId: string;
  caseNumber: number;
  /** Id of the approver the link was minted for. */
  recipient: string;
  /** SHA-256 (first 16 hex digits) of the lower-case address it was mailed to: an id that passes to another person ends old links. */
  address: string;
  purpose: LinkPurpose;
  expires: Instant;
}

/** What a person asked for, written by `approve`. It is no decision until reconcile has verified the link itself. */
export interface DecisionRequest {
  digest: string;
  at: Instant;
  /** The signed link, exactly as used. */
  token: string;
  ask:
    | { kind: 'keep'; keep: string; off: readonly string[]; acknowledged: readonly string[] }
    | { kind: 'restore'; keys: readonly string[] }
    /** The deletion of exactly these keys, all of ours that are off and decided to go. */
    | { kind: 'confirm'; keys: readonly string[] };
}

/**
 * What stands for an item under a request's key that is none. Nobody signed it, so nothing follows from it: pages say so,
 * judgement refuses it and asks anew. It keeps its place, because whoever broke it must not choose who answers next.
 */
export function unsignedRequest(digest: string): DecisionRequest {
  return { digest, at: instantOf(0), token: '', ask: { kind: 'keep', keep: '', off: [], acknowledged: [] } };
}

/** A request with what its link says, verified by reconcile itself; the claim is null when our key did not sign the link. */
export interface CheckedRequest {
  request: DecisionRequest;
  claim: LinkClaim | null;
}

/** The address part of a claim, from an approver's mail address. */
export function addressMark(email: string): string {
  return sha256(email.toLowerCase()).slice(0, 16);
}

/** Restores may also come through a link made for deciding; a restore link does nothing else. */
export function linkAllows(purpose: LinkPurpose, ask: DecisionRequest['ask']): boolean {
  return purpose === 'decide' || ask.kind === 'restore';
}

/** Whether whoever said something through a link is an approver still, and reached under the same address. */
export function stillDecides(
  said: { by: string; address: string },
  policy: Policy,
  control: Control,
): boolean {
  const person = currentApprovers(policy, control).find(({ id }) => id === said.by);
  return person !== undefined && addressMark(person.email) === said.address;
}
