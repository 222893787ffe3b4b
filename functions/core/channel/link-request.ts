import { type Case, isOpen } from '../case/case.ts';
import { addresseeIn, giverOf, isAbout, personMark } from '../case/mailed-to.ts';
import { reasonLinkPurpose } from '../case/notices.ts';
import type { LinkClaim, LinkPurpose } from '../case/requests.ts';
import { sha256 } from '../model/digest.ts';
import { onlyObserves } from '../model/only.ts';
import { type Approver, type Control, deciders, type Policy } from '../model/policy.ts';
import { DAY, type Instant, MINUTE, plus, type Seconds } from '../model/time.ts';

/**
 * Reason for a request for a mail with a new link. `expired`: the person's link to this case or report has expired ·
 * `row`: the person wants the link that decides a row of the list or, where a deletion waits for a confirmation, confirms it ·
 * `view`: the person wants to forward a link that permits nothing · `report`: the person wants the link to the report.
 */
export type LinkWhy = 'expired' | 'row' | 'view' | 'report';

/** The reasons for a link to a case. */
export type CaseLinkWhy = Exclude<LinkWhy, 'report'>;

/** The reasons that do not replace an expired link to a case. */
export type LinkWish = Exclude<CaseLinkWhy, 'expired'>;

/** The case that a request for a link is about; for a link to the report {@link REPORT_SUBJECT}. */
export interface LinkSubject {
  readonly userId: string;
  readonly caseNumber: number;
  readonly why: LinkWhy;
}

/**
 * Stands in place of a case in a request for a link to the report. No IAM user has this id, so no case is ever found under it: a
 * release that does not know such requests mails nothing.
 */
export const REPORT_SUBJECT = { userId: 'REPORT', caseNumber: 1 } as const;

/** True if a request is for a link to the report of its account, and not to a case. */
export function wantsReport({ userId }: Pick<LinkSubject, 'userId'>): boolean {
  return userId === REPORT_SUBJECT.userId;
}

/** A request for a mail with a new link, made on a page. It decides nothing, so it is no answer. */
export interface LinkRequest extends LinkSubject {
  /** Digest of person, case, reason and day (`linkRequestDigest`), under which it is stored. */
  readonly digest: string;
  readonly at: Instant;
}

/** The request as stored by `approve`: like an answer it has the signed text of the link that was used, and a proof. */
export interface SealedLinkRequest extends LinkRequest {
  readonly payload: string;
  readonly proof: string;
}

/** Maximum age of an expired link that still leads to a new one. */
export const RENEWABLE: Seconds = 90 * DAY;

/** Maximum age of a request. Its message may have waited in the queue, and later nobody expects the mail. */
const LATEST: Seconds = DAY;

/** Maximum difference between the clocks of two functions. */
const SKEW: Seconds = MINUTE;

/**
 * The digest under which a request is stored: the same for all requests of a person about a case for one reason on one
 * day (UTC), so that only the first is stored.
 */
export function linkRequestDigest(
  account: string,
  { userId, caseNumber, why }: LinkSubject,
  person: Approver,
  at: Instant,
): string {
  const parts = [account, userId, caseNumber, personMark(giverOf(person)), why, at.slice(0, 10)];
  return sha256(`solekey-mail-link|${parts.join('|')}`);
}

/**
 * The requests that a link admits by its purpose. One that permits nothing may have been handed on, so it leads to no link
 * before it has expired.
 */
const ADMITTED = {
  decide: { expired: true, row: true, view: true, report: false },
  restore: { expired: true, row: false, view: true, report: false },
  view: { expired: true, row: false, view: false, report: false },
  delete: { expired: true, row: false, view: true, report: false },
  list: { expired: false, row: true, view: true, report: true },
  'list-view': { expired: false, row: false, view: false, report: false },
  // A report has no row of its own for a case, but a concern about one of its users needs the link that reactivates a key.
  report: { expired: true, row: true, view: false, report: false },
} as const satisfies Record<LinkClaim['purpose'], Record<LinkWhy, boolean>>;

/** All reasons, as they are stored. */
export const LINK_WHYS = Object.keys(ADMITTED.list) as readonly LinkWhy[];

/** The reasons that the form of a case names. */
export const CASE_LINK_WHYS = LINK_WHYS.filter((why): why is CaseLinkWhy => why !== 'report');

/** True if the purpose of a link admits such a request. */
export function admits({ purpose }: Pick<LinkClaim, 'purpose'>, why: LinkWhy): boolean {
  return ADMITTED[purpose][why];
}

/** True if a link to a case or a report has expired, but not so long ago that it leads to no new one. */
export function isRenewable(claim: Pick<LinkClaim, 'purpose' | 'expires'>, now: Instant): boolean {
  const { expires } = claim;
  return admits(claim, 'expired') && now > expires && now <= plus(expires, RENEWABLE);
}

/**
 * True if a link permits such a request at this time. A link to one case permits it for that case only, one to a report for every
 * case of its account.
 */
export function permits(
  claim: LinkClaim,
  account: string,
  { userId, caseNumber, why }: LinkSubject,
  at: Instant,
): boolean {
  const about =
    claim.account === account &&
    isOfReport(claim, why) === wantsReport({ userId }) &&
    (wantsReport({ userId })
      ? caseNumber === REPORT_SUBJECT.caseNumber
      : claim.scope === 'report' || isAbout(claim, { account, userId, number: caseNumber }));
  const inTime = why === 'expired' ? isRenewable(claim, at) : at <= claim.expires;
  return about && inTime && admits(claim, why);
}

/** True if what is asked for in this way, through this link, is a link to the report. */
function isOfReport({ scope }: LinkClaim, why: LinkWhy): boolean {
  return why === 'report' || (why === 'expired' && scope === 'report');
}

/** A request with the claim of its link, proved by reconcile; the claim is null if it was not made through a link of ours. */
export interface CheckedLinkRequest {
  readonly request: SealedLinkRequest;
  readonly claim: LinkClaim | null;
}

/**
 * The person to whom a link is mailed upon a stored request; null if nothing is mailed. That is so unless the request was
 * made through a link of an approver who may decide this case now, a link that permitted it then, and at most a day ago.
 */
export function requesterOf(
  account: string,
  { request, claim }: CheckedLinkRequest,
  { policy, control, now }: { readonly policy: Policy; readonly control: Control; readonly now: Instant },
): Approver | null {
  const { at, digest } = request;
  if (
    claim === null ||
    at > plus(now, SKEW) ||
    now > plus(at, LATEST) ||
    !permits(claim, account, request, at)
  ) {
    return null;
  }
  const person = addresseeIn(deciders(policy, control, { account }), claim);
  // The digest says the day, so that one request cannot be stored as that of many days.
  return person !== null && linkRequestDigest(account, request, person, at) === digest ? person : null;
}

/**
 * Purpose of the link in the mail, as the case is now; null if the case is closed or was replaced. Where a page could not
 * do anything, it is a link that only shows the case.
 */
export function requestedPurpose(
  current: Case | null,
  { caseNumber, why }: LinkSubject,
  policy: Policy,
): LinkPurpose | null {
  if (!isOpen(current) || current.number !== caseNumber) {
    return null;
  }
  if (why === 'view' || onlyObserves(policy, current)) {
    return 'view';
  }
  const deletes = why === 'row' && current.phase === 'awaiting-confirmation' && !current.excluded;
  return deletes ? 'delete' : (reasonLinkPurpose(current, policy) ?? 'view');
}
