import { type Case, isOpen } from '../../core/case/case.ts';
import { addresseeIn, givenBy, isAbout } from '../../core/case/mailed-to.ts';
import {
  type CaseClaim,
  type DecisionRequest,
  firstGiven,
  type LinkPurpose,
  type NewerRequest,
} from '../../core/case/requests.ts';
import { type UnreadCase, withNewerAnswer } from '../../core/case/unread.ts';
import { isRenewable } from '../../core/channel/link-request.ts';
import { type Approver, deciders, type Policy } from '../../core/model/policy.ts';
import { type CaseView, caseView, type Decided, questionDigests } from '../../core/page/case-view.ts';
import { evidenceFrom } from '../../core/proposal/context.ts';
import type { Clock, LinkVerifier, Log } from '../ports.ts';
import type { RequestStore } from '../store-ports.ts';

/** The ports of the public pages. None of them can change a key or make a link. */
export interface PagePorts {
  readonly links: LinkVerifier;
  readonly store: RequestStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly policy: Policy;
}

/** The approver who opened the page and the link they used. */
export interface Visitor {
  readonly approver: Approver;
  readonly claim: CaseClaim;
}

/**
 * Reason why a link is refused. `not-ours`: not signed by us, or used on the wrong path · `expired` · `not-yours`:
 * its recipient is not an approver now, or has another address now. `renewal` is there if the expired link of an approver
 * may lead to a new one.
 */
export type Refused = {
  readonly kind: 'refused';
  readonly why: 'not-ours' | 'expired' | 'not-yours';
  readonly renewal?: Visitor;
};

/** The link's case is closed, or a newer case exists. `current` is the closed case if it is still stored, else null. */
export type Settled = { readonly kind: 'settled'; readonly visitor: Visitor; readonly current: Case | null };

export interface Found {
  readonly kind: 'found';
  readonly visitor: Visitor;
  readonly view: CaseView;
}

/** Only a newer release can read the case or an answer to it, so nothing can be decided here now. */
export interface Unread {
  readonly kind: 'unread';
  readonly visitor: Visitor;
  readonly unread: UnreadCase;
}

export type Shown = Refused | Settled | Unread | Found;

/** Reads the case behind a link. It changes nothing, because mail scanners open links too (fact mail-scanners). */
export async function showCase(ports: PagePorts, token: string, path: LinkPurpose): Promise<Shown> {
  const { links, store, clock, policy } = ports;
  const claim = await links.verify(token);
  if (claim === null || claim.scope !== 'case' || claim.purpose !== path) {
    return { kind: 'refused', why: 'not-ours' };
  }
  const now = clock.now();
  const expired = now > claim.expires;
  if (expired && !isRenewable(claim, now)) {
    return { kind: 'refused', why: 'expired' };
  }
  const { current, control, ...stored } = await store.case(claim.account, claim.userId);
  const approver = addresseeIn(deciders(policy, control, claim), claim);
  if (approver === null) {
    return { kind: 'refused', why: expired ? 'expired' : 'not-yours' };
  }
  const visitor = { approver, claim };
  if (expired) {
    // Nothing about the case: an expired link shows the same whether or not it is open.
    return { kind: 'refused', why: 'expired', renewal: visitor };
  }
  if (current !== null && 'why' in current) {
    const another = current.number !== null && current.number !== claim.caseNumber;
    return another
      ? { kind: 'settled', visitor, current: null }
      : { kind: 'unread', visitor, unread: current };
  }
  const same = current?.number === claim.caseNumber ? current : null;
  if (!isOpen(same)) {
    return { kind: 'settled', visitor, current: same };
  }
  const request = await answerTo(store, same, questionDigests(same, policy));
  if (request !== null && 'newer' in request) {
    return { kind: 'unread', visitor, unread: withNewerAnswer(same, request.newer) };
  }
  const decided = request === null ? null : attributed(ports, claim, request);
  const evidence = evidenceFrom(stored, policy);
  return {
    kind: 'found',
    visitor,
    view: caseView(same, { now, policy, control, evidence, request: decided }),
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
  here: CaseClaim,
  request: DecisionRequest,
): Decided {
  const claim = links.claimed(request);
  const { account, userId, caseNumber: number } = here;
  const fits = claim !== null && isAbout(claim, { account, userId, number });
  const by = fits ? (givenBy(claim, policy)?.by ?? null) : null;
  return { by, at: request.at, ask: request.ask };
}
