import { sha256 } from '../model/digest.ts';
import { type Approver, type Control, currentApprovers, deciders, type Policy } from '../model/policy.ts';
import { type Instant, instantOf } from '../model/time.ts';
import { type Decision, type DecisionKind, type Grounds, groundsIn } from './decision.ts';

/**
 * Purpose of a link to one case. Each such link is for one person, one case and one purpose. `view` shows the case and
 * permits nothing. `delete` confirms a deletion and permits nothing else; it is read from 0.6.0 on, and made from
 * 0.7.0 on.
 */
export type LinkPurpose = 'decide' | 'restore' | 'view' | 'delete';

/** Purpose of a link to the list of all open cases of one person. `list-view` shows the list and permits nothing. */
export type ListPurpose = 'list' | 'list-view';

/**
 * Purpose of a link to the report about an account, for an approver. Like a list it names no case. It permits sign-offs and concerns
 * in the name of one person, and nothing about a key. Releases from 0.11.0 on read it, from 0.12.0 on make it.
 */
export type ReportPurpose = 'report';

/** All purposes of links. */
export type AnyPurpose = LinkPurpose | ListPurpose | ReportPurpose;

/** The person for whom a link is made. */
export interface Addressee {
  /** Id of the approver. */
  readonly recipient: string;
  /**
   * SHA-256 (first 16 hex digits) of the address in lower case to which it is mailed. If another person gets the id,
   * old links are not valid any more.
   */
  readonly address: string;
}

/**
 * The person for whom a link was made, as the link says it: version 1 has id and address mark, version 2 only the
 * mark of both (`personMark`), so the person is found by comparing.
 */
export type MailedTo = Addressee | { readonly person: string };

interface Signed {
  readonly account: string;
  readonly expires: Instant;
}

interface OfCase extends Signed {
  readonly scope: 'case';
  readonly userId: string;
  readonly caseNumber: number;
  readonly purpose: LinkPurpose;
}

interface OfList extends Signed {
  readonly scope: 'list';
  readonly purpose: ListPurpose;
}

interface OfReport extends Signed {
  readonly scope: 'report';
  readonly purpose: ReportPurpose;
}

/** The content of a link to one case. */
export type CaseClaim = OfCase & MailedTo;

/** The content of a link to a person's list, which names no case. */
export type ListClaim = OfList & MailedTo;

/** The content of a link to a report, which names no case. */
export type ReportClaim = OfReport & MailedTo;

/** The content of a link that is signed. The MAC covers all of it. */
export type LinkClaim = CaseClaim | ListClaim | ReportClaim;

/** The content of a link to one case to be made, which names its person whatever the link itself will say. */
export type NewCaseClaim = OfCase & Addressee;

/** The content of a link to a list to be made. */
export type NewListClaim = OfList & Addressee;

/** The content of a link to a report to be made. */
export type NewReportClaim = OfReport & Addressee;

/** The content of a link to be made. */
export type NewClaim = NewCaseClaim | NewListClaim | NewReportClaim;

/**
 * A person's request. `none`: deactivate all keys and keep none of them; read from 0.7.0 on, and offered from 0.8.0 on.
 * `not-now`: leave the keys in `spare` Active until a date, and deactivate the others; the comment is the justification.
 * `confirm`: delete exactly these keys, which are all deactivated keys that the decision will delete. `keep-inactive`: delete
 * these deactivated keys no earlier than a date. `not-now` and `keep-inactive` are read from 0.9.0 on, and offered from 0.10.0 on.
 */
export type Ask =
  | ({
      readonly kind: 'keep';
      readonly keep: string;
      readonly off: readonly string[];
      readonly acknowledged: readonly string[];
    } & Grounds)
  | ({
      readonly kind: 'none';
      readonly off: readonly string[];
      readonly acknowledged: readonly string[];
    } & Grounds)
  | ({
      readonly kind: 'not-now';
      readonly spare: readonly string[];
      readonly off: readonly string[];
      readonly until: Instant;
      readonly acknowledged: readonly string[];
    } & Justified)
  | { readonly kind: 'restore'; readonly keys: readonly string[] }
  | { readonly kind: 'confirm'; readonly keys: readonly string[] }
  | ({
      readonly kind: 'keep-inactive';
      readonly keys: readonly string[];
      readonly until: Instant;
    } & Pick<Justified, 'commentDigest'>);

/** The grounds of an answer that needs a justification: the comment is not left out. */
type Justified = Omit<Grounds, 'commentDigest'> & Required<Pick<Grounds, 'commentDigest'>>;

/** A request that becomes the decision of a case. */
export type Choosing = Extract<Ask, { readonly kind: DecisionKind }>;

/** For each kind of request, true if it becomes the decision of a case. */
const CHOOSES = {
  keep: true,
  none: true,
  'not-now': true,
  restore: false,
  confirm: false,
  'keep-inactive': false,
} as const satisfies {
  readonly [Kind in Ask['kind']]: Kind extends DecisionKind ? true : false;
};

/** True if a request becomes the decision of a case. */
export function isChoosing(ask: Ask): ask is Choosing {
  return CHOOSES[ask.kind];
}

/** True if words of a person are stored beside a request, sealed by their digest. */
export function hasComment(ask: Ask): ask is Extract<Ask, { readonly commentDigest?: string }> {
  return 'commentDigest' in ask && ask.commentDigest !== undefined;
}

