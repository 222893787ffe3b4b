import { html } from 'hono/html';
import { type ReviewRow, ROW_FIELD, rowText } from '../../contracts/review-form.ts';
import { exceptionOf } from '../../core/case/exception.ts';
import { exposedKeys } from '../../core/case/exposure.ts';
import type { Want } from '../../core/case/list-rank.ts';
import { overdueSince } from '../../core/case/overdue.ts';
import type { UnreadCase } from '../../core/case/unread.ts';
import { adviceFor } from '../../core/page/advice.ts';
import type { CaseState } from '../../core/page/case-state.ts';
import type { CaseView } from '../../core/page/case-view.ts';
import { fourOf, keysToDeactivate } from '../../core/page/choice.ts';
import type { ListRow } from '../../core/page/list.ts';
import type { Advice } from '../../core/proposal/advice.ts';
import type { Proposal } from '../../core/proposal/proposal.ts';
import { CONFIDENCE, choiceWords, doubtSentences, waitWords } from '../../core/words/advice.ts';
import { waitsForBudget } from '../../core/words/budget.ts';
import { renewedSentence } from '../../core/words/exception.ts';
import { keepNone } from '../../core/words/exposed.ts';
import { HELD } from '../../core/words/holds.ts';
import { EXPOSED_KEY, PRIVILEGED, WANT, whyInShort } from '../../core/words/list.ts';
import { overdueInShort } from '../../core/words/overdue.ts';
import { activeCount } from '../../core/words/status.ts';
import { PAGE } from '../../core/words/style.ts';
import { waitsForOpening } from '../../core/words/window.ts';
import { day, fromNow, moment, momentFromNow } from '../../core/words/words.ts';
import { type Html, unbroken } from '../layout.ts';
import type { Setting } from '../reply.ts';
import { keysWith, nameOf } from '../sentences.ts';
import { rowKeys } from './row-keys.ts';

/** True for the wants whose card is marked, because they are not to be overlooked. */
const MARKED: Readonly<Record<Want, boolean>> = {
  alarm: true,
  held: true,
  'deletion-to-confirm': false,
  undecided: false,
  rest: false,
};

/** An open case in the list: a card, because a table with so much in it would be wider than a phone. */
export function rowCard(row: ListRow, href: string, setting: Setting): Html {
  const { view, want } = row;
  const { current, active } = view;
  const { headline, why } =
    excepted(view, setting) ?? inShort(view, adviceFor(view, setting.policy, setting.now), setting);
  return html`<li class="card${MARKED[want] ? ' bad' : ''}">
<p class="hint">${heading(want, view, setting)}</p>
<h2><a href="${href}">${current.userName}</a></h2>
<p>${activeCount(active)} since ${day(current.opened)} (${fromNow(current.opened, setting.now)})</p>
<p><strong>${unbroken(headline)}</strong></p>
${why === '' ? null : html`<p>${unbroken(why)}</p>`}
${toDo(row, href)}
${rowKeys(view, setting)}
</li>`;
}

/** The choice to decide as proposed together with other rows, not preselected; otherwise the link to the page of the case. */
function toDo({ view, harmless, together }: ListRow, href: string): Html {
  if (together !== null) {
    const row = rowText(askedFor(view, together));
    return html`<label><input type="checkbox" name="${ROW_FIELD}" value="${row}"> Decide about ${view.current.userName} as proposed</label>`;
  }
  const link = harmless === null ? 'Details' : `Decide: ${choiceWords(harmless, PAGE)}`;
  return html`<p><a class="act" href="${href}">${unbroken(link)}</a></p>`;
}

/** The answer of a row: the proposal about exactly what its page shows. */
export function askedFor(view: CaseView, { keep }: Pick<Proposal, 'keep'>): ReviewRow {
  const { userId, number: caseNumber } = view.current;
  return { userId, caseNumber, keep, off: keysToDeactivate(view, keep).map(fourOf), facts: view.digest };
}

