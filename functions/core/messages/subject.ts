import { broughtBack } from '../case/brought-back.ts';
import type { Case, ClosedAs, HeldReason } from '../case/case.ts';
import { exposedKeys } from '../case/exposure.ts';
import type { Returned } from '../case/returned.ts';
import { compromisedActive, tellsOfCompromised } from '../channel/urgency.ts';
import { activeKeys, isViolation } from '../model/compliance.ts';
import { onlyObserves } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { waitFor } from '../proposal/wait.ts';
import { refusals, waitsForAnswer } from '../words/holds.ts';
import { activeCount } from '../words/status.ts';
import { byNumber } from '../words/style.ts';
import { keysToRestore } from '../words/unanswered.ts';
import { ordinal, printable, sameDay } from '../words/words.ts';
import { isAlarm } from './alarm.ts';
import type { NewsContext, QuestionKind } from './context.ts';
import { mayAskFirst } from './moved-work.ts';
import {
  account,
  asksToConfirm,
  deletedOn,
  dottedList,
  offKeys,
  shortDate,
  undoneUntil,
  wantsConfirmation,
} from './phrases.ts';

/** SNS accepts fewer than 100 characters on one line. Printable ASCII passes every mail gateway (fact sns-subject). */
export const LONGEST = 99;

/** Longest `account/user` in a subject. It leaves room for each event, so that all mails of a case begin alike and sort together. */
const LONGEST_WHO = 37;

/** If both are too long, the account keeps this many characters. */
const LEAST_ACCOUNT = 12;

/** The subject: the account and the user, which sort, and then the request or event. */
export function subjectOf(context: NewsContext): string {
  return subjectAbout(context.current, context.policy, eventWords(context));
}

/** `[Solekey] prod-payments/ci-deploy: ...`: the same beginning for all mails of a case. Long names are cut. */
export function subjectAbout({ userName }: Pick<Case, 'userName'>, policy: Policy, said: string): string {
  const name = printable(userName, 128);
  const place = cut(account(policy), Math.max(LEAST_ACCOUNT, LONGEST_WHO - 1 - name.length));
  const who = `${place}/${cut(name, LONGEST_WHO - 1 - place.length)}`;
  return cut(`[Solekey] ${who}: ${said}`, LONGEST);
}

function cut(name: string, room: number): string {
  return name.length <= room ? name : `${name.slice(0, room - 3)}...`;
}

/** The request or event in a few words, for use after the user's name and a colon. */
export function eventWords(context: NewsContext): string {
  const { kind, current } = context;
  switch (kind) {
    case 'detected':
    case 'rotation':
    case 'asked-again':
    case 'restored':
      return asked(context, kind);
    case 'reminder':
    case 'escalated':
      if (asksToConfirm(context)) {
        return `deletion of ${keysOf(offKeys(context))} still not confirmed`;
      }
      return current.phase === 'held' ? stopped(context) : asked(context, kind);
    case 'deactivated':
      return switchedOff(context);
    case 'deletion-announced':
      return announced(context);
    case 'confirm-deletion':
      return asksToConfirm(context)
        ? `please confirm the deletion of ${keysOf(offKeys(context))}`
        : announced(context);
    case 'held':
      return stopped(context);
    case 'exception-ending':
      return exceptionEnds(context);
    case 'closed':
      return ended(context);
  }
}

/** The subject of a question: what it is about, and what it asks for. */
function asked(context: NewsContext, kind: QuestionKind): string {
  const { current, policy, now } = context;
  const observed = onlyObserves(policy, current);
  if (isAlarm(context)) {
    const what = Object.keys(exposedKeys(current)).length > 0 ? 'exposed key' : 'unexpected key';
    return `URGENT, ${what}${observed ? '' : `, ${WANTS[kind](context)}`}`;
  }
  if (tellsOfCompromised(kind, current)) {
    const active = compromisedActive(current);
    return `URGENT, ${keysOf(active)} active again, check ${byNumber(active, 'its', 'their')} use`;
  }
  const wait = waitFor(current, policy, now);
  if (wait?.why.code === 'returns') {
    return RETURNED[wait.why.how](keysOf([wait.why.keyId]), ordinal(wait.why.count));
  }
  const off = offKeys(context);
  const open = !observed && !isViolation(current.keys) && off.length > 0;
  const what = open ? `${keysOf(off)} deactivated` : activeCount(current.keys);
  if (observed) {
    return `${what}, for your information`;
  }
  const wants = wait === null ? WANTS[kind](context) : 'no action needed yet';
  const back = kind === 'restored' ? Object.keys(broughtBack(current)) : [];
  return `${back.length > 0 ? `${keysOf(back)} reactivated` : what}, ${wants}`;
}

