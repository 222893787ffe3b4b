import { activeKeys } from '../model/compliance.ts';
import { renewedSentence } from '../words/exception.ts';
import { MAIL } from '../words/style.ts';
import { day } from '../words/words.ts';
import type { NewsContext, NoticeContext } from './context.ts';
import { statusLines } from './key-lines.ts';
import { lines, prose } from './layout.ts';
import { dottedList, momentFromNow, personName, selfApproved, whom } from './phrases.ts';

/** The notice that an exception, which leaves several keys active until a date, ends then: once it is given, and before its end. */
export function exceptionEnding(context: NoticeContext): string[] {
  const { link } = context;
  const nothing = 'No key changes until someone decides.';
  return [
    prose(...exceptionEnds(context)),
    statusLines(context),
    link === null ? nothing : lines(prose(nothing, 'Decide earlier here:'), link),
  ];
}

/** The sentences that say until when an exception is, who gave it, and what then happens. */
export function exceptionEnds(context: Pick<NoticeContext, keyof NewsContext | 'link'>): string[] {
  const { current, policy } = context;
  const { decision } = current;
  if (decision?.kind !== 'not-now') {
    return [`The exception for ${whom(context)} has ended.`];
  }
  const active = dottedList(activeKeys(current.keys).map(({ id }) => id));
  return [
    `The exception that leaves ${active} of ${whom(context)} active ends on ${momentFromNow(decision.until, context)}.`,
    `${personName(policy, decision.by)} decided that on ${day(decision.at)}.`,
    selfApproved(context),
    renewedSentence(current, policy, MAIL, null),
    'Then you are asked again which key to keep.',
  ];
}