/** `Decision needed`, `Decision needed · overdue since 3 Nov 2026 · administrator`. */
function heading(want: Want, { current, evidence: { about } }: CaseView, { policy, now }: Setting): string {
  const privilege = about === undefined ? null : PRIVILEGED[about.privilege.kind];
  const overdue = overdueInShort(overdueSince(current, policy, now));
  const alarms = want === 'alarm' && Object.keys(exposedKeys(current)).length > 0 ? EXPOSED_KEY : WANT[want];
  const what = want === 'rest' && exceptionOf(current) !== null ? 'Exception' : alarms;
  return [what, overdue, privilege ?? ''].filter((text) => text !== '').join(' · ');
}

/** The card of a case that only another release can read. */
export function unreadCard({ userName, userId, why, reason }: UnreadCase): Html {
  return html`<li class="card bad">
<p class="hint">Cannot be read</p>
<h2>${userName ?? userId}</h2>
<p>${UNREAD[why]} Not readable: ${reason}. Nothing can be decided about this user until then.</p>
</li>`;
}

const UNREAD: Readonly<Record<UnreadCase['why'], string>> = {
  newer: 'A newer release of Solekey wrote this case.',
  broken: 'The record of this case is damaged.',
};

/** The most important line of a card, and the reason for it; the reason is empty if there is none to give. */
interface InShort {
  readonly headline: string;
  readonly why: string;
}

function inShort(view: CaseView, advice: Advice, setting: Setting): InShort {
  const { now, policy } = setting;
  const { zone } = policy.digest;
  const { current, active } = view;
  switch (advice.kind) {
    case 'none':
      return { headline: AT_REST[view.state](view, setting), why: '' };
    case 'wait':
      return { headline: `Proposal: ${waitWords(advice.wait, now, zone)}.`, why: '' };
    case 'suspect':
      return { headline: `Proposal: ${keepNone(advice.exposed)}.`, why: '' };
    case 'doubt': {
      const [headline = ''] = doubtSentences(
        advice.doubt,
        active.map(({ id }) => id),
        PAGE,
      );
      return { headline, why: '' };
    }
    case 'proposal': {
      const { proposal } = advice;
      return {
        headline: `Proposal: ${choiceWords(proposal, PAGE)}. ${CONFIDENCE[proposal.confidence]}`,
        why: whyInShort(proposal, current.keys, now, zone, PAGE),
      };
    }
  }
}

/** The end of an exception, by whom it is, and how often it was renewed; null if there is none. */
function excepted({ current }: CaseView, { policy }: Setting): InShort | null {
  const exception = exceptionOf(current);
  return exception === null
    ? null
    : {
        headline: `Exception until ${moment(exception.until, policy.digest.zone)} by ${nameOf(policy, exception.by)}.`,
        why: renewedSentence(current, policy, PAGE, null),
      };
}

/** The state of a case about whose keys there is no proposal. */
const AT_REST: Readonly<Record<CaseState, (view: CaseView, setting: Setting) => string>> = {
  question: ({ pending }) => `Decide whether ${keysWith(pending, 'stays', 'stay')} inactive.`,
  decided: ({ current, paused, opens }, { policy, now }) => {
    if (!paused && opens !== null) {
      return `Decided; ${waitsForOpening(opens, policy.digest.zone)}.`;
    }
    const waits = paused ? null : waitsForBudget(current, policy, now);
    return waits === null ? 'Decided; being carried out.' : `Decided; ${waits}.`;
  },
  restoring: () => 'A key is being reactivated.',
  confirm: ({ confirmable }) => `${keysWith(confirmable, 'is', 'are')} deleted only if someone confirms it.`,
  grace: ({ pending, undoUntil }, { policy, now }) =>
    undoUntil === null
      ? `${keysWith(pending, 'is', 'are')} inactive and can be reactivated.`
      : `${keysWith(pending, 'is', 'are')} inactive and can be reactivated until ${momentFromNow(undoUntil, now, policy.digest.zone)}.`,
  deleting: () => 'The deletion has begun.',
  observing: () => 'Solekey only observes this account.',
  excluded: () => 'This user is excluded, so Solekey never changes its keys.',
  held: ({ current: { heldFor } }) => (heldFor === null ? 'On hold.' : HELD[heldFor]),
  waiting: () => 'Nothing to decide now.',
};