/** A key that keeps returning, and how often it did. */
const RETURNED: Readonly<Record<Returned['how'], (key: string, count: string) => string>> = {
  reactivated: (key, count) => `${key} returned for the ${count} time`,
  'created-anew': (key) => `new key ${key}, created again`,
};

/** `...3QXK deactivated, undo until 30 Nov`. Nobody should hurry to undo what was deactivated as compromised. */
function switchedOff(context: NewsContext): string {
  const off = offKeys(context);
  const done = `${keysOf(off)} deactivated`;
  // The reason itself is only on pages.
  return tellsOfCompromised(context.kind, context.current)
    ? `URGENT, ${done}, check ${byNumber(off, 'its', 'their')} use`
    : `${done}${undoable(context)}`;
}

/** The subject of an announced deletion. If its date depends on a confirmation, it is not certain yet. */
function announced(context: NewsContext): string {
  const { decision } = context.current;
  const keys = keysOf(offKeys(context));
  if (!wantsConfirmation(context)) {
    const end = deletedOn(context);
    return end === null
      ? `${keys} deactivated${undoable(context)}`
      : mayAskFirst(context)
        ? `${keys} to be deleted ${onDate(end, context)} unless needed`
        : `${keys} will be deleted ${onDate(end, context)}`;
  }
  return decision?.confirmed == null
    ? `deletion of ${keys} to be confirmed soon`
    : `${keys} will be deleted, as confirmed`;
}

/** The request to the reader, outside observe mode, if a key is to be chosen now. */
const WANTS: Readonly<Record<QuestionKind, (context: NewsContext) => string>> = {
  detected: () => 'your decision needed',
  rotation: () => 'your decision needed',
  reminder: () => 'still no decision',
  escalated: () => 'still no decision',
  'asked-again': ({ current }) =>
    current.askedAgain?.code === 'exclusion-ended' ? 'your decision needed' : 'please decide again',
  restored: () => 'please decide again',
};

/** One key by name. More would leave no room for the user's name. */
function keysOf(ids: readonly string[]): string {
  if (ids.length === 0) {
    return 'a key';
  }
  return ids.length === 1 ? dottedList(ids) : `${ids.length} keys`;
}

/** `exception ends on 31 Jan`. The end of one that is over is told by the next question. */
function exceptionEnds({ current, now }: NewsContext): string {
  const { decision } = current;
  return decision?.kind === 'not-now'
    ? `exception ends on ${shortDate(decision.until, now)}`
    : 'the exception has ended';
}

function undoable(context: NewsContext): string {
  const end = undoneUntil(context);
  return end === null ? '' : `, undo until ${shortDate(end, context.now)}`;
}

function onDate(at: Instant, { now }: NewsContext): string {
  return `${sameDay(at, now) ? 'at' : 'on'} ${shortDate(at, now)}`;
}

/** The change that a safety rule stopped, and how urgent that is. */
const STOPPED: Readonly<Record<HeldReason, (context: NewsContext) => string>> = {
  'no-active-key': () => 'URGENT, no active access key left',
  'used-after-deactivation': (context) => `${keysOf(usedKeys(context))} not deleted, used while inactive`,
  'restore-by-hand': (context) => `Solekey cannot reactivate ${keysOf(offKeys(context))}`,
  unknown: ({ current }) =>
    waitsForAnswer(current)
      ? `reactivation of ${keysOf(keysToRestore(current))} waits for IAM`
      : refusals(current).length > 0
        ? 'on hold, IAM refuses to change its keys'
        : 'on hold, IAM gives no answer',
};

/** The key whose use caused the hold. An older record may not name it. */
function usedKeys(context: NewsContext): string[] {
  const { askedAgain } = context.current;
  return askedAgain?.code === 'in-use' ? [askedAgain.keyId] : offKeys(context);
}

function stopped(context: NewsContext): string {
  const { heldFor } = context.current;
  return heldFor === null ? 'no longer on hold' : STOPPED[heldFor](context);
}

/** The ending as an adverb beside the number of remaining keys; null if the user does not exist any more. */
const ENDED: Readonly<Record<ClosedAs, '' | ' again' | null>> = {
  remediated: '',
  'by-owner': ' again',
  'by-restore': ' again',
  'user-gone': null,
  deactivated: '',
};

function ended({ current }: NewsContext): string {
  const again = current.closedAs === null ? '' : ENDED[current.closedAs];
  if (again === null) {
    return 'closed, the user no longer exists';
  }
  return `done, ${activeCount(current.keys)}${activeKeys(current.keys).length === 1 ? again : ''}`;
}
