import { html } from 'hono/html';
import type { Visitor } from '../app/approve/show-case.ts';
import { rotationEnds } from '../core/case/dates.ts';
import type { Policy } from '../core/model/policy.ts';
import { type Instant, plus } from '../core/model/time.ts';
import type { CaseView } from '../core/page/case-view.ts';
import { EXCLUDED_HOW, fromNow, inWords, moment } from '../core/words/words.ts';
import { afterwards } from './forms.ts';
import type { Html } from './layout.ts';
import { keyList, keysWith, whatWasDecided } from './sentences.ts';

/** Who looks, when, and under which settings. */
export interface Reader {
  readonly visitor: Visitor;
  readonly policy: Policy;
  readonly now: Instant;
}

/** Where the case stands and what the reader can do about it. */
export function stateWords(view: CaseView, reading: Reader): string[] {
  const { policy, visitor } = reading;
  const restores = visitor.claim.purpose === 'restore';
  switch (view.state) {
    case 'question':
      return [restores ? ELSEWHERE : wanted(view, reading), ...(view.paused ? [PAUSED] : [])];
    case 'decided':
      return view.decided === null
        ? []
        : [whatWasDecided(view.decided, policy, visitor.approver.id), ...underWay(view, policy)];
    case 'restoring':
      return [
        `A key is being switched on again, usually within a minute. ${afterwards(view, restoring(view))}`,
      ];
    case 'grace':
      return [...decidedBefore(view, reading), ...comesBack(view, reading)];
    case 'confirm':
      return [
        ...decidedBefore(view, reading),
        'The grace period is over, and nothing is deleted unless somebody confirms it.',
        ...(restores ? [CONFIRM_ELSEWHERE] : []),
        ...(view.paused ? [PAUSED] : []),
      ];
    case 'deleting':
      return ['The deletion has begun, so nothing can be brought back from here any more.'];
    case 'observing':
      return [
        'Solekey is in observe mode in this account: it looks and proposes, and has no right to change a key. So nothing can be decided here.',
      ];
    case 'excluded':
      return [
        `This user is excluded (${EXCLUDED_HOW}): seen, but never changed. So nothing can be decided here.`,
      ];
    case 'held':
      return ['There is nothing to decide here now. You will get a mail when that changes.'];
    case 'waiting':
      return ['There is nothing to decide here now. Solekey looks again by itself.'];
  }
}

const PAUSED =
  'Solekey is paused at the moment: what is decided is recorded, and keys are switched off or deleted only when the pause is over. Bringing keys back works.';

const CONFIRM_ELSEWHERE =
  'This link was made for bringing keys back only. The link for confirming the deletion came with another mail.';

/** On a link from observe mode, once keys may be changed. */
export const ONLY_SHOWS =
  'This link was made while Solekey only observed this account, so it shows how things are and does nothing else. The link that does more is in a newer mail, or comes with the next one.';

const ELSEWHERE =
  'A decision is wanted, but this link was made for bringing keys back only. The link for deciding came with another mail.';

function wanted(view: CaseView, { policy, now, visitor: { claim } }: Reader): string {
  if (view.active.length === 1) {
    const [stays, off] = [keyList(view.active.map(({ id }) => id)), keyList(view.pending)];
    return `Does ${stays} stay, and may ${off}, off because of us, go for good? Nothing happens until somebody decides.`;
  }
  const until = rotationEnds(view.current, policy);
  const rotating =
    view.current.phase === 'rotating'
      ? ` It looks like a rotation under way, so nobody has to act before ${moment(until)} (${fromNow(until, now)})${claim.purpose === 'decide' ? '; you can decide now if you like' : ''}.`
      : '';
  return `One of them may stay. Nothing happens until somebody decides which.${rotating}`;
}

