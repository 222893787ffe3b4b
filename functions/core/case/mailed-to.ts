import { sha256 } from '../model/digest.ts';
import type { Approver, Policy } from '../model/policy.ts';
import type { Case } from './case.ts';
import { addressMark, type LinkClaim, type MailedTo } from './requests.ts';

/** Id and address mark of an approver, as a case records who gave an answer. */
export interface Giver {
  readonly by: string;
  readonly address: string;
}

/**
 * One mark (16 hex digits) over an approver's id and address mark, as contained in a claim of version 2. The address
 * mark has a fixed length and comes first, so that no two people have the same text.
 */
export function personMark({ by, address }: Giver): string {
  return sha256(`solekey-person|${address}|${by}`).slice(0, 16);
}

/** True if a link was made for this person under this address. */
export function isFor(claim: MailedTo, giver: Giver): boolean {
  return 'person' in claim
    ? claim.person === personMark(giver)
    : claim.recipient === giver.by && claim.address === giver.address;
}

/**
 * The approver among these for whom a link was made; null if there is none. A removed approver, a reused id and a
 * changed address match nobody.
 */
export function addresseeIn(approvers: readonly Approver[], claim: MailedTo): Approver | null {
  return approvers.find((one) => isFor(claim, giverOf(one))) ?? null;
}

/**
 * The person who gave an answer through a link, for the record; null if the link has only a mark and no approver of the
 * settings, revoked or not, has that mark.
 */
export function givenBy(claim: MailedTo, { approvers }: Policy): Giver | null {
  if ('recipient' in claim) {
    return { by: claim.recipient, address: claim.address };
  }
  const approver = addresseeIn(approvers, claim);
  return approver === null ? null : giverOf(approver);
}

/** The approver as a case would record them now. */
export function giverOf({ id, email }: Approver): Giver {
  return { by: id, address: addressMark(email) };
}

/** True if a link is about this case: it is the link's case, or one in the link's list. A link to a report is about no case. */
export function isAbout(
  claim: LinkClaim,
  { account, userId, number }: Pick<Case, 'account' | 'userId' | 'number'>,
): boolean {
  if (claim.account !== account) {
    return false;
  }
  switch (claim.scope) {
    case 'case':
      return claim.userId === userId && claim.caseNumber === number;
    case 'list':
      return true;
    case 'report':
      return false;
  }
}
