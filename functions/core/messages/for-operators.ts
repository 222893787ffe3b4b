import type { Case, NoticeKind } from '../case/case.ts';
import { compromisedActive, tellsOfCompromised, tellsOfSelfApproval } from '../case/for-everybody.ts';
import { whyAskedAgain } from '../words/asked-again.ts';
import { activeCount } from '../words/status.ts';
import { MAIL } from '../words/style.ts';
import type { NewsContext } from './context.ts';
import { exceptionEnds } from './exception.ts';
import { bodyOf, checkWithout } from './foot.ts';
import { prose } from './layout.ts';
import { checkWhatWasDone, deactivated, offKeys, selfApproved, whomAgain } from './phrases.ts';
import { subjectOf } from './subject.ts';

/** True for the news that operators get as well: about compromised keys, and about a key that its creator kept. */
export function isForOperators(kind: NoticeKind, current: Case): boolean {
  return tellsOfCompromised(kind, current) || tellsOfSelfApproval(kind, current);
}

/**
 * The mail to operators that keys were deactivated as compromised, that such a key is active again, or that somebody kept a
 * key that they created. It never contains a link, nor the reason, which only pages show.
 */
export function renderForOperators(context: NewsContext): {
  readonly subject: string;
  readonly body: string;
} {
  const { kind, current } = context;
  const check = tellsOfCompromised(kind, current) ? checkWhatWasDone(offKeys(context)) : '';
  const news =
    kind === 'restored'
      ? [...restored(context), checkWhatWasDone(compromisedActive(current))]
      : kind === 'exception-ending'
        ? exceptionEnds({ ...context, link: null })
        : [deactivated({ ...context, link: null }), selfApproved(context), check];
  const ask =
    'Each approver has a mail with a link to the case, which says why. Solekey sends operators no links.';
  return {
    subject: subjectOf(context),
    body: bodyOf([`Urgent: ${prose(...news)}`, ask], [checkWithout(current, false)], false),
  };
}

function restored(context: NewsContext): string[] {
  const { current, policy } = context;
  const has = `${whomAgain(context)} has ${activeCount(current.keys)}.`;
  return [has, ...whyAskedAgain(current, policy, MAIL)];
}
