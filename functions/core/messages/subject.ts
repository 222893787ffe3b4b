import { broughtBack } from '../case/brought-back.ts';
import type { Case, ClosedAs, HeldReason } from '../case/case.ts';
import { escalatesAt } from '../case/dates.ts';
import { activeKeys, isViolation } from '../model/compliance.ts';
import { onlyObserves } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import { waitFor } from '../proposal/wait.ts';
import { refusals, waitsForAnswer } from '../words/holds.ts';
import { activeCount } from '../words/status.ts';
import { keysToRestore } from '../words/unanswered.ts';
import { ordinal, printable } from '../words/words.ts';
import { isAlarm } from './alarm.ts';
import type { NewsContext, QuestionKind } from './context.ts';
import {
  account,
  asksToConfirm,
  deletedOn,
  dottedList,
  keysNamed,
  offKeys,
  shortDate,
  undoneUntil,
  wantsConfirmation,
} from './phrases.ts';

/** SNS accepts fewer than 100 characters on one line. Printable ASCII passes every mail gateway (fact sns-subject). */
const LONGEST = 99;

/** If fewer characters are left for the user name, the account is left out first. */
const NAME_WANTED = 24;

/** The subject: the request or event, the user, and the date. Long names are cut, but never the message. */
export function subjectOf(context: NewsContext): string {
  return fitted(context.current, context.policy, (who) => `[Solekey] ${eventWords(context, who)}`);
}

/** A subject about the user of a case, in which the account or a part of the user's name is left out if it is too long. */
export function fitted(
  { userName }: Pick<Case, 'userName'>,
  policy: Policy,
  said: (who: string) => string,
): string {
  const name = printable(userName, 128);
  const place = ` in ${account(policy)}`;
  const room = LONGEST - said(place).length;
  if (name.length <= room) {
    return said(`${name}${place}`);
  }
  if (room >= NAME_WANTED) {
    return said(`${cut(name, room)}${place}`);
  }
  return said(cut(name, LONGEST - said('').length));
}

function cut(name: string, room: number): string {
  return name.length <= room ? name : `${name.slice(0, room - 3)}...`;
}

/** The request or event in one line. `who` names the user. */
export function eventWords(context: NewsContext, who: string): string {
  const { kind, current } = context;
  switch (kind) {
    case 'detected':
    case 'rotation':
    case 'asked-again':
    case 'restored':
      return asked(context, kind, who);
    case 'reminder':
    case 'escalated':
      if (asksToConfirm(context)) {
        return `Not confirmed yet: deletion of ${keysOf(offKeys(context))} of ${who}`;
      }
      return current.phase === 'held' ? stopped(context, who) : asked(context, kind, who);
    case 'deactivated':
      return `Deactivated: ${keysOf(offKeys(context))} of ${who}, ${undoable(context)}`;
    case 'deletion-announced':
      return announced(context, who);
    case 'confirm-deletion':
      return `Please confirm the deletion: ${keysOf(offKeys(context))} of ${who}`;
    case 'held':
      return stopped(context, who);
    case 'closed':
      return ended(context, who);
  }
}

/** The subject of a question: what it asks for, and about what. */
function asked(context: NewsContext, kind: QuestionKind, who: string): string {
  const { current, policy, now } = context;
  if (isAlarm(context)) {
    return `${URGENT[kind]}: unexpected key of ${who}`;
  }
  const wait = waitFor(current, policy, now);
  const waits = wait?.why.code === 'rotation';
  if (wait?.why.code === 'returns') {
    return `Returned for the ${ordinal(wait.why.count)} time: ${keysOf([wait.why.keyId])} of ${who}`;
  }
  const off = offKeys(context);
  const open = !onlyObserves(policy, current) && !isViolation(current.keys) && off.length > 0;
  const back = kind === 'restored' && !onlyObserves(policy, current) ? Object.keys(broughtBack(current)) : [];
  if (back.length > 0) {
    const choose = waits ? 'no action needed yet' : 'which key to keep?';
    const next = open ? `what about ${briefly(off)}?` : choose;
    return `Reactivated: ${keysOf(back)} of ${who}; ${next}`;
  }
  const what = open ? `what happens to ${keysOf(off)} of ${who}?` : `${who} has ${activeCount(current.keys)}`;
  if (onlyObserves(policy, current)) {
    return `For your information: ${what}`;
  }
  return `${waits ? 'No action needed yet' : WANTS[kind](context)}: ${what}`;
}

