import type { Checked, ToCheck } from '../app/approve/check-choice.ts';
import { isListed, type Recorded } from '../app/approve/open-question.ts';
import type { PostedAnswer, PostedChoice } from '../app/approve/posted-answer.ts';
import type { Shown, Visitor } from '../app/approve/show-case.ts';
import type { ShownList } from '../app/approve/show-list.ts';
import { NO_KEY } from '../contracts/decision-form.ts';
import { NOT_NOW } from '../contracts/until-form.ts';
import { isTyped, judgeKept, judgeRestorable, type Mistake } from '../core/page/choice.ts';
import { LEAST_SPARED } from '../core/page/later.ts';
import { judgePuttingOff, judgeSpared } from '../core/page/not-now.ts';
import { type CasePage, casePage, pageOf } from './case-page.ts';
import { checkPage } from './check-page.ts';
import { NOTHING_PUT_IN, type PutIn } from './forms.ts';
import { type Banner, bad, type Html } from './layout.ts';
import { listPage } from './list/list-page.ts';
import { mistakeLinks } from './mistakes.ts';
import { movedLines } from './moved.ts';
import { nextLines } from './next.ts';
import { refusedReply, settledReply } from './no-open-case.ts';
import { readerId } from './reader.ts';
import { type Reply, SEE_OTHER, type SeeOther, type Setting } from './reply.ts';
import { restoreCheckPage } from './restore-check-page.ts';
import { whatWasDecided } from './sentences.ts';
import { NOTHING_CHANGED, unchanged } from './unchanged.ts';
import { unreadReply } from './unread-case.ts';
import { exceptionPage } from './until/check.ts';
import { chooseSparePage } from './until/choose.ts';
import { putOffPage } from './until/put-off-page.ts';

/** The reply to an opened link. */
export function shownReply(shown: Shown, setting: Setting): Reply {
  if (shown.kind === 'refused') {
    return refusedReply(shown, null, setting);
  }
  if (shown.kind === 'settled') {
    return settledReply(shown, null, setting);
  }
  if (shown.kind === 'unread') {
    return unreadReply(shown, null, setting);
  }
  return { status: 200, body: casePage({ ...shown, ...setting }) };
}

/** The reply to an opened link to a list. */
export function listReply(shown: ShownList, token: string, setting: Setting): Reply {
  return shown.kind === 'refused'
    ? refusedReply(shown, null, setting)
    : { status: 200, body: listPage(shown, token, setting) };
}

type Posted = PostedAnswer | PostedChoice;

/**
 * The reply to a posted form. A stored answer leads to the page anew, so that a reload repeats nothing. A refusal repeats
 * the person's input and says that nothing was changed.
 */
export function postedReply(done: Checked, posted: Posted, setting: Setting): Reply | SeeOther {
  if (done.kind === 'refused') {
    return refusedReply(done, posted, setting);
  }
  if (done.kind === 'settled') {
    return settledReply(done, posted, setting);
  }
  if (done.kind === 'unread') {
    return unreadReply(done, posted, setting);
  }
  const { visitor, view } = done;
  const putIn = putInOf(posted);
  const shown = { ...pageOf(done, setting), putIn };
  switch (done.kind) {
    case 'to-check':
      return { status: 200, body: secondPage(shown, done.chosen) };
    case 'recorded':
      return recordedReply(done, setting);
    case 'taken': {
      const lines = [whatWasDecided(done.decided, setting.policy, readerId(visitor)), ...unchanged(posted)];
      const banner = bad('Someone has answered already', lines);
      return { status: 409, body: casePage({ ...shown, banner, explained: true }) };
    }
    case 'stale': {
      // The acknowledgement was for the use shown then, so it is asked for again.
      const lines = [
        ...movedLines(done.moved, view.current, setting.policy, readerId(visitor)),
        ...unchanged(posted),
      ];
      const banner = bad('This has changed since you opened the page', lines);
      const now = { ...shown, putIn: { ...putIn, inUse: false }, explained: true };
      return { status: 409, body: casePage({ ...now, banner }) };
    }
    case 'wrong': {
      const lines = [...mistakeLinks(done.mistakes, setting.policy), NOTHING_CHANGED];
      const banner = bad(titleOf(done.mistakes), lines);
      // A tick for the keys named before is none for a further key in use, which this page names.
      const anew = done.mistakes.some(({ field }) => field === 'inUse') ? { inUse: false } : {};
      const again = { ...shown, putIn: { ...putIn, ...anew }, mistakes: done.mistakes, banner };
      return { status: 422, body: againPage(again, posted) };
    }
    case 'not-now':
      return {
        status: 409,
        body: casePage({ ...shown, banner: bad('This is not possible now', unchanged(posted)) }),
      };
    case 'wrong-purpose': {
      const { status, title } = NOT_PERMITTED[visitor.claim.purpose];
      return { status, body: casePage({ ...shown, banner: bad(title, unchanged(posted)) }) };
    }
  }
}

function titleOf(mistakes: readonly Mistake[]): string {
  return mistakes.some(({ code }) => code === 'own-exception')
    ? 'Another approver must renew this exception'
    : 'Your answer is not complete';
}

/** The page that shows what a choice means. */
function secondPage(shown: CasePage, chosen: ToCheck): Html {
  const { exception, deletion } = shown.view.later;
  switch (chosen.kind) {
    case 'keep':
      return checkPage(shown, chosen.keep);
    case 'choose-spare':
      return chooseSparePage(shown, null);
    case 'not-now':
      return exception === null ? casePage(shown) : exceptionPage(shown, chosen.spare, exception);
    case 'keep-inactive':
      return deletion === null ? casePage(shown) : putOffPage(shown, deletion);
    case 'restore':
      return restoreCheckPage(shown, chosen.keys, chosen.typed);
  }
}

