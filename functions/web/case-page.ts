import { html } from 'hono/html';
import { isListed } from '../app/approve/open-question.ts';
import { takes } from '../app/approve/posted-answer.ts';
import type { Page } from '../app/approve/show-case.ts';
import { droppedIn } from '../core/case/dropped.ts';
import { overdueSince } from '../core/case/overdue.ts';
import { allowsNothing, isChoosing, linkAllows } from '../core/case/requests.ts';
import { switchOnById } from '../core/messages/commands.ts';
import { shortKey } from '../core/model/observation.ts';
import { adviceFor } from '../core/page/advice.ts';
import type { CaseState } from '../core/page/case-state.ts';
import type { CaseView } from '../core/page/case-view.ts';
import type { Mistake } from '../core/page/choice.ts';
import { OFFERED } from '../core/page/deactivate-all.ts';
import type { Advice } from '../core/proposal/advice.ts';
import { notCarriedOut } from '../core/words/dropped.ts';
import { overdueSentence } from '../core/words/overdue.ts';
import { activeCount } from '../core/words/status.ts';
import { PAGE } from '../core/words/style.ts';
import { inWords } from '../core/words/words.ts';
import { alarm } from './alarm.ts';
import { confirmForm } from './confirm-form.ts';
import { decisionForm, type FormState, NOTHING_PUT_IN, type PutIn } from './forms.ts';
import { type Framed, framed } from './frame.ts';
import { keyTable } from './key-table.ts';
import { type Html, paragraphs } from './layout.ts';
import { linkToDelete, linkToHandOn, linkToPutOff, ownLink } from './list/own-link.ts';
import { wouldBeAsked } from './observing.ts';
import { proposalSection } from './proposal.ts';
import { readerId } from './reader.ts';
import { saysWhyAskedAgain, soFar, whyAskedAgain, whyHeld } from './reasons.ts';
import type { Setting } from './reply.ts';
import { restoreForm } from './restore-form.ts';
import { commentWords, groundsWords, JUSTIFICATION, keyList } from './sentences.ts';
import { ONLY_SHOWS, stateWords, whatWillHappen } from './states.ts';
import { putOffForm } from './until/put-off-form.ts';
import { whoThisIs } from './who.ts';

export interface CasePage extends Framed, Page {
  /** True if the banner already says what happened or was decided. */
  readonly explained?: boolean;
  readonly putIn?: PutIn;
  readonly mistakes?: readonly Mistake[];
}

/**
 * The page behind a link: everything a person needs to decide, and how to check it without Solekey. State, proposal and the
 * forms stand above the details, because people read it on a phone.
 */
export function casePage(shown: CasePage): Html {
  const { view, policy, now } = shown;
  const { zone } = policy.digest;
  const advice = adviceFor(view, policy, now);
  const form = formState(shown);
  const { purpose } = shown.visitor.claim;
  const { decides, restores, confirms, deletesByMail, putsOff } = formsOf(shown);
  const waits = advice.kind === 'wait';
  return framed(
    shown,
    titleOf(shown, confirms),
    html`${alarm(view, policy)}
${paragraphs(opening(shown))}
${proposalSection(advice, view, now, zone)}
${decides && !waits ? decisionForm(form, advice) : null}
${decides && waits ? decideAnyway(shown, form, advice) : null}
${view.state === 'observing' ? wouldBeAsked(shown) : null}
${restores ? restoreForm(form, isListed(shown.visitor)) : null}
${confirms ? confirmForm(form) : null}
${deletesByMail ? linkToDelete(shown) : null}
${putsOff ? (linkAllows(purpose, { kind: 'keep-inactive' }) ? putOffForm(form) : linkToPutOff(shown)) : null}
${MORE_WITH_ANOTHER_LINK[view.state] ? ownLink(shown, decides) : null}
${byHand(view)}
${decidedBecause(shown)}
${decides && !waits ? whatWillHappen(view, policy, now) : null}
${keyTable(view, advice, now, zone)}
${whoThisIs(shown)}
${purpose === 'delete' ? null : linkToHandOn(shown)}`,
  );
}

/** The heading: the state of the user or, on a page that only deletes, what it deletes. */
function titleOf({ view: { current, active, confirmable }, visitor }: CasePage, confirms: boolean): string {
  return confirms && visitor.claim.purpose === 'delete'
    ? `Delete ${keyList(confirmable)} of ${current.userName} permanently?`
    : `${current.userName} has ${activeCount(active)}`;
}

/** The page of what was found, without what else the result says. */
export function pageOf(found: Page, setting: Setting): CasePage {
  const { visitor, view, harmless, subscriptions, comment } = found;
  return { visitor, view, harmless, subscriptions, comment, ...setting };
}

