import { html } from 'hono/html';
import type { Visitor } from '../app/approve/show-case.ts';
import { exceptionOf } from '../core/case/exception.ts';
import { linkAllows } from '../core/case/requests.ts';
import { isOutside } from '../core/model/only.ts';
import type { Policy } from '../core/model/policy.ts';
import { type Instant, plus } from '../core/model/time.ts';
import { type CaseView, decidedIn } from '../core/page/case-view.ts';
import { waitFor } from '../core/proposal/wait.ts';
import { NO_DELETION } from '../core/words/endings.ts';
import { renewedSentence } from '../core/words/exception.ts';
import { waitsForAnswer } from '../core/words/holds.ts';
import { byNumber, PAGE } from '../core/words/style.ts';
import { keysToRestore, waitingSentences } from '../core/words/unanswered.ts';
import { EXCLUDED_HOW, inWords, moment, momentFromNow } from '../core/words/words.ts';
import { afterwards } from './forms.ts';
import type { Html } from './layout.ts';
import { mayAskFirst, nextLines } from './next.ts';
import { notNow, pausedWords } from './paused.ts';
import { readerId } from './reader.ts';
import { keyList, keysWith, whatWasDecided } from './sentences.ts';

/** The visitor of a page, the time, and the settings. */
export interface Reader {
  readonly visitor: Visitor;
  readonly policy: Policy;
  readonly now: Instant;
}

/** The state of the case, and what the reader can do about it. */
export function stateWords(view: CaseView, reading: Reader): string[] {
  const { policy, visitor, now } = reading;
  switch (view.state) {
    case 'question':
      // A decision in force here is an exception, which may be ended early.
      return [
        ...decidedBefore(view, reading),
        wanted(view, reading),
        ...keptInactive(view, policy),
        ...notNow(view, policy),
      ];
    case 'decided':
      return view.decided === null
        ? []
        : [
            whatWasDecided(view.decided, policy, readerId(visitor)),
            ...nextLines(view.decided, view, policy, now),
          ];
    case 'restoring':
      return restoringWords(view, policy);
    case 'grace':
      return [...decidedBefore(view, reading), ...comesBack(view, reading), ...keptInactive(view, policy)];
    case 'confirm':
      return [
        ...decidedBefore(view, reading),
        'The grace period is over. Nothing is deleted unless someone confirms it.',
        ...ONLY_ONE_WAY[visitor.claim.purpose],
        ...notNow(view, policy),
      ];
    case 'deleting':
      return ['The deletion has begun, so nothing can be reactivated here any more.'];
    case 'observing':
      return [
        isOutside(policy, view.current)
          ? 'This user is outside the setting "only": Solekey reports it and makes proposals, but has no permission to change its keys. Nothing can be decided here.'
          : 'Solekey is in observe mode in this account: it makes proposals and has no permission to change a key. Nothing can be decided here.',
      ];
    case 'excluded':
      return [
        `This user is excluded (${EXCLUDED_HOW}), so Solekey never changes its keys. Nothing can be decided here.`,
      ];
    case 'held':
      return [
        `There is nothing to decide here now. ${readerId(visitor) === null ? 'Approvers' : 'You will'} get a mail when that changes.`,
      ];
    case 'waiting':
      return ['There is nothing to decide here now. Solekey checks again on its own.'];
  }
}

/** While a deletion waits for a confirmation: the other way, for a link that permits only one. */
const ONLY_ONE_WAY: Readonly<Record<Reader['visitor']['claim']['purpose'], readonly string[]>> = {
  decide: [],
  restore: ['This link can only reactivate keys. The link to confirm the deletion is in another mail.'],
  delete: ['This link can only delete. To reactivate instead, use an earlier mail or your digest.'],
  view: [],
  list: [],
  'list-view': [],
};

/** For a link that permits nothing: one from observe mode, or one that somebody asked for to hand on. */
export const ONLY_SHOWS =
  'This link only shows the case. Approvers have a link to decide in another mail, or get one with the next.';

/** For a question that the link does not permit to decide; null where it does, and where the page says so elsewhere. */
const ELSEWHERE = {
  decide: null,
  restore:
    'A decision is needed, but this link can only reactivate keys. The link to decide is in another mail.',
  delete:
    'A decision is needed, but this link can only confirm a deletion. The link to decide is in another mail.',
  view: null,
  list: null,
  'list-view': null,
} as const satisfies Record<Reader['visitor']['claim']['purpose'], string | null>;

function wanted(view: CaseView, { policy, now, visitor }: Reader): string {
  if (waitFor(view.current, policy, now)?.why.code === 'rotation') {
    return 'Only one is allowed, but nobody needs to act now. Nothing changes until someone decides.';
  }
  const elsewhere = ELSEWHERE[visitor.claim.purpose];
  if (elsewhere !== null) {
    return elsewhere;
  }
  if (exceptionOf(view.current) !== null) {
    const renewed = renewedSentence(view.current, policy, PAGE, readerId(visitor));
    return `This is an exception: it ends by itself then, and approvers are asked again.${renewed === '' ? '' : ` ${renewed}`} Deciding here ends it earlier.`;
  }
  if (view.active.length === 1) {
    const it = byNumber(view.pending, 'it', 'them');
    const keep = keyList(view.active.map(({ id }) => id));
    return `Solekey deactivated ${keyList(view.pending)}. Decide whether to leave ${it} inactive and keep ${keep}, or to reactivate ${it}. Nothing changes until someone decides.`;
  }
  return 'Only one is allowed. Nothing changes until someone decides which key to keep.';
}

