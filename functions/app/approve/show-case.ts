import { type Case, isOpen } from '../../core/case/case.ts';
import { factsDigest, factsOf } from '../../core/case/facts.ts';
import {
  addressMark,
  type DecisionRequest,
  type LinkClaim,
  type LinkPurpose,
} from '../../core/case/requests.ts';
import { type Approver, currentApprovers, type Policy } from '../../core/model/policy.ts';
import { type CaseView, caseView, type Decided } from '../../core/page/case-view.ts';
import type { Clock, LinkVerifier, Log, RequestStore } from '../ports.ts';

/** What the page on the internet is given: nothing that could change a key or mint a link. */
export interface PagePorts {
  readonly links: LinkVerifier;
  readonly store: RequestStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly policy: Policy;
}

/** Who came, through which link. */
export interface Visitor {
  readonly approver: Approver;
  readonly claim: LinkClaim;
}

/**
 * Why a link opens nothing. `not-ours`: no link of ours, or on the wrong path · `expired` · `not-yours`: the person it
 * was mailed to may not decide now, or has another address now.
 */
export type Refused = { readonly kind: 'refused'; readonly why: 'not-ours' | 'expired' | 'not-yours' };

/** The case of the link is over: closed, or another one since. `known` only while the very case is still on record. */
export type Settled = { readonly kind: 'settled'; readonly visitor: Visitor; readonly current: Case | null };

export interface Found {
  readonly kind: 'found';
  readonly visitor: Visitor;
  readonly view: CaseView;
}

export type Shown = Refused | Settled | Found;

/** Looks up what a link leads to. Reads only: looking must change nothing, because mail scanners look too. */
export async function showCase(ports: PagePorts, token: string, path: LinkPurpose): Promise<Shown> {
  const { links, store, clock, policy } = ports;
  const claim = await links.verify(token);
  if (claim === null || claim.purpose !== path) {
    return { kind: 'refused', why: 'not-ours' };
  }
  const now = clock.now();
  if (now > claim.expires) {
    return { kind: 'refused', why: 'expired' };
  }
  const { current, control } = await store.case(claim.account, claim.userId);
  const approver = currentApprovers(policy, control).find(({ id }) => id === claim.recipient);
  if (approver === undefined || addressMark(approver.email) !== claim.address) {
    return { kind: 'refused', why: 'not-yours' };
  }
  const visitor = { approver, claim };
  const same = current?.number === claim.caseNumber ? current : null;
  if (!isOpen(same)) {
    return { kind: 'settled', visitor, current: same };
  }
  const request = await store.request(same.account, same.userId, factsDigest(factsOf(same)));
  const decided = request === null ? null : attributed(ports, claim, request);
  return { kind: 'found', visitor, view: caseView(same, { now, policy, control, request: decided }) };
}

/**
 * A stored request with the person whom it names. This is what the table says: whether it was said through that person's
 * link only reconcile can tell, which has the right to make the link's MAC. So nothing may follow from it but text on a
 * page, and a wake whenever an answer meets it: reconcile then judges it within seconds.
 */
export function attributed(
  { links }: Pick<PagePorts, 'links'>,
  here: LinkClaim,
  request: DecisionRequest,
): Decided {
  const claim = links.claimed(request);
  const fits =
    claim !== null &&
    claim.account === here.account &&
    claim.userId === here.userId &&
    claim.caseNumber === here.caseNumber;
  return { by: fits ? claim.recipient : null, at: request.at, ask: request.ask };
}