/** The request that a decision carries out, with every key that it deactivates or deletes. */
export function askOf(decision: Decision): Choosing {
  const { remove: off, acknowledged } = decision;
  const given = { off, acknowledged, ...groundsIn(decision) };
  switch (decision.kind) {
    case 'keep':
      return { kind: 'keep', keep: decision.keep, ...given };
    case 'none':
      return { kind: 'none', ...given };
    case 'not-now': {
      const { spare, until, commentDigest = '' } = decision;
      return { kind: 'not-now', spare, until, ...given, commentDigest };
    }
  }
}

/** A person's answer on one page: the digest of the facts shown, the time, and the request. */
export interface Answer {
  readonly digest: string;
  readonly at: Instant;
  readonly ask: Ask;
}

/**
 * A person's answer as stored by `approve`. It becomes a decision only after reconcile has verified its proof. It
 * does not contain the link, so somebody who reads it can neither open a page nor give another answer with it.
 */
export interface DecisionRequest extends Answer {
  /** The signed text of the link that was used, without the MAC. By itself it proves nothing. */
  readonly payload: string;
  /**
   * HMAC over everything else, keyed with the MAC of that link. Only somebody who received the link, or may make it,
   * can produce this.
   */
  readonly proof: string;
}

/**
 * The part that every stored answer has, whatever its kind. Its proof can be verified without understanding the
 * answer.
 */
export interface Sealed extends Pick<DecisionRequest, 'digest' | 'at' | 'payload' | 'proof'> {
  readonly ask: unknown;
}

/** A stored answer of a kind that only a newer release knows. Nothing may follow from it here, not even a refusal. */
export interface NewerRequest {
  /** The kind, as the newer release names it. */
  readonly newer: string;
  readonly sealed: Sealed;
}

/**
 * The earliest of several answers to one question, which pages of two releases may have stored under two digests;
 * null if there are none.
 */
export function firstGiven(
  requests: readonly (DecisionRequest | NewerRequest)[],
): DecisionRequest | NewerRequest | null {
  const at = (request: DecisionRequest | NewerRequest) =>
    'newer' in request ? request.sealed.at : request.at;
  return [...requests].sort((a, b) => (at(a) < at(b) ? -1 : 1))[0] ?? null;
}

/**
 * Stands for an item under a request's key that is not a valid request. It is unsigned, so nothing follows from it:
 * pages say so, and judgement refuses it and asks again. It still counts as an answer, because somebody who breaks an
 * item must not be able to choose whose answer comes next.
 */
export function unsignedRequest(digest: string): DecisionRequest {
  const ask = { kind: 'keep' as const, keep: '', off: [], acknowledged: [] };
  return { digest, at: instantOf(0), payload: '', proof: '', ask };
}

/**
 * A request with the claim of its link, verified by reconcile; the claim is null if the answer was not given through
 * one of our links.
 */
export interface CheckedRequest {
  readonly request: DecisionRequest;
  readonly claim: LinkClaim | null;
}

/** Mark of an approver's mail address, as contained in a claim of version 1 and in what is on record of an answer. */
export function addressMark(email: string): string {
  return sha256(email.toLowerCase()).slice(0, 16);
}

const NOTHING = {
  decide: false,
  restore: false,
  view: false,
  delete: false,
  list: false,
  'list-view': false,
  report: false,
} as const satisfies Record<AnyPurpose, boolean>;

/**
 * The links that permit each request. A decision link also permits restores; a restore link permits nothing else. A
 * view link permits nothing in any mode, so that links sent in observe mode never become effective later. A list link
 * permits decisions, and of these only what `listPermits` (core/proposal) does, and restores that are typed.
 */
const ALLOWED = {
  keep: { ...NOTHING, decide: true, list: true },
  none: { ...NOTHING, decide: true },
  'not-now': { ...NOTHING, decide: true },
  restore: { ...NOTHING, decide: true, restore: true, list: true },
  confirm: { ...NOTHING, decide: true, delete: true },
  'keep-inactive': { ...NOTHING, decide: true },
} as const satisfies Record<Ask['kind'], Record<AnyPurpose, boolean>>;

/** True if a link of this purpose permits no request of any kind. */
export function allowsNothing(purpose: AnyPurpose): boolean {
  return !Object.values(ALLOWED).some((links) => links[purpose]);
}

/** True for a link that only shows something and never permits more, so that it may be handed on. */
export function isToHandOn(purpose: AnyPurpose): boolean {
  return allowsNothing(purpose) && purpose !== 'report';
}

/** True if a link of this purpose permits this request. */
export function linkAllows(purpose: AnyPurpose, { kind }: Pick<Ask, 'kind'>): boolean {
  return ALLOWED[kind][purpose];
}

/** True if the person who gave an answer about a case still may decide it, under the same address. */
export function mayDecide(
  policy: Policy,
  control: Control,
  said: { readonly by: string; readonly address: string },
  current: { readonly account: string },
): boolean {
  return isAmong(deciders(policy, control, current), said);
}

/** True if a person who was told something still is an approver with the same address. */
export function isStillApprover(
  said: { readonly by: string; readonly address: string },
  policy: Policy,
  control: Control,
): boolean {
  return isAmong(currentApprovers(policy, control), said);
}

function isAmong(
  approvers: readonly Approver[],
  said: { readonly by: string; readonly address: string },
): boolean {
  const person = approvers.find(({ id }) => id === said.by);
  return person !== undefined && addressMark(person.email) === said.address;
}
