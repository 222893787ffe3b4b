import { type LinkWish, mayWish } from '../../core/page/link-request.ts';
import {
  type CaseAsked,
  type CasePath,
  type Found,
  type PagePorts,
  type Refused,
  type Settled,
  showCase,
  type Unread,
} from './show-case.ts';

/** The wishes of people for other links. Only reconcile can make a link, and it mails it to the person of this one. */
export interface LinkWishes {
  /**
   * Stores the wish, sealed with the link that it came through. `used-up`: the person had too many links mailed in this hour,
   * so nothing was stored and no mail comes.
   */
  wish(token: string, asked: CaseAsked, wish: LinkWish): Promise<'stored' | 'used-up'>;
}

export interface WishPorts extends PagePorts {
  /** Absent: no links are mailed on request, and no page offers one. */
  readonly wishes?: LinkWishes;
}

/** Result of asking for another link. `wrong-purpose`: the present link does not admit this wish. */
export type Wished =
  | Refused
  | Settled
  | Unread
  | (Omit<Found, 'kind'> & { readonly kind: 'wished'; readonly wish: LinkWish; readonly stored: boolean })
  | (Omit<Found, 'kind'> & { readonly kind: 'wrong-purpose' });

/** Stores the wish for another link to an open case, or says why not. It decides nothing. */
export async function requestLink(
  ports: WishPorts,
  token: string,
  path: CasePath,
  wish: LinkWish,
): Promise<Wished> {
  const shown = await showCase(ports, token, path);
  if (shown.kind !== 'found') {
    return shown;
  }
  const { claim, asked } = shown.visitor;
  if (ports.wishes === undefined || !mayWish(claim.purpose, wish)) {
    return { ...shown, kind: 'wrong-purpose' };
  }
  const outcome = await ports.wishes.wish(token, asked, wish);
  return { ...shown, kind: 'wished', wish, stored: outcome === 'stored' };
}
