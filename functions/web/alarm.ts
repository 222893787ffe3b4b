import { html } from 'hono/html';
import { exposedKeys } from '../core/case/exposure.ts';
import { unexpectedCreators } from '../core/case/unexpected-creators.ts';
import type { Policy } from '../core/model/policy.ts';
import type { CaseState } from '../core/page/case-state.ts';
import type { CaseView } from '../core/page/case-view.ts';
import { alarmHeadline, alarmSentences, type WayToAct } from '../core/words/alarm.ts';
import { exposedHeadline, exposedSentences } from '../core/words/exposed.ts';
import { PAGE } from '../core/words/style.ts';
import { type Html, paragraphs } from './layout.ts';

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
 * A box that says which key is exposed, then who created a key unexpectedly, and what to do first; null if there is no alarm. An
 * unexpected creator is nothing to tell once somebody has decided or nothing is asked. An exposed key is, because the report
 * may have come since.
 */
export function alarm({ state, current }: CaseView, policy: Policy): Html | null {
  const way = WAY[state];
  const exposed = exposedKeys(current);
  const created = way === null ? {} : unexpectedCreators(current, policy);
  const reported = Object.keys(exposed).length > 0;
  if (!reported && Object.keys(created).length === 0) {
    return null;
  }
  const headline = reported ? exposedHeadline(exposed, 'this user') : alarmHeadline('this user');
  const told = [
    ...(reported ? [exposedSentences(exposed, current.keys, way ?? 'in-iam', PAGE)] : []),
    ...(Object.keys(created).length === 0
      ? []
      : [alarmSentences(created, current.keys, way ?? 'in-iam', PAGE)]),
  ];
  return html`<div class="box bad"><p><strong>${headline}</strong></p>
${paragraphs(told.map((sentences) => sentences.join(' ')))}</div>`;
}
