import { broughtBack } from '../case/brought-back.ts';
import type { NoticeKind } from '../case/case.ts';
import { escalatesAt } from '../case/dates.ts';
import { activeKeys, isViolation } from '../model/compliance.ts';
import { printable } from '../words/words.ts';
import { isAlarm } from './alarm.ts';
import type { NewsContext } from './context.ts';
import {
  account,
  activeCount,
  asksToConfirm,
  deletedOn,
  keysNamed,
  offKeys,
  refusals,
  shortDate,
  undoneUntil,
  wantsConfirmation,
} from './phrases.ts';

/** SNS takes fewer than 100 characters, on one line; printable ASCII passes every gateway (fact sns-subject). */
const LONGEST = 99;

/** Below this many characters of a user name, the account has to go first. */
const NAME_WANTED = 24;

/** The subject: what is asked or what happened, to whom, until when. Long names are cut, never the message. */
export function subjectOf(context: NewsContext): string {
  const name = printable(context.current.userName, 128);
  const place = ` in ${account(context.policy)}`;
  const said = (who: string) => `[Solekey] ${sentence(context, who)}`;
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

function sentence(context: NewsContext, who: string): string {
  const { kind, current } = context;
  switch (kind) {
    case 'detected':
    case 'rotation':
    case 'asked-again':
    case 'restored':
      return asked(context, who);
    case 'reminder':
    case 'escalated':
      if (asksToConfirm(context)) {
        return `Nobody confirmed yet: deletion of ${keysOf(offKeys(context))} of ${who}`;
      }
      return current.phase === 'held' ? stopped(context, who) : asked(context, who);
    case 'deactivated':
      return `Switched off: ${keysOf(offKeys(context))} of ${who}, ${undoable(context)}`;
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

/** A question: what it wants, and about what. */
function asked(context: NewsContext, who: string): string {
  const { kind, current, policy } = context;
  if (isAlarm(context)) {
    return `${question(context)}: unexpected key of ${who}`;
  }
  const off = offKeys(context);
  const open = policy.mode === 'enforce' && !isViolation(current.keys) && off.length > 0;
  const back = kind === 'restored' && policy.mode === 'enforce' ? Object.keys(broughtBack(current)) : [];
  const go = `may ${keysOf(off)}`;
  if (back.length > 0) {
    return `Brought back: ${keysOf(back)} of ${who}; ${open ? `${go} go?` : 'which one stays?'}`;
  }
  return `${question(context)}: ${open ? `${go} of ${who} go?` : `${who} has ${activeCount(current)}`}`;
}

/** A deletion that is near. Where a person sets its date by confirming it, it is not certain yet. */
function announced(context: NewsContext, who: string): string {
  const { decision } = context.current;
  const keys = keysOf(offKeys(context));
  if (!wantsConfirmation(context)) {
    const what = deletedOn(context) === null ? 'Switched off' : 'To be deleted';
    return `${what}: ${keys} of ${who}, ${undoable(context)}`;
  }
  return decision?.confirmed == null
    ? `Soon to be decided: may ${keys} of ${who} be deleted?`
    : `To be deleted, as confirmed: ${keys} of ${who}`;
}

/** What is asked about a key that somebody unexpected made. */
const URGENT: Partial<Record<NoticeKind, string>> = {
  reminder: 'Urgent, still waiting',
  escalated: 'Urgent, nobody decided yet',
  restored: 'Urgent, brought back as asked',
};

/** What a question wants. Who only observes is asked nothing. */
function question(context: NewsContext): string {
  const { kind, current, policy, now } = context;
  if (isAlarm(context)) {
    return URGENT[kind] ?? 'Urgent';
  }
  if (policy.mode === 'observe') {
    return 'For your information';
  }
  switch (kind) {
    case 'rotation':
      return 'No action yet';
    case 'reminder':
      return 'Still waiting';
    case 'escalated':
      return 'Nobody decided yet';
    case 'restored':
      return 'Brought back as asked';
    case 'asked-again':
      return current.askedAgain?.code === 'exclusion-ended' ? 'Please decide' : 'Please decide again';
    default:
      return policy.escalation.length === 0
        ? 'Please decide'
        : `Decide by ${shortDate(escalatesAt(current.toldAt ?? now, policy), now)}`;
  }
}

/** Up to two keys by name; more would leave no room for the user's. */
function keysOf(ids: readonly string[]): string {
  return ids.length > 2 ? `${ids.length} keys` : keysNamed(ids);
}

function undoable(context: NewsContext): string {
  const end = undoneUntil(context);
  if (end !== null) {
    return `undo until ${shortDate(end, context.now)}`;
  }
  return wantsConfirmation(context) ? 'undo until deletion is confirmed' : 'undo any time';
}

function stopped(context: NewsContext, who: string): string {
  switch (context.current.heldFor) {
    case 'no-active-key':
      return `Urgent: ${who} has no active access key left`;
    case 'used-after-deactivation':
      return `Not deleted: ${keysOf(offKeys(context))} of ${who}, used while switched off`;
    case 'restore-by-hand':
      return `Please look: ${keysOf(offKeys(context))} of ${who}, off and out of our hands`;
    default:
      return refusals(context.current).length > 0
        ? `Stopped, please look: IAM refuses to change keys of ${who}`
        : `Stopped, please look: IAM tells us nothing about ${who}`;
  }
}

function ended({ current }: NewsContext, who: string): string {
  if (current.closedAs === 'user-gone') {
    return `Closed: ${who} no longer exists`;
  }
  const again = current.closedAs === 'by-owner' && activeKeys(current.keys).length === 1 ? ' again' : '';
  return `Done: ${who} has ${activeCount(current)}${again}`;
}
