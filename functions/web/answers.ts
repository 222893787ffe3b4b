import type { PostedAnswer } from '../app/approve/posted-answer.ts';
import type { Recorded } from '../app/approve/record-decision.ts';
import type { Wished } from '../app/approve/request-link.ts';
import type { Shown, Visitor } from '../app/approve/show-case.ts';
import type { ShownList } from '../app/approve/show-list.ts';
import type { Case } from '../core/case/case.ts';
import type { LinkWish } from '../core/channel/link-request.ts';
import type { Deletion, Policy } from '../core/model/policy.ts';
import type { MovedOn } from '../core/page/stale.ts';
import { notCarriedOut } from '../core/words/dropped.ts';
import { NO_DELETION } from '../core/words/endings.ts';
import { differenceSentences } from '../core/words/status.ts';
import { PAGE } from '../core/words/style.ts';
import { termSentence } from '../core/words/terms.ts';
import { waitingSentences } from '../core/words/unanswered.ts';
import { casePage } from './case-page.ts';
import { afterwards, NOTHING_PUT_IN, type PutIn } from './forms.ts';
import type { Banner } from './layout.ts';
import { listPage } from './list/list-page.ts';
import { mistakeLinks } from './mistakes.ts';
import { refusedReply, settledReply } from './no-open-case.ts';
import { readerId } from './reader.ts';
import { whyAskedAgain } from './reasons.ts';
import { MAIL_LIMIT } from './renewal.ts';
import type { Reply, Setting } from './reply.ts';
import { keyList, keysWith, whatWasDecided } from './sentences.ts';
import { undoComes } from './states.ts';
import { NOTHING_CHANGED, unchanged } from './unchanged.ts';
import { unreadReply } from './unread-case.ts';

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

/** The reply to an answer. A refusal repeats the person's input and says that nothing was changed. */
export function recordedReply(done: Recorded, answer: PostedAnswer, setting: Setting): Reply {
  if (done.kind === 'refused') {
    return refusedReply(done, answer, setting);
  }
  if (done.kind === 'settled') {
    return settledReply(done, answer, setting);
  }
  if (done.kind === 'unread') {
    return unreadReply(done, answer, setting);
  }
  const { visitor, view, harmless, subscriptions } = done;
  const shown = { visitor, view, harmless, subscriptions, ...setting };
  const putIn = putInOf(answer);
  switch (done.kind) {
    case 'recorded':
      return {
        status: 200,
        body: casePage({ ...shown, banner: thanks(done, setting.policy), explained: true }),
      };
    case 'taken': {
      const lines = [whatWasDecided(done.decided, setting.policy, readerId(visitor)), ...unchanged(answer)];
      return {
        status: 409,
        body: casePage({
          ...shown,
          putIn,
          banner: bad('Someone has answered already', lines),
          explained: true,
        }),
      };
    }
    case 'stale': {
      // The acknowledgement was for the use shown then, so it is asked for again.
      const lines = [
        ...movedLines(done.moved, view.current, setting.policy, readerId(visitor)),
        ...unchanged(answer),
      ];
      const banner = bad('This has changed since you opened the page', lines);
      const now = { ...shown, putIn: { ...putIn, inUse: false }, explained: true };
      return { status: 409, body: casePage({ ...now, banner }) };
    }
    case 'wrong': {
      const lines = [...mistakeLinks(done.mistakes, setting.policy), NOTHING_CHANGED];
      const banner = bad('Your answer is not complete', lines);
      // A tick for the keys named before is none for a further key in use, which this page names.
      const anew = done.mistakes.some(({ field }) => field === 'inUse') ? { inUse: false } : {};
      const again = { ...shown, putIn: { ...putIn, ...anew }, mistakes: done.mistakes };
      return { status: 422, body: casePage({ ...again, banner }) };
    }
    case 'not-now':
      return {
        status: 409,
        body: casePage({ ...shown, putIn, banner: bad('This is not possible now', unchanged(answer)) }),
      };
    case 'wrong-purpose': {
      const { status, title } = NOT_PERMITTED[visitor.claim.purpose];
      return { status, body: casePage({ ...shown, putIn, banner: bad(title, unchanged(answer)) }) };
    }
  }
}

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

/** The reply to the wish for another link. */
export function wishedReply(done: Wished, setting: Setting): Reply {
  if (done.kind === 'refused') {
    return refusedReply(done, null, setting);
  }
  if (done.kind === 'settled') {
    return settledReply(done, null, setting);
  }
  if (done.kind === 'unread') {
    return unreadReply(done, null, setting);
  }
  const { visitor, view, harmless, subscriptions } = done;
  const shown = { visitor, view, harmless, subscriptions, ...setting };
  switch (done.asked) {
    case 'asked':
    case 'asked-before':
      return { status: 200, body: casePage({ ...shown, banner: onItsWay(visitor, WISHED[done.wish]) }) };
    case 'not-sent':
      return {
        status: 200,
        body: casePage({ ...shown, banner: bad('The mail could not be started', NOT_STARTED) }),
      };
    case 'not-permitted': {
      const lines = ['Please use the link in a mail.', NOTHING_CHANGED];
      return {
        status: 403,
        body: casePage({ ...shown, banner: bad('No link can be mailed with this one', lines) }),
      };
    }
  }
}

