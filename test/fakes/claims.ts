import { encodePayload, parsePayload, parseToken } from '../../functions/contracts/link.ts';
import { givenBy } from '../../functions/core/case/mailed-to.ts';
import type { CaseClaim, LinkClaim, NewClaim } from '../../functions/core/case/requests.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { POLICY } from './cases.ts';

/** The claim of a link to a case, unverified; null for anything else. */
export function caseClaimIn(link: string | null | undefined): CaseClaim | null {
  const claim = parseToken(link?.split('/').at(-1) ?? '')?.claim;
  return claim?.scope === 'case' ? claim : null;
}

/** A claim as a link made of it says it: a link of version 2 has one mark for its person. */
export function asMailed(claim: NewClaim): LinkClaim | null {
  return parsePayload(encodePayload(claim));
}

/** The MAC of a link, as text in both forms in which it could be written down. */
export function macOf(link: string | null | undefined): readonly string[] {
  const mac = Buffer.from(parseToken(link?.split('/').at(-1) ?? '')?.mac ?? []);
  return [mac.toString('base64url'), mac.toString('hex')];
}

/** The claim in a stored payload of a link to a case, with the id of the approver it was made for. */
export function mailedWith(
  payload: string,
  policy: Policy = POLICY,
): { readonly claim: CaseClaim; readonly recipient: string } | null {
  const claim = parsePayload(payload);
  return claim?.scope === 'case' ? { claim, recipient: givenBy(claim, policy)?.by ?? '' } : null;
}