/** The page on which a mistake was made: the second one if the choice on the first one fits. */
function againPage(shown: CasePage, posted: Posted): Html {
  const { view, visitor } = shown;
  if (posted.kind === 'none') {
    return checkPage(shown, null);
  }
  if (posted.kind === 'keep-inactive') {
    return judgePuttingOff(view) === null ? secondPage(shown, { kind: 'keep-inactive' }) : casePage(shown);
  }
  if (posted.kind === 'not-now' || posted.kind === 'check-not-now') {
    return exceptionAgain(shown, posted.spare);
  }
  const kept = posted.kind === 'keep' ? judgeKept(view, posted.keep) : null;
  if (kept !== null && 'keep' in kept) {
    return checkPage(shown, kept.keep);
  }
  const chosen = posted.kind === 'restore' ? restoreMeant(shown, posted) : [];
  return chosen.length > 0 && judgeRestorable(view, chosen) === null
    ? restoreCheckPage(shown, chosen, isTyped(view, chosen, isListed(visitor)))
    : casePage(shown);
}

/** The page on which an exception was mistaken: another choice of keys helps only where there are more than two. */
function exceptionAgain(shown: CasePage, spare: readonly string[] | null): Html {
  const { view } = shown;
  const spared = judgeSpared(view, spare);
  if ('spare' in spared) {
    return secondPage(shown, { kind: 'not-now', spare: spared.spare });
  }
  const isOther = spared.mistake.code === 'own-exception' || view.active.length <= LEAST_SPARED;
  return isOther ? casePage(shown) : chooseSparePage(shown, spare);
}

/** The keys that a person wants to reactivate, as far as they can be read. On a page of 0.6.0 they were typed. */
function restoreMeant(
  { mistakes = [] }: Pick<CasePage, 'mistakes'>,
  { chosen }: Extract<PostedAnswer, { readonly kind: 'restore' }>,
): readonly string[] {
  const named = mistakes.flatMap((one) => (one.field === 'back' && one.code === 'to-type' ? one.keys : []));
  return chosen ?? named;
}

/** The reply to a stored answer: the page anew, unless that would not say what this person must know. */
function recordedReply(
  done: Extract<Recorded, { readonly kind: 'recorded' }>,
  setting: Setting,
): Reply | SeeOther {
  const { decided, view, visitor, again, sent } = done;
  const said = whatWasDecided(decided, setting.policy, readerId(visitor));
  const shown = { ...pageOf(done, setting), explained: true };
  if (again && view.decided?.at !== decided.at && view.state !== 'restoring') {
    const lines = [said, 'Answering again changed nothing. The page below shows the current state.'];
    const banner: Banner = { tone: 'plain', title: 'You have answered this already', lines };
    return { status: 200, body: casePage({ ...shown, banner }) };
  }
  if (sent) {
    return SEE_OTHER;
  }
  const lines = [...nextLines(decided, view, setting.policy, setting.now), NOT_SENT];
  return { status: 200, body: casePage({ ...shown, banner: { tone: 'good', title: said, lines } }) };
}

const NOT_SENT =
  'It is recorded, but could not be started immediately. Send the same answer again to start it now; otherwise it starts with the next regular check.';

/** The reply to an answer that the link does not permit, by its purpose. */
const NOT_PERMITTED: Readonly<
  Record<Visitor['claim']['purpose'], { readonly status: 403 | 409; readonly title: string }>
> = {
  decide: { status: 403, title: 'This link cannot be used to decide' },
  restore: { status: 403, title: 'This link cannot be used to decide' },
  view: { status: 409, title: 'This link only shows the case' },
  delete: { status: 403, title: 'This link can only confirm a deletion' },
  list: { status: 403, title: 'This cannot be decided with the link to the list' },
  'list-view': { status: 409, title: 'This link only shows the list' },
};

function putInOf(answer: Posted): PutIn {
  switch (answer.kind) {
    case 'keep':
    case 'none':
      return {
        ...NOTHING_PUT_IN,
        keep: answer.kind === 'keep' ? answer.keep : NO_KEY,
        off: answer.off.text,
        inUse: answer.inUse,
        ...answer.grounds,
      };
    case 'check-keep':
      return { ...NOTHING_PUT_IN, keep: answer.keep, ...answer.grounds };
    case 'check-none':
      return { ...NOTHING_PUT_IN, keep: NO_KEY, ...answer.grounds };
    case 'check-restore':
      return NOTHING_PUT_IN;
    case 'check-not-now':
      return { ...NOTHING_PUT_IN, keep: NOT_NOW, until: answer.until, ...answer.grounds };
    case 'check-keep-inactive':
      return { ...NOTHING_PUT_IN, until: answer.until, ...answer.grounds };
    case 'not-now':
      return {
        ...NOTHING_PUT_IN,
        keep: NOT_NOW,
        off: answer.off.text,
        stay: answer.stay.text,
        inUse: answer.inUse,
        until: answer.until,
        ...answer.grounds,
      };
    case 'keep-inactive':
      return { ...NOTHING_PUT_IN, stay: answer.stay.text, until: answer.until, ...answer.grounds };
    case 'restore':
      return { ...NOTHING_PUT_IN, back: answer.back.text };
    case 'confirm':
      return { ...NOTHING_PUT_IN, remove: answer.remove.text };
  }
}
