import { html } from 'hono/html';
import { NO_KEY } from '../contracts/decision-form.ts';
import { changeFrom } from '../core/case/change-window.ts';
import { DECISION_REASONS, isCompromised, LONGEST_COMMENT } from '../core/case/decision.ts';
import { confirmedIfNeeded } from '../core/case/deletion.ts';
import { type ObservedKey, shortKey } from '../core/model/observation.ts';
import type { Deletion, Policy } from '../core/model/policy.ts';
import { type Instant, plus } from '../core/model/time.ts';
import { adviceFor } from '../core/page/advice.ts';
import type { CaseView } from '../core/page/case-view.ts';
import { keysToDeactivate } from '../core/page/choice.ts';
import type { Advice } from '../core/proposal/advice.ts';
import { usageOf } from '../core/proposal/context.ts';
import { wasInUse } from '../core/proposal/unproved.ts';
import { besideProposal } from '../core/words/checked.ts';
import { REASON_TO_CHOOSE } from '../core/words/grounds.ts';
import { keyUse } from '../core/words/key-use.ts';
import { PAGE } from '../core/words/style.ts';
import { openingWords } from '../core/words/window.ts';
import { momentFromNow } from '../core/words/words.ts';
import { type CasePage, formState } from './case-page.ts';
import { BY_HAND, describedBy, type FormState, lastFours, mending, type Typed } from './forms.ts';
import { framed } from './frame.ts';
import { type Html, paragraphs, THIS_PAGE, unbroken } from './layout.ts';
import { pausedWords } from './paused.ts';
import { keyList, keysWith, ownKeyWords } from './sentences.ts';

/**
 * The page to check before a decision is stored: what it deactivates and keeps, what we proposed, what then becomes of each
 * key, and the form. `keep` is null if no key is kept. The keys to deactivate must be typed: mail scanners press buttons, and
 * must not be able to decide.
 */
export function checkPage(shown: CasePage, keep: string | null): Html {
  const { view, policy, now } = shown;
  const off = view.active.filter(({ id }) => id !== keep);
  const advice = adviceFor(view, policy, now);
  const ids = view.active.map(({ id }) => id);
  const state = formState(shown);
  const beside =
    off.length === 0 ? '' : besideProposal(advice, keep, ids, { now, zone: policy.digest.zone }).join(' ');
  const own = keep === null ? undefined : view.own[keep];
  const told = keep === null || own === undefined ? '' : ownKeyWords(keep, own);
  const lines = [aboutTo(shown, keep, off), told, beside].filter((line) => line !== '');
  return framed(
    shown,
    `Check your decision about ${view.current.userName}`,
    html`${opening(lines, isRisky(view, advice, keep, off))}
${paragraphs(pausedWords(view, policy))}
${paragraphs(keysToDeactivate(view, keep).map((id) => whatBecomes(shown, keep, id)))}
${checkForm(state, keep, off)}
<p><a href="${THIS_PAGE}">Go back</a></p>`,
  );
}

/** The sentences on the consequences, in a box if they are risky: a danger must not look like a safe choice. */
function opening(lines: readonly string[], risky: boolean): Html {
  const told = paragraphs(lines.map((line) => html`${unbroken(line)}`));
  return risky ? html`<div class="box bad">${told}</div>` : html`${told}`;
}

/** True if the choice deactivates a key in use, or is anything other than a proposal of which we are fairly sure. */
function isRisky(view: CaseView, advice: Advice, keep: string | null, off: readonly ObservedKey[]): boolean {
  if (off.length === 0) {
    return false;
  }
  const asProposed =
    advice.kind === 'proposal' && advice.proposal.keep === keep && advice.proposal.confidence !== 'low';
  return !asProposed || off.some(({ id }) => view.inUse.includes(id));
}

/** A sentence for each key with its last use, as mails say it. */
function aboutTo({ view, policy, now }: CasePage, keep: string | null, off: readonly ObservedKey[]): string {
  const named = (key: ObservedKey) =>
    `${shortKey(key.id)}: ${keyUse(key, view.evidence.usage?.[key.id], now, policy.digest.zone, PAGE)}.`;
  const gone = off.map(
    (key, place) => `You are ${place === 0 ? '' : 'also '}about to deactivate ${named(key)}`,
  );
  const left = off.length === 0 ? [`You are about to leave ${keyList(view.pending)} inactive.`] : gone;
  const kept = view.active.filter(({ id }) => id === keep).map((key) => `You keep ${named(key)}`);
  return [...left, ...(keep === null ? [NO_KEY_LEFT] : kept)].join(' ');
}

const NO_KEY_LEFT = 'After that the user has no active key.';

/** The end of the sentence about a key; `unless` is the condition of a deletion (S14), or empty. */
const THEN: Readonly<Record<Deletion, (when: string, unless: string) => string>> = {
  'after-grace': (when, unless) =>
    `, then deleted permanently on ${when} at the earliest${unless}. A mail announces that first, and until then it can be reactivated.`,
  'on-confirmation': (when) =>
    `, then deleted only after a person confirms it, on ${when} at the earliest. Until then it can be reactivated.`,
  never: () => '. Solekey does not delete it.',
};

