import type { Case } from '../../core/case/case.ts';
import type { Addressee, LinkPurpose } from '../../core/case/requests.ts';
import type { Instant } from '../../core/model/time.ts';
import type { World } from './world.ts';

/** The URL of a new link to a case, for one person. */
export async function caseLink(
  world: Pick<World, 'links' | 'linkTo'>,
  { account, userId, number }: Pick<Case, 'account' | 'userId' | 'number'>,
  { recipient, address }: Addressee,
  purpose: LinkPurpose,
  expires: Instant,
): Promise<string> {
  const claim = {
    scope: 'case' as const,
    account,
    userId,
    caseNumber: number,
    recipient,
    address,
    purpose,
    expires,
  };
  return world.linkTo(purpose, await world.links.mint(claim));
}