/** The subject of an announced deletion. If its date depends on a confirmation, it is not certain yet. */
function announced(context: NewsContext, who: string): string {
  const { decision } = context.current;
  const keys = keysOf(offKeys(context));
  if (!wantsConfirmation(context)) {
    const what = deletedOn(context) === null ? 'Deactivated' : 'To be deleted';
    return `${what}: ${keys} of ${who}, ${undoable(context)}`;
  }
  return decision?.confirmed == null
    ? `Confirmation needed soon: deletion of ${keys} of ${who}`
    : `To be deleted, as confirmed: ${keys} of ${who}`;
}

/** Beginning of the subject of a mail about a key with an unexpected creator. */
const URGENT: Readonly<Record<QuestionKind, string>> = {
  detected: 'Urgent',
  rotation: 'Urgent',
  reminder: 'Urgent reminder',
  escalated: 'Urgent, no decision yet',
  'asked-again': 'Urgent',
  restored: 'Urgent, reactivated as requested',
};

/** The request to the reader, outside observe mode, if a key is to be chosen now. */
const WANTS: Readonly<Record<QuestionKind, (context: NewsContext) => string>> = {
  detected: decideBy,
  rotation: decideBy,
  reminder: () => 'Reminder',
  escalated: () => 'No decision yet',
  'asked-again': ({ current }) =>
    current.askedAgain?.code === 'exclusion-ended' ? 'Please decide' : 'Please decide again',
  restored: () => 'Reactivated as requested',
};

function decideBy({ policy, current, now }: NewsContext): string {
  return policy.escalation.length === 0
    ? 'Please decide'
    : `Decide by ${shortDate(escalatesAt(current.toldAt ?? now, policy), now)}`;
}

/** Up to two keys by name. More would leave no room for the user's name. */
function keysOf(ids: readonly string[]): string {
  return ids.length > 2 ? `${ids.length} keys` : keysNamed(ids);
}

function briefly(ids: readonly string[]): string {
  return ids.length > 2 ? `${ids.length} keys` : dottedList(ids);
}

function undoable(context: NewsContext): string {
  const end = undoneUntil(context);
  if (end !== null) {
    return `undo until ${shortDate(end, context.now)}`;
  }
  return wantsConfirmation(context) ? 'undo until deletion is confirmed' : 'undo at any time';
}

/** The change that a safety rule stopped, and how urgent that is. */
const STOPPED: Readonly<Record<HeldReason, (context: NewsContext, who: string) => string>> = {
  'no-active-key': (_context, who) => `Urgent: ${who} has no active access key left`,
  'used-after-deactivation': (context, who) =>
    `Not deleted: ${keysOf(offKeys(context))} of ${who}, used after deactivation`,
  'restore-by-hand': (context, who) =>
    `Please check: Solekey cannot reactivate ${keysOf(offKeys(context))} of ${who}`,
  unknown: ({ current }, who) =>
    waitsForAnswer(current)
      ? `Reactivation of ${keysOf(keysToRestore(current))} of ${who} waits for IAM`
      : refusals(current).length > 0
        ? `On hold, please check: IAM refuses to change keys of ${who}`
        : `On hold, please check: IAM gives no answer about ${who}`,
};

function stopped(context: NewsContext, who: string): string {
  const { heldFor } = context.current;
  return heldFor === null ? `No longer on hold: ${who}` : STOPPED[heldFor](context, who);
}

/** The ending as an adverb beside the number of remaining keys; null if the user does not exist any more. */
const ENDED: Readonly<Record<ClosedAs, '' | ' again' | null>> = {
  remediated: '',
  'by-owner': ' again',
  'by-restore': ' again',
  'user-gone': null,
  deactivated: '',
};

function ended({ current }: NewsContext, who: string): string {
  const again = current.closedAs === null ? '' : ENDED[current.closedAs];
  if (again === null) {
    return `Closed: ${who} no longer exists`;
  }
  return `Done: ${who} has ${activeCount(current.keys)}${activeKeys(current.keys).length === 1 ? again : ''}`;
}
