import { html } from 'hono/html';
import type { Visitor } from '../app/show-case.ts';
import type { CaseView } from '../core/case-view.ts';
import type { Mistake } from '../core/choice.ts';
import { listCommand, switchOnById } from '../core/messages/commands.ts';
import { shortKey } from '../core/model.ts';
import type { Policy } from '../core/policy.ts';
import { type Proposal, propose, proposalContext } from '../core/proposal.ts';
import type { Instant } from '../core/time.ts';
import { fromNow, inWords, moment } from '../core/words.ts';
import { alarm } from './alarm.ts';
import { confirmForm } from './confirm-form.ts';
import { decisionForm, type FormState, NOTHING_PUT_IN, type PutIn, restoreForm } from './forms.ts';
import { keyTable } from './key-table.ts';
import { type Banner, banner, type Html, page, paragraphs } from './layout.ts';
import { proposalSection } from './proposal.ts';
import { whyAskedAgain, whyHeld } from './sentences.ts';
import { stateWords, whatWillHappen } from './states.ts';

export interface CasePage {
  visitor: Visitor;
  view: CaseView;
  policy: Policy;
  now: Instant;
  banner?: Banner;
  putIn?: PutIn;
  mistakes?: readonly Mistake[];
}

/** The page behind a link: everything a person needs to decide, and how to check it without us. */
export function casePage(shown: CasePage): Html {
  const { view, visitor, policy, now } = shown;
  const proposal = proposed(shown);
  const title = `${view.known.userName} has ${activeCount(view)}`;
  const form: FormState = {
    view,
    putIn: shown.putIn ?? NOTHING_PUT_IN,
    mistakes: shown.mistakes ?? [],
    quiet: inWords(policy.quietPeriod),
    now,
  };
  const decides = view.state === 'question' && visitor.claim.purpose === 'decide';
  const confirms = view.state === 'confirm' && visitor.claim.purpose === 'decide';
  return page(
    title,
    html`${head(shown)}<main>
${shown.banner === undefined ? null : banner(shown.banner)}
<h1>${title}</h1>
${alarm(view, policy)}
${paragraphs(opening(shown))}
${facts(shown)}
${proposalSection(proposal, view.known.keys, now)}
${keyTable(view, proposal, now)}
${decides ? decisionForm(form, proposal?.keep ?? null) : null}
${confirms ? confirmForm(form) : null}
${view.restorable.length > 0 ? restoreForm(form) : null}
${byHand(view)}
${decides ? whatWillHappen(view, policy, now) : null}
</main>${foot(shown)}`,
  );
}

/** Only where there is something to choose, or would be if we were let. */
function proposed({ view, policy, now }: CasePage): Proposal | null {
  if (view.active.length < 2 || !['question', 'observing', 'excluded'].includes(view.state)) return null;
  return propose(view.known.keys, proposalContext(view.known, policy, now));
}

function activeCount({ active }: CaseView): string {
  return active.length === 1 ? 'one active access key' : `${active.length || 'no'} active access keys`;
}

function head({ view, visitor, policy }: CasePage): Html {
  return html`<header><span>Solekey · ${policy.accountName} (${view.known.account})</span>
<span>You are ${visitor.approver.name}</span></header>`;
}

function opening({ view, visitor, policy }: CasePage): string[] {
  const { heldFor, askedAgain } = view.known;
  const asked = view.state === 'question' && askedAgain !== null;
  return [
    ...(heldFor === null ? [] : [whyHeld(heldFor)]),
    ...stateWords(view, policy, visitor),
    ...(asked ? [`Why you are asked again: ${whyAskedAgain(askedAgain, policy)}`] : []),
    ...(view.pending.length === 0 && view.decided === null ? ['Nothing has been changed so far.'] : []),
  ];
}

function facts({ view, policy, now }: CasePage): Html {
  const { known } = view;
  return html`<section><h2>Who this is</h2>
<p>IAM user <strong>${known.path}${known.userName}</strong> (${known.userId}) in account ${policy.accountName}
(${known.account}). Noticed on ${moment(known.opened)} (${fromNow(known.opened, now)}).</p></section>`;
}

/** Where IAM forbids us to bring a key back, the exact command for somebody whom it does not. */
function byHand({ byHand: keys, known }: CaseView): Html | null {
  if (keys.length === 0) return null;
  const lines = keys.map(
    (id) =>
      html`<li><span class="key">${shortKey(id)}</span>: <code>${switchOnById(known.userName, id)}</code></li>`,
  );
  return html`<section><h2>Bring a key back by hand</h2>
<p>Solekey switched these off and may not switch them on. Somebody with rights in IAM can:</p><ul>${lines}</ul></section>`;
}

function foot({ visitor, view, now }: CasePage): Html {
  const { expires } = visitor.claim;
  return html`<footer>
<p>What is put in here is recorded as yours, ${visitor.approver.name}, so please keep this link to yourself. It ends on
${moment(expires)} (${fromNow(expires, now)}). We never ask for a password or a secret key.</p>
<p>To check without this link: <code>${listCommand(view.known.userName)}</code></p>
</footer>`;
}
