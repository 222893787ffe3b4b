import { compromisedActive } from '../channel/urgency.ts';
import { whyAskedAgain } from '../words/asked-again.ts';
import { activeCount } from '../words/status.ts';
import { MAIL } from '../words/style.ts';
import type { NewsContext } from './context.ts';
import { bodyOf, checkWithout } from './foot.ts';
import { prose } from './layout.ts';
import { checkWhatWasDone, deactivated, offKeys, whomAgain } from './phrases.ts';
import { subjectOf } from './subject.ts';

/**
 * The mail to operators that keys were deactivated as compromised, or that such a key is active again. It never contains a link,
 * nor the reason, which only pages show.
 */
export function renderForOperators(context: NewsContext): {
  readonly subject: string;
  readonly body: string;
} {
  const { kind, current } = context;
  const news =
    kind === 'restored'
      ? [...restored(context), checkWhatWasDone(compromisedActive(current))]
      : [deactivated({ ...context, link: null }), checkWhatWasDone(offKeys(context))];
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
