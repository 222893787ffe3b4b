import { html } from 'hono/html';
import type { Visitor } from '../app/show-case.ts';
import type { CaseView } from '../core/case-view.ts';
import type { Policy } from '../core/policy.ts';
import { type Instant, plus } from '../core/time.ts';
import { day, inWords } from '../core/words.ts';
import type { Html } from './layout.ts';
import { keyList, keysWith, whatWasDecided } from './sentences.ts';

/** Where the case stands and what the reader can do about it. */
export function stateWords(view: CaseView, policy: Policy, { approver, claim }: Visitor): string[] {
  switch (view.state) {
    case 'question':
      return [claim.purpose === 'decide' ? wanted(view) : ELSEWHERE, ...(view.paused ? [PAUSED] : [])];
    case 'decided':
      return view.decided === null
        ? []
        : [whatWasDecided(view.decided, policy, approver.id), ...underWay(view)];
    case 'restoring':
      return [
        'A key is being switched on again, usually within a minute. After that the question is put anew.',
      ];
    case 'grace':
      return [
        `${keysWith(view.pending, 'is', 'are')} switched off, and can be switched on again ${UNTIL[view.deletion]}`,
        ...(view.paused ? [PAUSED] : []),
      ];
    case 'confirm':
      return [
        `${keysWith(view.confirmable, 'is', 'are')} switched off, the grace period is over, and nothing is deleted unless somebody confirms it.`,
        ...(claim.purpose === 'decide' ? [] : [CONFIRM_ELSEWHERE]),
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
        'This user is excluded: the settings name it as one that is never changed. So nothing can be decided here.',
      ];
    case 'held':
      return ['There is nothing to decide here now. You will get a mail when that changes.'];
    case 'waiting':
      return ['There is nothing to decide here now. Solekey looks again by itself.'];
  }
}

const PAUSED =
  'Solekey is paused at the moment: what is decided is recorded, and keys are switched off or deleted only when the pause is over. Bringing keys back works.';

/** How long keys may come back, as a part of a sentence. */
const UNTIL: Record<CaseView['deletion'], string> = {
  'after-grace': 'until the deletion.',
  'on-confirmation':
    'until they are deleted. After the grace period somebody is asked whether they go; nothing is deleted without that.',
  never: 'until the grace period is over. After that they stay off: no key is deleted in this account.',
};

const CONFIRM_ELSEWHERE =
  'This link was made for bringing keys back only. The link for confirming the deletion came with another mail.';

const ELSEWHERE =
  'A decision is wanted, but this link was made for bringing keys back only. The link for deciding came with another mail.';

function wanted(view: CaseView): string {
  const rotating =
    view.known.phase === 'rotating'
      ? ' It looks like a rotation under way, so there is no hurry; you can decide now if you like.'
      : '';
  return view.active.length > 1
    ? `One of them may stay. Nothing happens until somebody decides which.${rotating}`
    : `The key that was to stay is not active, another one is. Does that one stay, and ${keyList(view.pending)} go?`;
}

function underWay({ decided, paused }: CaseView): string[] {
  if (decided === null || decided.by === null) return [];
  if (decided.ask.kind === 'restore') return ['That is being done now, usually within a minute.'];
  if (decided.ask.kind === 'confirm' && !paused)
    return ['That is being carried out now, which takes a few minutes.'];
  return paused ? [PAUSED] : ['That is being carried out now, usually within a minute.'];
}

/** The way from here, with dates. Deletion is the one step without a way back, so it says so. */
export function whatWillHappen(view: CaseView, policy: Policy, now: Instant): Html {
  const end = day(plus(now, policy.grace));
  const steps = [
    'At once, usually within a minute: the other keys are switched off. Sessions that were opened with them may live on for up to 36 hours.',
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
<p>Only these ${view.known.keys.length} keys are meant. If any key of this user changes before, nothing is done and you are asked again.
If nobody decides, nothing is changed.</p></section>`;
}
