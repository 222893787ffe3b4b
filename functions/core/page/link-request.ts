import type { LinkPurpose, ListPurpose } from '../case/requests.ts';

/**
 * A person's wish for another link, mailed to their own address. `row`: a link of its own for a case that the list link does
 * not decide · `view`: a link that permits nothing, to hand on.
 */
export type LinkWish = 'row' | 'view';

/** The wishes that each link admits. A link that permits nothing admits none, because it may have been handed on. */
const ADMITTED = {
  decide: { row: false, view: true },
  restore: { row: false, view: true },
  view: { row: false, view: false },
  list: { row: true, view: true },
  'list-view': { row: false, view: false },
} as const satisfies Record<LinkPurpose | ListPurpose, Record<LinkWish, boolean>>;

/** All wishes, as a form names them. */
export const LINK_WISHES = Object.keys(ADMITTED.list) as readonly LinkWish[];

/** True if the holder of a link with this purpose may have such a link mailed to the person for whom it was made. */
export function mayWish(purpose: LinkPurpose | ListPurpose, wish: LinkWish): boolean {
  return ADMITTED[purpose][wish];
}
