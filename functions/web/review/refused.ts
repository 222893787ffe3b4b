import { html } from 'hono/html';
import type { RowRefusal } from '../../core/page/review.ts';
import { counted } from '../../core/words/words.ts';
import { bad, banner, type Html } from '../layout.ts';

/** The reason for which a row of several was refused, after its user and a colon. */
const WHY: Readonly<Record<RowRefusal, string>> = {
  repeated: 'the form names this user twice, so it is not clear what was meant.',
  'not-ours': 'this is no case of yours.',
  'not-together': 'it cannot be decided together with others. Open it to decide about it alone.',
  stale: 'something has changed since the page was shown. Open it to see what.',
  taken: 'it is answered already, and the first answer counts.',
  closed: 'this case is closed.',
  'not-now': 'it takes no decision in its present state.',
  unread: 'only another release of Solekey can read this case.',
  failed: 'it could not be stored. Open it, and decide about it alone.',
};

/** A row that was refused: the user's name, or the id if there is no case of theirs, and the page of its case. */
export interface NamedRefusal {
  readonly name: string;
  readonly href: string;
  readonly why: RowRefusal;
}

/** The rows that were refused, each with its reason; null if there are none. `unreadable`: rows that are none of ours. */
export function refusedRows(
  refused: readonly NamedRefusal[],
  unreadable: number,
  title: string,
): Html | null {
  const lines = [
    ...refused.map(({ name, href, why }) => html`<a href="${href}">${name}</a>: ${WHY[why]}`),
    ...(unreadable === 0
      ? []
      : [html`${counted(unreadable, 'row')} could not be read: not from one of our pages.`]),
  ];
  return lines.length === 0 ? null : banner(bad(title, [...lines, NOTHING_ABOUT_THEM]));
}

const NOTHING_ABOUT_THEM = 'Nothing was changed for them.';
