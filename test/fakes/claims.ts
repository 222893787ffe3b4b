import { parsePayload, parseToken } from '../../functions/contracts/link.ts';
import { givenBy } from '../../functions/core/case/mailed-to.ts';
import type { CaseClaim } from '../../functions/core/case/requests.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { POLICY } from './cases.ts';

/** The claim of a link to a case, unverified; null for anything else. */
export function caseClaimIn(link: string | null | undefined): CaseClaim | null {
  const claim = parseToken(link?.split('/').at(-1) ?? '')?.claim;
  return claim?.scope === 'case' ? claim : null;
}

/** The claim in a stored payload of a link to a case, with the id of the approver it was made for. */
export function mailedWith(
  payload: string,
  policy: Policy = POLICY,
): { readonly claim: CaseClaim; readonly recipient: string } | null {
  const claim = parsePayload(payload);
  return claim?.scope === 'case' ? { claim, recipient: givenBy(claim, policy)?.by ?? '' } : null;
}