/** The decision behind keys that are off: a second approver wants to know whose it was. */
function decidedBefore({ current: { decision } }: CaseView, { policy, visitor }: Reader): string[] {
  if (decision === null) {
    return [];
  }
  const { by, at, keep, remove, acknowledged } = decision;
  const ask = { kind: 'keep', keep, off: remove, acknowledged } as const;
  return [whatWasDecided({ by, at, ask }, policy, visitor.approver.id)];
}

function restoring({ current }: CaseView): number {
  return Object.values(current.progress).filter((key) => key.restoring !== undefined).length;
}

/** Which keys are off, until when they may come back, and what becomes of them then. */
function comesBack(view: CaseView, { now }: Reader): string[] {
  const off = keysWith(view.pending, 'is', 'are');
  const one = view.pending.length === 1;
  const [it, goes] = one ? ['it', 'it is'] : ['them', 'they are'];
  if (view.current.decision === null) {
    return [
      `${off} off because of us, and can be switched on again here. Nothing is deleted until somebody decides.`,
    ];
  }
  if (view.deletion === 'on-confirmation') {
    return [
      `${off} switched off, and can be switched on again until ${goes} deleted. After the grace period somebody is asked whether to delete ${it}; nothing is deleted without that.`,
      ...(view.paused ? [PAUSED] : []),
    ];
  }
  if (view.paused || view.undoUntil === null) {
    return [`${off} switched off, and can be switched on again.`, ...(view.paused ? [PAUSED] : [])];
  }
  const until = `${moment(view.undoUntil)} (${fromNow(view.undoUntil, now)})`;
  const then =
    view.deletion === 'never'
      ? `After that ${one ? 'it stays' : 'they stay'} off: no key is deleted in this account.`
      : `Then ${goes} deleted, which cannot be undone; a mail says so before.`;
  return [`${off} switched off, and can be switched on again until ${until}. ${then}`];
}

function underWay(view: CaseView, policy: Policy): string[] {
  const { decided, paused } = view;
  if (decided === null || decided.by === null) {
    return [];
  }
  if (decided.ask.kind === 'restore') {
    return [`That is being done now, usually within a minute. ${afterwards(view, decided.ask.keys.length)}`];
  }
  if (decided.ask.kind === 'confirm' && !paused) {
    return ['That is being carried out now, which takes a few minutes.'];
  }
  if (paused) {
    return [PAUSED];
  }
  return [`That is being carried out now, usually within a minute. ${undoComes(policy)}`];
}

/** How a decision can be undone, before there is anything to undo. */
export function undoComes({ grace }: Policy): string {
  return `Then a mail comes with a link that undoes it, for ${inWords(grace)}.`;
}

/** The way from here, with dates. Deletion is the one step without a way back, so it says so. */
export function whatWillHappen(view: CaseView, policy: Policy, now: Instant): Html {
  const at = plus(now, policy.grace);
  const end = `${moment(at)} (${fromNow(at, now)})`;
  const steps = [
    view.active.length > 1
      ? 'At once, usually within a minute: the other keys are switched off. Sessions that were opened with them may live on for up to 36 hours.'
      : `At once: nothing. ${keysWith(view.pending, 'stays', 'stay')} off.`,
    `For ${inWords(policy.grace)}, the grace period: a page like this one brings a key back. If a key is used or switched on in this time, ${policy.deletion === 'never' ? '' : 'it is not deleted and '}you are asked again.`,
    {
      'after-grace': `On ${end} at the earliest: the keys are deleted, and a mail says so before. A deletion cannot be undone.`,
      'on-confirmation': `On ${end} at the earliest: somebody is asked whether the keys are deleted, which cannot be undone. Without a confirmation they stay off, and pages like this one bring them back.`,
      never: `On ${end} at the earliest: the case is closed. The keys stay off, and none is deleted.`,
    }[policy.deletion],
    'At the end: we look at IAM again and write to you what is there.',
  ];
  return html`<section><h2>What will happen</h2>
<ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>
<p>Only these ${view.current.keys.length} keys are meant. If any key of this user changes before, nothing is done and you are asked again.
If nobody decides, nothing is changed.</p></section>`;
}
