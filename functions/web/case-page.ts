import { html } from 'hono/html';
import type { Found } from '../app/approve/show-case.ts';
import { droppedIn } from '../core/case/dropped.ts';
import { overdueSince } from '../core/case/overdue.ts';
import { allowsNothing, linkAllows } from '../core/case/requests.ts';
import { unreachedSentences } from '../core/health/unreached.ts';
import { listCommand, switchOnById } from '../core/messages/commands.ts';
import { shortKey } from '../core/model/observation.ts';
import type { CaseState, CaseView } from '../core/page/case-view.ts';
import type { Mistake } from '../core/page/choice.ts';
import { notCarriedOut } from '../core/words/dropped.ts';
import { overdueSentence } from '../core/words/overdue.ts';
import { activeCount } from '../core/words/status.ts';
import { PAGE } from '../core/words/style.ts';
import { inWords, momentFromNow } from '../core/words/words.ts';
import { aboutUser } from './about.ts';
import { alarm } from './alarm.ts';
import { confirmForm } from './confirm-form.ts';
import { decisionForm, type FormState, NOTHING_PUT_IN, type PutIn, restoreForm } from './forms.ts';
import { keyTable } from './key-table.ts';
import { type Banner, banner, byYourself, type Html, page, paragraphs } from './layout.ts';
import { backToList, linkToHandOn, ownLink } from './list/own-link.ts';
import { ownerTags } from './owners.ts';
import { adviceFor, proposalSection } from './proposal.ts';
import { aboutLink, ofWhom, readerId } from './reader.ts';
import { saysWhyAskedAgain, soFar, whyAskedAgain, whyHeld } from './reasons.ts';
import type { Setting } from './reply.ts';
import { ONLY_SHOWS, stateWords, whatWillHappen } from './states.ts';
import { usageSection } from './usage.ts';

export interface CasePage extends Setting, Omit<Found, 'kind'> {
  readonly banner?: Banner;
  /** True if the banner already says what happened or was decided. */
  readonly explained?: boolean;
  readonly putIn?: PutIn;
  readonly mistakes?: readonly Mistake[];
}

/**
 * The page behind a link: everything a person needs to decide, and how to check it without Solekey. The forms stand
 * above the details, because people read it on a phone.
 */
export function casePage(shown: CasePage): Html {
  const { view, visitor, policy, now } = shown;
  const { zone } = policy.digest;
  const advice = adviceFor(view, policy, now);
  const title = `${view.current.userName} has ${activeCount(view.active)}`;
  const form: FormState = {
    view,
    putIn: shown.putIn ?? NOTHING_PUT_IN,
    mistakes: shown.mistakes ?? [],
    only: visitor.claim.scope === 'list' ? (shown.harmless?.keep ?? null) : null,
    quiet: inWords(policy.quietPeriod),
    now,
    zone,
  };
  const { decides, restores, confirms } = formsOf(shown);
  const waits = advice.kind === 'wait';
  const proposed = advice.kind === 'proposal' ? advice.proposal.keep : null;
  return page(
    shown.banner?.tone === 'bad' ? `Not recorded: ${title}` : title,
    html`${head(shown)}<main>
${shown.banner === undefined ? null : banner(shown.banner)}
<h1>${title}</h1>
${alarm(view, policy)}
${paragraphs(opening(shown))}
${proposalSection(advice, view, now, zone)}
${decides && !waits ? decisionForm(form, proposed) : null}
${restores ? restoreForm(form) : null}
${confirms ? confirmForm(form) : null}
${MORE_WITH_ANOTHER_LINK[view.state] ? ownLink(shown, decides) : null}
${byHand(view)}
${decides && !waits ? whatWillHappen(view, policy, now) : null}
${keyTable(view, advice, now, zone)}
${usageSection(view, now, zone)}
${facts(shown)}
${decides && waits ? decideAnyway(shown, form) : null}
${linkToHandOn(shown)}
</main>${foot(shown)}`,
  );
}

/** The forms that the link permits on this page now. */
function formsOf({ view, visitor, harmless }: CasePage) {
  const { purpose, scope } = visitor.claim;
  const decided = scope === 'case' || harmless !== null;
  return {
    decides: view.state === 'question' && linkAllows(purpose, { kind: 'keep' }) && decided,
    restores: view.restorable.length > 0 && linkAllows(purpose, { kind: 'restore' }),
    confirms: view.state === 'confirm' && linkAllows(purpose, { kind: 'confirm' }),
  };
}

/** The form for a decision while the proposal is to wait: folded away, unless something was typed into it. */
function decideAnyway({ view, policy, now, putIn }: CasePage, form: FormState): Html {
  return html`<details${putIn === undefined ? null : ' open'}><summary>Decide anyway</summary>
${decisionForm(form, null)}
${whatWillHappen(view, policy, now)}
</details>`;
}

function head({ view, visitor, policy, list }: CasePage): Html {
  return html`<header><span>Solekey · ${policy.accountName} (${view.current.account})</span>
<span>${ofWhom(visitor)}</span>${backToList(list)}</header>`;
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

/** Sentences about answers to the question before the present one, if that is why there is a new one. */
function latelyDropped({ current }: CaseView, { policy, visitor }: CasePage): string[] {
  return droppedIn(current)
    .filter(({ asking }) => asking === current.asking)
    .map((one) => notCarriedOut(one, policy, PAGE, readerId(visitor)));
}

function facts({ view, policy, now }: CasePage): Html {
  const { current } = view;
  return html`<section><h2>The user</h2>
<p>IAM user <strong>${current.path}${current.userName}</strong> (${current.userId}) in account ${policy.accountName}
(${current.account}). Detected on ${momentFromNow(current.opened, now, policy.digest.zone)}.</p>
${aboutUser(view.evidence.about)}
${ownerTags(view, policy)}</section>`;
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

function foot({ visitor, view, policy, subscriptions, now }: CasePage): Html {
  const unreached = unreachedSentences(subscriptions, policy, null, PAGE).join(' ');
  const { expires } = visitor.claim;
  return html`<footer>
${
  unreached === ''
    ? null
    : html`<p>${unreached}</p>
`
}<p>${aboutLink(visitor)} It expires on
${momentFromNow(expires, now, policy.digest.zone)}. Solekey never asks for a password or a secret key.</p>
${byYourself(listCommand(view.current.userName))}
</footer>`;
}
