import { html } from 'hono/html';
import { unexpectedCreators } from '../core/case/unexpected-creators.ts';
import type { Policy } from '../core/model/policy.ts';
import type { CaseState, CaseView } from '../core/page/case-view.ts';
import { alarmHeadline, alarmSentences, type WayToAct } from '../core/words/alarm.ts';
import { PAGE } from '../core/words/style.ts';
import type { Html } from './layout.ts';

/** The reader's way to act on an unexpected key, by state; null if somebody has decided or nothing is asked. */
const WAY: Readonly<Record<CaseState, WayToAct | null>> = {
  question: 'decide-here',
  decided: null,
  restoring: null,
  confirm: null,
  grace: null,
  deleting: null,
  observing: 'in-iam',
  excluded: 'in-iam',
  held: null,
  waiting: null,
};

/**
 * A paragraph that says who created a key unexpectedly and what to do first; null if all creators are expected or
 * nothing is asked.
 */
export function alarm({ state, current }: CaseView, policy: Policy): Html | null {
  const created = unexpectedCreators(current, policy);
  const way = WAY[state];
  if (Object.keys(created).length === 0 || way === null) {
    return null;
  }
  return html`<div class="box bad"><p><strong>${alarmHeadline('this user')}</strong></p>
<p>${alarmSentences(created, current.keys, way, PAGE).join(' ')}</p></div>`;
}
