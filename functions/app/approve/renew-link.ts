import { askForLink, type LinkAsked, type LinkAskPorts } from './ask-for-link.ts';
import { type CasePath, type PagePorts, type Shown, showCase } from './show-case.ts';

/**
 * Asks for a new link in place of an expired one. Returns what the link shows if it does not lead to a new one: because it
 * has not expired, expired too long ago, or is no link of a present approver.
 */
export async function renewLink(
  ports: PagePorts & LinkAskPorts,
  token: string,
  path: CasePath,
): Promise<Shown | { readonly kind: 'renewal'; readonly asked: LinkAsked }> {
  const shown = await showCase(ports, token, path);
  if (shown.kind !== 'refused' || shown.renewal === undefined) {
    return shown;
  }
  const { approver, claim, asked } = shown.renewal;
  const subject = { userId: asked.userId, caseNumber: asked.number, why: 'expired' as const };
  return { kind: 'renewal', asked: await askForLink(ports, { approver, claim, token }, subject) };
}
