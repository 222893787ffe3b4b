import { activeKeys } from '../model/compliance.ts';
import { renewedSentence } from '../words/exception.ts';
import { MAIL } from '../words/style.ts';
import { day } from '../words/words.ts';
import type { NoticeContext } from './context.ts';
import { statusLines } from './key-lines.ts';
import { lines, prose } from './layout.ts';
import { dottedList, momentFromNow, personName, whom } from './phrases.ts';

/** The warning that an exception, which leaves several keys active until a date, ends soon. */
export function exceptionEnding(context: NoticeContext): string[] {
  const { link } = context;
  const nothing = 'No key changes until someone decides.';
  return [
    prose(...ends(context)),
    statusLines(context),
    link === null ? nothing : lines(prose(nothing, 'Decide earlier here:'), link),
  ];
}

function ends(context: NoticeContext): string[] {
  const { current, policy } = context;
  const { decision } = current;
  if (decision?.kind !== 'not-now') {
    return [`The exception for ${whom(context)} has ended.`];
  }
  const active = dottedList(activeKeys(current.keys).map(({ id }) => id));
  return [
    `The exception that leaves ${active} of ${whom(context)} active ends on ${momentFromNow(decision.until, context)}.`,
    `${personName(policy, decision.by)} decided that on ${day(decision.at)}.`,
    renewedSentence(current, policy, MAIL, null),
    'Then you are asked again which key to keep.',
  ];
}