/** The fate of a key that is not kept, by the setting `deletion`. `soon` says when an Active one is deactivated, unless it waits. */
export function whatBecomes(
  { view, policy, now }: Pick<CasePage, 'view' | 'policy' | 'now'>,
  keep: string | null,
  id: string,
  soon = WITHIN_A_MINUTE,
): Html {
  const off = view.pending.includes(id) ? now : (view.opens ?? now);
  const when = momentFromNow(changeFrom(plus(off, policy.grace), null, policy), now, policy.digest.zone);
  const first = view.pending.includes(id) ? 'stays inactive' : whenDeactivated(view, policy, soon);
  const deletion = confirmedIfNeeded(policy.deletion, { kind: keep === null ? 'none' : 'keep' }, policy);
  const unless =
    keep !== null && mustBeTakenOver(view, id, now)
      ? `, if ${shortKey(keep)} is seen doing its work by then; otherwise someone is asked first`
      : '';
  return html`<span class="key">${shortKey(id)}</span> ${first}${THEN[deletion](when, unless)}`;
}

function whenDeactivated({ paused, opens }: CaseView, { digest }: Policy, soon: string): string {
  if (paused) {
    return ONCE_RESUMED;
  }
  return opens === null
    ? soon
    : `is deactivated when the change window opens, on ${openingWords(opens, digest.zone)}`;
}

const WITHIN_A_MINUTE = 'is deactivated within about a minute';

const ONCE_RESUMED = 'is deactivated as soon as Solekey is no longer paused';

/** S14: true if the key was in use in the 30 days before it was, or would now be, deactivated. */
function mustBeTakenOver({ current, evidence: { usage } }: CaseView, id: string, now: Instant): boolean {
  const since = current.progress[id]?.deactivated ?? now;
  const key = current.keys.find((one) => one.id === id);
  return usage !== undefined && wasInUse(key, usageOf(usage, id), { id, since });
}

function checkForm(state: FormState, keep: string | null, off: readonly ObservedKey[]): Html {
  const { view } = state;
  const all = keysToDeactivate(view, keep);
  const active = off.map(({ id }) => id);
  const button = active.length === 0 ? `Leave ${keyList(all)} inactive` : `Deactivate ${keyList(active)}`;
  return html`<form method="post">
<input type="hidden" name="facts" value="${view.digest}">
${keep === null ? html`<input type="hidden" name="none" value="${NO_KEY}">` : html`<input type="hidden" name="keep" value="${keep}">`}
${acknowledgement(state, active)}
${reasons(state, state.only !== null, state.view.opens !== null)}
${comment(state)}
${offField(state, all, active)}
<p><button type="submit">${button}</button></p>
</form>`;
}

function offHint({ view: { pending } }: FormState, active: readonly string[]): string {
  const also =
    active.length === 0 || pending.length === 0
      ? ''
      : `Include ${keyList(pending)}, already deactivated by Solekey. `;
  return `${also}${BY_HAND}`;
}

/** The box into which all keys to deactivate are typed; `active` are those that are still Active. */
export function offField(state: FormState, all: readonly string[], active: readonly string[]): Html {
  const label = `Last four characters of ${all.length === 1 ? 'the key' : 'every key'} to ${active.length === 0 ? 'leave inactive' : 'deactivate'}`;
  return lastFours(state, 'off', label, offHint(state, active));
}

/** The box to acknowledge a use, and the keys that it is about (S6); null unless this deactivates a key in use. */
export function acknowledgement(state: FormState, off: readonly string[]): Html | null {
  const used = state.view.inUse.filter((id) => off.includes(id));
  return used.length === 0
    ? null
    : html`<input type="hidden" name="shownInUse" value="${used.join(' ')}">
<fieldset ${describedBy(state, 'inUse')}><legend>${keysWith(used, 'is', 'are')} in use</legend>${mending(state, 'inUse')}
<label><input type="checkbox" name="inUse" id="inUse" value="yes" ${state.putIn.inUse ? 'checked' : ''}>
I know that ${keysWith(used, 'was', 'were')} used within the last ${state.quiet}, and that something may stop working.</label></fieldset>`;
}

/**
 * The reasons, none preselected. `waits`: the others wait for the change window. A link to a list (`listed`) does not permit the one that
 * needs no acknowledgement of a use.
 */
export function reasons(state: Typed, listed: boolean, waits = false): Html {
  const offered = DECISION_REASONS.filter((reason) => !(listed && isCompromised({ reason })));
  const options = offered.map(
    (reason) =>
      html`<option value="${reason}"${state.putIn.reason === reason ? ' selected' : ''}>${REASON_TO_CHOOSE[reason]}</option>`,
  );
  return html`<p><label class="label" for="reason">Reason</label></p>${mending(state, 'reason')}
<select id="reason" name="reason" required ${describedBy(state, 'reason')}><option value="">Choose a reason</option>${options}</select>
${listed ? null : html`<p class="hint">Compromised: no need to acknowledge its use${waits ? ', and no wait for the change window' : ''}; all approvers and operators get an urgent mail.</p>`}`;
}

/** The box for a comment. */
export function comment(state: Typed): Html {
  return html`<p><label class="label" for="comment">Comment (optional, on pages only)</label></p>${mending(state, 'comment')}
<textarea id="comment" name="comment" rows="2" maxlength="${LONGEST_COMMENT}">${state.putIn.comment}</textarea>`;
}
