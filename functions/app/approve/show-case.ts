import { type Case, isOpen } from '../../core/case/case.ts';
import { addresseeIn, givenBy, giverOf, isAbout } from '../../core/case/mailed-to.ts';
import { ownKept, ownKeys } from '../../core/case/own-key.ts';
import { renewsTheirOwn } from '../../core/case/renewal.ts';
import {
  type DecisionRequest,
  firstGiven,
  hasComment,
  isChoosing,
  type LinkClaim,
  type LinkPurpose,
  type NewerRequest,
} from '../../core/case/requests.ts';
import { type UnreadCase, withNewerAnswer } from '../../core/case/unread.ts';
import { isRenewable } from '../../core/channel/link-request.ts';
import { type CheckedSubscriptions, withReach } from '../../core/health/reach.ts';
import { type Approver, deciders, type Policy } from '../../core/model/policy.ts';
import { type CaseView, caseView, type Decided, questionDigests } from '../../core/page/case-view.ts';
import { listProposal } from '../../core/page/list.ts';
import { evidenceFrom } from '../../core/proposal/context.ts';
import type { Proposal } from '../../core/proposal/proposal.ts';
import type { Clock, LinkVerifier, Log } from '../ports.ts';
import type { BesideCase, RequestStore } from '../store-ports.ts';

/** The ports of the public pages. None of them can change a key or make a link. */
export interface PagePorts {
  readonly links: LinkVerifier;
  readonly store: RequestStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly policy: Policy;
}

/** The case that a page is about, as its link or, under a list link, the row in its path names it. */
export interface CaseAsked {
  readonly account: string;
  readonly userId: string;
  readonly number: number;
}

/**
 * The case that a path asks for: of a link to one case only the purpose, and under a link to a list the row. A row is only
 * looked up and never believed.
 */
export type CasePath = LinkPurpose | { readonly userId: string; readonly caseNumber: number };

/** The approver who opened the page, the link they used, and the case that they asked for. */
export interface Visitor {
  readonly approver: Approver;
  readonly claim: Exclude<LinkClaim, { readonly scope: 'report' }>;
  readonly asked: CaseAsked;
}

/**
 * Reason why a link is refused. `not-ours`: not signed by us, or used on the wrong path · `expired` · `not-yours`:
 * its recipient is not an approver now, or has another address now. `renewal` is there if the expired link of an approver
 * may lead to a new one.
 */
export type Refused<Holder = Visitor> = {
  readonly kind: 'refused';
  readonly why: 'not-ours' | 'expired' | 'not-yours';
  readonly renewal?: Holder;
};

/** The link's case is closed, or a newer case exists. `current` is the closed case if it is still stored, else null. */
export type Settled = { readonly kind: 'settled'; readonly visitor: Visitor; readonly current: Case | null };

/** The page of an open case: what its visitor may see and do there. */
export interface Page {
  readonly visitor: Visitor;
  readonly view: CaseView;
  /** The proposal that a list link may decide about this case; null if it may decide nothing about it, and under other links. */
  readonly harmless: Proposal | null;
  /** The states of the approvers' subscriptions; null if health never checked them. */
  readonly subscriptions: CheckedSubscriptions | null;
  /** The comment of the decision that the page shows; null if it has none, or only other words are stored. */
  readonly comment: string | null;
}

export interface Found extends Page {
  readonly kind: 'found';
  /** The answer stored to the present question, as it was read for the page; null if there is none. */
  readonly stored: DecisionRequest | null;
}

/** Only a newer release can read the case or an answer to it, so nothing can be decided here now. */
export interface Unread {
  readonly kind: 'unread';
  readonly visitor: Visitor;
  readonly unread: UnreadCase;
}

export type Shown = Refused | Settled | Unread | Found;