const WISHED: Readonly<Record<LinkWish, string>> = {
  row: 'It decides about this user.',
  view: 'It only shows this case, so you can hand it on.',
};

function onItsWay({ approver }: Visitor, what: string): Banner {
  const to = `It comes to the address of ${approver.name}, usually within a minute. ${what}`;
  return { tone: 'good', title: 'The link is being mailed', lines: [to, MAIL_LIMIT, NOTHING_CHANGED] };
}

const NOT_STARTED = [
  'Your request is recorded, but no mail comes yet. Press the button again in a minute.',
  NOTHING_CHANGED,
];

function bad(title: string, lines: Banner['lines']): Banner {
  return { tone: 'bad', title, lines };
}

function putInOf(answer: PostedAnswer): PutIn {
  switch (answer.kind) {
    case 'keep':
      return { ...NOTHING_PUT_IN, keep: answer.keep, off: answer.off.text, inUse: answer.inUse };
    case 'none':
      return { ...NOTHING_PUT_IN, off: answer.off.text, inUse: answer.inUse };
    case 'restore':
      return { ...NOTHING_PUT_IN, back: answer.back.text };
    case 'confirm':
      return { ...NOTHING_PUT_IN, remove: answer.remove.text };
  }
}

/** Sentences about everything that changed since, settings first. If keys changed, the general reason for that is left out. */
function movedLines(
  { recognised, changes, terms, because, dropped }: MovedOn,
  current: Case,
  policy: Policy,
  reader: string | null,
): string[] {
  if (dropped !== null) {
    return [notCarriedOut(dropped, policy, PAGE, reader), ...differenceSentences(changes, PAGE)];
  }
  const why =
    because === null || (because.code === 'keys-changed' && changes.length > 0)
      ? ''
      : whyAskedAgain(current, policy);
  if (!recognised) {
    return ['There is no record any more of what that page showed.', why].filter((line) => line !== '');
  }
  const settings = terms.map(termSentence);
  if (changes.length === 0 && settings.length === 0 && why === '') {
    // The state of the case, below, says that the user is excluded.
    return current.excluded
      ? []
      : ['The keys are the same, but the question has been asked again since then.'];
  }
  return [...settings, ...differenceSentences(changes, PAGE), why].filter((line) => line !== '');
}

function thanks(done: Extract<Recorded, { readonly kind: 'recorded' }>, policy: Policy): Banner {
  const { decided, view, visitor, again, sent } = done;
  const said = whatWasDecided(decided, policy, readerId(visitor));
  if (again && view.decided?.at !== decided.at && view.state !== 'restoring') {
    const lines = [said, 'Answering again changed nothing. The page below shows the current state.'];
    return { tone: 'plain', title: 'You have answered this already', lines };
  }
  return { tone: 'good', title: said, lines: [...nextLines(done, policy), ...(sent ? [] : [NOT_SENT])] };
}

const NOT_SENT =
  'It is recorded, but could not be started immediately. Send the same answer again to start it now; otherwise it starts with the next regular check.';

const AFTER_GRACE: Readonly<Record<Deletion, string>> = {
  'after-grace': 'After the grace period it is deleted permanently; a mail announces that first.',
  'on-confirmation': 'After the grace period someone is asked to confirm the deletion.',
  never: NO_DELETION,
};

function nextLines(
  { decided, view }: Extract<Recorded, { readonly kind: 'recorded' }>,
  policy: Policy,
): string[] {
  const { ask } = decided;
  const unless = 'If anyone changes the keys in IAM before that, nothing happens and you are asked again.';
  if (ask.kind === 'restore') {
    const waiting = waitingSentences(view.current, ask.keys, policy.digest.zone, PAGE);
    const now = [`${keysWith(ask.keys, 'is', 'are')} being reactivated, usually within a minute.`];
    return [[...(waiting.length === 0 ? now : waiting), afterwards(view, ask.keys.length)].join(' ')];
  }
  if (ask.kind === 'confirm') {
    return [
      view.paused
        ? `${keysWith(ask.keys, 'is', 'are')} deleted permanently once Solekey is no longer paused; a mail announces that first. Until then you can reactivate keys on this page.`
        : `${keysWith(ask.keys, 'is', 'are')} being deleted permanently. This takes a few minutes: Solekey first checks twice that no key was reactivated.`,
      unless,
    ];
  }
  const active = ask.off.filter((id) => view.active.some((key) => key.id === id));
  if (active.length === 0) {
    return [`${keysWith(ask.off, 'stays', 'stay')} inactive. ${AFTER_GRACE[view.deletion]}`, unless];
  }
  if (view.paused) {
    return [`${keyList(active)} will be deactivated as soon as Solekey is no longer paused.`, unless];
  }
  return [
    `${keysWith(active, 'is', 'are')} being deactivated, usually within a minute. ${undoComes(policy)}`,
    unless,
  ];
}