/** Everything that the forms of a page depend on. */
export function formState({ view, visitor, policy, now, harmless, ...typed }: CasePage): FormState {
  return {
    view,
    offered: typed.offered ?? OFFERED,
    putIn: typed.putIn ?? NOTHING_PUT_IN,
    mistakes: typed.mistakes ?? [],
    only: visitor.claim.scope === 'list' ? (harmless?.keep ?? null) : null,
    quiet: inWords(policy.quietPeriod),
    now,
    zone: policy.digest.zone,
  };
}

/** The forms that the link permits on this page now. A deletion has a page of its own, if a link to it can be mailed. */
function formsOf({ view, visitor, harmless, mailsLinks = false, offered }: CasePage) {
  const { purpose, scope } = visitor.claim;
  const decided = scope === 'case' || harmless !== null;
  const confirms = view.state === 'confirm' && linkAllows(purpose, { kind: 'confirm' });
  const deletesByMail = confirms && mailsLinks && purpose !== 'delete';
  return {
    decides: view.state === 'question' && linkAllows(purpose, { kind: 'keep' }) && decided,
    restores: view.restorable.length > 0 && linkAllows(purpose, { kind: 'restore' }),
    confirms: confirms && !deletesByMail,
    deletesByMail,
    putsOff: takes(view, 'keep-inactive', offered),
  };
}

/** The form for a decision while the proposal is to wait: folded away, unless an answer was refused. */
function decideAnyway({ view, policy, now, putIn }: CasePage, form: FormState, advice: Advice): Html {
  return html`<details${putIn === undefined ? null : ' open'}><summary>Decide anyway</summary>
${decisionForm(form, advice)}
${whatWillHappen(view, policy, now)}
</details>`;
}

/** True for the states in which a decision link would permit more than this one. */
const MORE_WITH_ANOTHER_LINK: Readonly<Record<CaseState, boolean>> = {
  question: true,
  decided: false,
  restoring: false,
  confirm: true,
  grace: true,
  deleting: false,
  observing: false,
  excluded: false,
  held: false,
  waiting: false,
};

function opening(shown: CasePage): string[] {
  const { view, visitor, policy, now } = shown;
  const { current, state } = view;
  const explained = shown.explained === true;
  const why =
    explained || state === 'decided' || saysWhyAskedAgain(current) ? '' : whyAskedAgain(current, policy);
  return [
    whyHeld(current, policy),
    state === 'question' && why !== '' ? `Why you are asked again: ${why}` : why,
    ...(explained && state === 'decided' ? [] : stateWords(view, shown)),
    allowsNothing(visitor.claim.purpose) && MORE_WITH_ANOTHER_LINK[state] ? ONLY_SHOWS : '',
    view.decided === null ? soFar(current) : '',
    view.decided === null ? overdueSentence(overdueSince(current, policy, now)) : '',
    ...(explained || view.decided !== null ? [] : latelyDropped(view, shown)),
  ].filter((line) => line !== '');
}

/** The reason and the comment of the decision that the page is about, below the forms because the comment may be long; null if none. */
function decidedBecause({ view: { decided, current, state }, comment }: CasePage): Html | null {
  if (decided?.ask.kind === 'keep-inactive') {
    return commentWords(comment, JUSTIFICATION);
  }
  const decision = DECIDED_BEFORE[state] ? current.decision : null;
  const given = decided !== null && isChoosing(decided.ask) ? decided.ask : decision;
  return given === null ? null : groundsWords(given, comment);
}

/** True for the states in which an earlier decision may be in force. */
const DECIDED_BEFORE: Readonly<Record<CaseState, boolean>> = {
  question: true,
  decided: false,
  restoring: false,
  confirm: true,
  grace: true,
  deleting: false,
  observing: false,
  excluded: false,
  held: false,
  waiting: false,
};

/** Sentences about answers to the question before the present one, if that is why there is a new one. */
function latelyDropped({ current }: CaseView, { policy, visitor }: CasePage): string[] {
  return droppedIn(current)
    .filter(({ asking }) => asking === current.asking)
    .map((one) => notCarriedOut(one, policy, PAGE, readerId(visitor)));
}

/** The exact commands to reactivate keys, for keys that Solekey cannot reactivate because of IAM or the settings. */
function byHand({ byHand: keys, current }: CaseView): Html | null {
  if (keys.length === 0) {
    return null;
  }
  const lines = keys.map(
    (id) =>
      html`<li><span class="key">${shortKey(id)}</span>: <code>${switchOnById(current.userName, id)}</code></li>`,
  );
  return html`<section><h2>Reactivate a key by hand</h2>
<p>Solekey deactivated these keys and cannot reactivate them. Someone with IAM permissions can:</p><ul>${lines}</ul></section>`;
}
