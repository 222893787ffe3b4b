import type { LinkWish } from '../../core/channel/link-request.ts';
import { askForLink, type LinkAsked, type LinkAskPorts } from './ask-for-link.ts';
import {
  type CasePath,
  type Page,
  type PagePorts,
  type Refused,
  type Settled,
  showCase,
  type Unread,
} from './show-case.ts';

/** Result of asking for another link to an open case. */
export type Wished =
  | Refused
  | Settled
  | Unread
  | (Page & { readonly kind: 'wished'; readonly wish: LinkWish; readonly asked: LinkAsked });

/** Asks for another link to an open case by mail, or says why not. It decides nothing. */
export async function requestLink(
  ports: PagePorts & LinkAskPorts,
  token: string,
  path: CasePath,
  wish: LinkWish,
): Promise<Wished> {
  const shown = await showCase(ports, token, path);
  if (shown.kind !== 'found') {
    return shown;
  }
  const { approver, claim, asked } = shown.visitor;
  const subject = { userId: asked.userId, caseNumber: asked.number, why: wish };
  return {
    ...shown,
    kind: 'wished',
    wish,
    asked: await askForLink(ports, { approver, claim, token }, subject),
  };
}