/** Reads the case behind a link. It changes nothing, because mail scanners open links too (fact mail-scanners). */
export async function showCase(ports: PagePorts, token: string, path: CasePath): Promise<Shown> {
  const { links, store, clock, policy } = ports;
  const claim = await links.verify(token);
  if (claim === null || claim.scope === 'report') {
    return { kind: 'refused', why: 'not-ours' };
  }
  const asked = askedFor(claim, path);
  if (asked === null) {
    return { kind: 'refused', why: 'not-ours' };
  }
  const now = clock.now();
  const expired = now > claim.expires;
  if (expired && !isRenewable(claim, now)) {
    return { kind: 'refused', why: 'expired' };
  }
  const { current, control, ...stored } = await store.case(asked.account, asked.userId);
  const approver = addresseeIn(deciders(policy, control, asked), claim);
  if (approver === null) {
    return { kind: 'refused', why: expired ? 'expired' : 'not-yours' };
  }
  const visitor = { approver, claim, asked };
  if (expired) {
    // Nothing about the case: an expired link shows the same whether or not it is open.
    return { kind: 'refused', why: 'expired', renewal: visitor };
  }
  if (current !== null && 'why' in current) {
    const another = current.number !== null && current.number !== asked.number;
    return another
      ? { kind: 'settled', visitor, current: null }
      : { kind: 'unread', visitor, unread: current };
  }
  const same = current?.number === asked.number ? current : null;
  if (!isOpen(same)) {
    return { kind: 'settled', visitor, current: same };
  }
  const request = await answerTo(store, same, questionDigests(same, policy));
  if (request !== null && 'newer' in request) {
    return { kind: 'unread', visitor, unread: withNewerAnswer(same, request.newer) };
  }
  const comment = await commentOn(store, same, request);
  const decided = request === null ? null : attributed(ports, asked, request);
  return {
    kind: 'found',
    stored: request,
    ...pageOf(ports, visitor, same, { control, ...stored, request: decided, comment }),
  };
}

/** The comment of the stored answer, or of the decision in force; null if there is none. */
async function commentOn(
  store: RequestStore,
  { account, userId, decision }: Case,
  request: DecisionRequest | null,
): Promise<string | null> {
  const given =
    request !== null && (isChoosing(request.ask) || hasComment(request.ask))
      ? { digest: request.digest, ...request.ask }
      : decision;
  return given?.commentDigest === undefined
    ? null
    : store.comment(account, userId, given.digest, given.commentDigest);
}

/** The case that a link and the path it was used on ask for; null if that is no path for such a link. */
function askedFor(claim: Visitor['claim'], path: CasePath): CaseAsked | null {
  const { account } = claim;
  if (claim.scope === 'list') {
    return typeof path === 'string' ? null : { account, userId: path.userId, number: path.caseNumber };
  }
  return claim.purpose === path ? { account, userId: claim.userId, number: claim.caseNumber } : null;
}

/** Everything beside the case from which its page is made: the stored answer, if any, and the comment that it shows. */
interface BesidePage extends BesideCase {
  readonly request: Decided | null;
  readonly comment: string | null;
}

/** The page of an open case, with everything that its visitor may see and do there now. */
export function pageOf(
  { clock, policy }: Pick<PagePorts, 'clock' | 'policy'>,
  visitor: Visitor,
  current: Case,
  { control, subscriptions, request, comment, ...stored }: BesidePage,
): Page {
  const now = clock.now();
  const evidence = evidenceFrom(stored, policy);
  const reached = withReach(control, subscriptions, now);
  const { approver } = visitor;
  const view = caseView(current, {
    now,
    policy,
    control,
    evidence,
    request,
    own: ownKeys(current, approver, policy, reached),
    ownKept: (stay) => ownKept(current, stay, approver, policy, reached),
    byAnother: (spare) => renewsTheirOwn(current, giverOf(approver), spare, policy, reached),
  });
  return {
    visitor,
    view,
    harmless: visitor.claim.scope === 'list' ? listProposal(view, { policy, now }) : null,
    subscriptions: subscriptions ?? null,
    comment,
  };
}

/** The answer stored under any of these digests; the earliest if there are several. */
export async function answerTo(
  store: RequestStore,
  { account, userId }: Case,
  digests: readonly string[],
): Promise<DecisionRequest | NewerRequest | null> {
  const found = await Promise.all(digests.map((digest) => store.request(account, userId, digest)));
  return firstGiven(found.flatMap((one) => one ?? []));
}

/**
 * A stored request with the approver it names; `by` is null if its link was for another case or for nobody in the settings. This is unverified:
 * only reconcile has the permission to make the link's MAC and so prove that the approver's link was used. So it may
 * only be shown on a page, and each answer that meets it sends a wake, upon which reconcile judges it within seconds.
 */
export function attributed(
  { links, policy }: Pick<PagePorts, 'links' | 'policy'>,
  asked: CaseAsked,
  request: DecisionRequest,
): Decided {
  const claim = links.claimed(request);
  const fits = claim !== null && isAbout(claim, asked);
  const by = fits ? (givenBy(claim, policy)?.by ?? null) : null;
  return { by, at: request.at, ask: request.ask };
}
