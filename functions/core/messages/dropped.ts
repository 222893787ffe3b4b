import type { Case } from '../case/case.ts';
import { type DroppedAnswer, droppedIn, droppedOf } from '../case/dropped.ts';
import { notCarriedOut } from '../words/dropped.ts';
import { activeCount } from '../words/status.ts';
import { MAIL } from '../words/style.ts';
import type { NoticeContext } from './context.ts';
import { bodyOf, foot } from './foot.ts';
import { lines, prose } from './layout.ts';
import { whom } from './phrases.ts';
import { subjectAbout } from './subject.ts';

/** The data for a mail only about answers that were not carried out. */
export type ReasonContext = Omit<NoticeContext, 'kind'>;

/**
 * A mail only about answers of its reader that were not carried out: the reason, the present state and, where something
 * can be decided, the link.
 */
export function renderReason(context: ReasonContext): { readonly subject: string; readonly body: string } {
  const { current, policy, link } = context;
  const paragraphs = [
    prose(dropped(context), `${whom(context)} has ${activeCount(current.keys)}.`),
    link === null ? '' : lines('See the case here:', link),
  ];
  return {
    subject: subjectAbout(current, policy, 'your answer was not carried out'),
    body: bodyOf(paragraphs, foot(context), link !== null),
  };
}

/**
 * A paragraph about answers that were not carried out: those of the reader, and a confirmation by somebody who may not
 * decide any more, which everybody else is asked for again. Empty if there are none.
 */
export function dropped({ current, policy, recipient }: ReasonContext): string {
  const own = droppedOf(current, recipient);
  const others = droppedIn(current).filter((one) => isAskedAgain(one, current));
  return prose(...[...own, ...others].map((one) => notCarriedOut(one, policy, MAIL, recipient.id)));
}

function isAskedAgain({ kind, why, asking }: DroppedAnswer, current: Case): boolean {
  return kind === 'confirm' && why === 'not-an-approver' && asking === current.asking;
}
