import { sha256 } from '../model/digest.ts';
import { type Control, currentApprovers, type Policy } from '../model/policy.ts';
import { type Instant, instantOf } from '../model/time.ts';

/** What a link lets its holder do. One link, one person, one case, one purpose. `look`: see, and nothing else. */
export type LinkPurpose = 'decide' | 'restore' | 'view';

/** What is signed into a link. The MAC covers all of it. */
export interface LinkClaim {
  readonly account: string;
  readonly userId: string;
  readonly caseNumber: number;
  /** Id of the approver the link was minted for. */
  readonly recipient: string;
  /** SHA-256 (first 16 hex digits) of the lower-case address it was mailed to: an id that passes to another person ends old links. */
  readonly address: string;
  readonly purpose: LinkPurpose;
  readonly expires: Instant;
}

/** What a person can ask for. `confirm`: the deletion of exactly these keys, all of ours that are off and decided to go. */
export type Ask =
  | {
      readonly kind: 'keep';
      readonly keep: string;
      readonly off: readonly string[];
      readonly acknowledged: readonly string[];
    }
  | { readonly kind: 'restore'; readonly keys: readonly string[] }
  | { readonly kind: 'confirm'; readonly keys: readonly string[] };

/** What a person asked for on one page: which facts they saw, when they answered, and what. */
export interface Answer {
  readonly digest: string;
  readonly at: Instant;
  readonly ask: Ask;
}

/**
 * What a person asked for, written by `approve`. It is no decision until reconcile has found the proof right itself. It
 * holds no link: who reads it can open nothing with it, nor put other words into that person's mouth.
 */
export interface DecisionRequest extends Answer {
  /** The signed text of the link it came through, without the MAC: what the link says. By itself it proves nothing. */
  readonly payload: string;
  /** HMAC over all the rest, its key the MAC of that link: only who was sent the link, or may make it, can make this. */
  readonly proof: string;
}

/** What every stored answer has, whatever it says: its proof can be checked without understanding it. */
export interface Sealed extends Pick<DecisionRequest, 'digest' | 'at' | 'payload' | 'proof'> {
  readonly ask: unknown;
}

/** A stored answer of a kind that only a newer release knows. Nothing may follow from it here, not even that it is refused. */
export interface NewerRequest {
  /** The kind, as that release calls it. */
  readonly newer: string;
  readonly sealed: Sealed;
}

/** Of several answers to one question, stored by pages of two releases under two digests, the one that was given first. */
export function firstGiven(
  requests: readonly (DecisionRequest | NewerRequest)[],
): DecisionRequest | NewerRequest | null {
  const at = (request: DecisionRequest | NewerRequest) =>
    'newer' in request ? request.sealed.at : request.at;
  return [...requests].sort((a, b) => (at(a) < at(b) ? -1 : 1))[0] ?? null;
}

/**
 * What stands for an item under a request's key that is none. Nobody signed it, so nothing follows from it: pages say so,
 * judgement refuses it and asks anew. It keeps its place, because whoever broke it must not choose who answers next.
 */
export function unsignedRequest(digest: string): DecisionRequest {
  const ask = { kind: 'keep' as const, keep: '', off: [], acknowledged: [] };
  return { digest, at: instantOf(0), payload: '', proof: '', ask };
}

/** A request with what its link says, attested by reconcile itself; the claim is null when this was not said through a link of ours. */
export interface CheckedRequest {
  readonly request: DecisionRequest;
  readonly claim: LinkClaim | null;
}

/** The address part of a claim, from an approver's mail address. */
export function addressMark(email: string): string {
  return sha256(email.toLowerCase()).slice(0, 16);
}

/**
 * What may be asked for through which link. Restores may also come through a link made for deciding; a restore link does
 * nothing else. A link to look at allows nothing in any mode, so that none of those sent while Solekey only observed
 * comes alive later.
 */
const ALLOWED = {
  decide: { keep: true, restore: true, confirm: true },
  restore: { keep: false, restore: true, confirm: false },
  view: { keep: false, restore: false, confirm: false },
} as const satisfies Record<LinkPurpose, Record<Ask['kind'], boolean>>;

/** Whether a link of this purpose lets its holder ask for this. */
export function linkAllows(purpose: LinkPurpose, { kind }: Pick<Ask, 'kind'>): boolean {
  return ALLOWED[purpose][kind];
}

/** Whether whoever said something through a link is an approver still, and reached under the same address. */
export function stillDecides(
  said: { readonly by: string; readonly address: string },
  policy: Policy,
  control: Control,
): boolean {
  const person = currentApprovers(policy, control).find(({ id }) => id === said.by);
  return person !== undefined && addressMark(person.email) === said.address;
}