/** The decision behind inactive keys or an exception, because a second approver wants to know whose it was. */
function decidedBefore({ current: { decision } }: CaseView, { policy, visitor }: Reader): string[] {
  if (decision === null) {
    return [];
  }
  return [whatWasDecided(decidedIn(decision), policy, readerId(visitor))];
}

/** The date before which a person had asked that deactivated keys are not deleted. */
function keptInactive({ current, pending }: CaseView, { digest }: Policy): string[] {
  return pending.flatMap((id) => {
    const until = current.progress[id]?.inactiveUntil;
    return until === undefined
      ? []
      : [
          `Someone asked to keep ${PAGE.key(id)} inactive: it is not deleted before ${moment(until, digest.zone)}.`,
        ];
  });
}

function restoringWords(view: CaseView, policy: Policy): string[] {
  const ids = keysToRestore(view.current);
  if (waitsForAnswer(view.current)) {
    return [afterwards(view, ids.length)];
  }
  const waiting = waitingSentences(view.current, ids, policy.digest.zone, PAGE);
  const when = waiting.length === 0 ? ['A key is being reactivated, usually within a minute.'] : waiting;
  return [[...when, afterwards(view, ids.length)].join(' ')];
}

/** The inactive keys, until when they can be reactivated, and what happens to them then. */
function comesBack(view: CaseView, { now, policy, visitor }: Reader): string[] {
  const here = linkAllows(visitor.claim.purpose, { kind: 'restore' }) ? ' here' : '';
  const off = keyList(view.pending);
  const who = readerId(visitor) === null ? 'An approver' : 'You';
  const one = view.pending.length === 1;
  const [it, are] = one ? ['it', 'it is'] : ['them', 'they are'];
  if (view.current.decision === null) {
    return [
      `Solekey deactivated ${off}. ${who} can reactivate ${it}${here}. Nothing is deleted until someone decides.`,
    ];
  }
  if (view.deletion === 'on-confirmation') {
    return [
      `Solekey deactivated ${off}. ${who} can reactivate ${it} until ${are} deleted. After the grace period someone is asked to confirm the deletion; without that nothing is deleted.`,
      ...pausedWords(view, policy),
    ];
  }
  if (view.paused || view.undoUntil === null) {
    return [`Solekey deactivated ${off}. ${who} can reactivate ${it}${here}.`, ...pausedWords(view, policy)];
  }
  const until = momentFromNow(view.undoUntil, now, policy.digest.zone);
  const then =
    view.deletion === 'never'
      ? `After that ${one ? 'it stays' : 'they stay'} inactive. ${NO_DELETION}`
      : `Then ${deletedThen(view, are, one ? 'its' : 'their')}`;
  return [`Solekey deactivated ${off}. ${who} can reactivate ${it} until ${until}. ${then}`];
}

/** S14, for keys of which nobody knows yet if they will have been in use. */
const ASKED_FIRST =
  ' If a key was in use and the kept key is not seen doing its work, someone is asked to confirm it.';

/** The deletion after the grace period, which someone is asked about first if nobody saw the work of these keys elsewhere (S14). */
function deletedThen(view: CaseView, are: string, their: string): string {
  return mayAskFirst(view)
    ? `${are} deleted permanently, unless Solekey has not seen the kept key doing ${their} work; then someone is asked first. A mail announces the deletion.`
    : `${are} deleted permanently; a mail announces that first.`;
}

/** The consequences of a decision, with dates. It says "permanently" about the deletion, which cannot be undone. */
export function whatWillHappen(view: CaseView, policy: Policy, now: Instant): Html {
  const at = plus(now, policy.grace);
  const end = momentFromNow(at, now, policy.digest.zone);
  const steps = [
    view.active.length > 1
      ? 'Immediately, usually within a minute: the other keys are deactivated. Sessions opened earlier with them may continue for up to 36 hours.'
      : `Immediately: nothing. ${keysWith(view.pending, 'stays', 'stay')} inactive.`,
    `For ${inWords(policy.grace)} (the grace period): you can reactivate a key on a page like this one. If a key is used or reactivated in this time, ${policy.deletion === 'never' ? '' : 'nothing is deleted and '}you are asked again.`,
    {
      'after-grace': `On ${end} at the earliest: the keys are deleted permanently. A mail announces that first.${policy.usage === null ? '' : ASKED_FIRST}`,
      'on-confirmation': `On ${end} at the earliest: someone is asked to confirm that the keys are deleted permanently. Without that they stay inactive and can be reactivated.`,
      never: `On ${end} at the earliest: the case is closed. The keys stay inactive. ${NO_DELETION}`,
    }[policy.deletion],
    'At the end: Solekey checks IAM again and mails you the result.',
  ];
  return html`<section><h2>What will happen</h2>
<ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>
<p>Your decision applies to exactly these ${view.current.keys.length} keys. If any key of this user changes before that, nothing happens and you are asked again.
If nobody decides, nothing changes.</p></section>`;
}
