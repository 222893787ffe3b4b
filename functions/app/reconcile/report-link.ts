import type { Addressee } from '../../core/case/requests.ts';
import { DAY, type Instant, plus } from '../../core/model/time.ts';
import type { World } from './world.ts';

/** Time for which a link to a report is valid: until the mail of the next week about a sign-off has come. */
const LINK_VALID = 8 * DAY;

/** A new link to the report of an account, for one person, and its expiry. */
export async function reportLink(
  { links, linkTo, clock }: Pick<World, 'links' | 'linkTo' | 'clock'>,
  account: string,
  { recipient, address }: Addressee,
): Promise<{ readonly url: string; readonly expires: Instant }> {
  const purpose = 'report' as const;
  const expires = plus(clock.now(), LINK_VALID);
  const claim = { scope: 'report' as const, account, recipient, address, purpose, expires };
  return { url: linkTo(purpose, await links.mint(claim)), expires };
}
