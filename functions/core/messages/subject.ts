import { activeKeys } from '../compliance.ts';
import type { NoticeKind } from '../case.ts';
import { deletionMode } from '../deletion-mode.ts';
import { plus } from '../time.ts';
import { printable } from '../words.ts';
import { isAlarm } from './alarm.ts';
import type { NewsContext } from './context.ts';
import {
  account,
  activeCount,
  asksToConfirm,
  keysNamed,
  offKeys,
  shortDate,
  undoneUntil,
} from './phrases.ts';

/** SNS takes fewer than 100 characters, on one line; printable ASCII passes every gateway. */
const LONGEST = 99;

/** Below this many characters of a user name, the account has to go first. */
const NAME_WANTED = 24;

/** The subject: what is asked or what happened, to whom, until when. Long names are cut, never the message. */
export function subjectOf(context: NewsContext): string {
  const name = printable(context.known.userName, 128);
  const place = ` in ${account(context.policy)}`;
  const said = (who: string) => `[Solekey] ${sentence(context, who)}`;
  const room = LONGEST - said(place).length;
  if (name.length <= room) return said(`${name}${place}`);
  if (room >= NAME_WANTED) return said(`${cut(name, room)}${place}`);
  return said(cut(name, LONGEST - said('').length));
}

function cut(name: string, room: number): string {
  return name.length <= room ? name : `${name.slice(0, room - 3)}...`;
}

function sentence(context: NewsContext, who: string): string {
  const { kind, known } = context;
  const has = isAlarm(context) ? `unexpected key of ${who}` : `${who} has ${activeCount(known)}`;
  switch (kind) {
    case 'detected':
    case 'rotation':
    case 'asked-again':
    case 'restored':
      return `${question(context)}: ${has}`;
    case 'reminder':
    case 'escalated':
      if (asksToConfirm(context)) return `Nobody confirmed yet: deletion of ${keysOf(context)} of ${who}`;
      return known.phase === 'held' ? stopped(context, who) : `${question(context)}: ${has}`;
    case 'deactivated':
      return `Switched off: ${keysOf(context)} of ${who}, ${undoable(context)}`;
    case 'deletion-announced':
      return `To be deleted: ${keysOf(context)} of ${who}, ${undoable(context)}`;
    case 'confirm-deletion':
      return `Please confirm the deletion: ${keysOf(context)} of ${who}`;
    case 'held':
      return stopped(context, who);
    case 'closed':
      return ended(context, who);
  }
}

/** What is asked about a key that somebody unexpected made. */
const URGENT: Partial<Record<NoticeKind, string>> = {
  reminder: 'Urgent, still waiting',
  escalated: 'Urgent, nobody decided yet',
  restored: 'Urgent, brought back as asked',
};

/** What a question wants. Who only observes is asked nothing. */
function question(context: NewsContext): string {
  const { kind, known, policy, now } = context;
  if (isAlarm(context)) return URGENT[kind] ?? 'Urgent';
  if (policy.mode === 'observe') return 'For your information';
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
      return known.askedAgain?.code === 'exclusion-ended' ? 'Please decide' : 'Please decide again';
    default:
      return policy.escalation.length === 0
        ? 'Please decide'
        : `Decide by ${shortDate(plus(known.toldAt ?? now, policy.escalateAfter), now)}`;
  }
}

/** Up to two keys by name; more would leave no room for the user's. */
function keysOf(context: NewsContext): string {
  const ids = offKeys(context);
  return ids.length > 2 ? `${ids.length} keys` : keysNamed(ids);
}

function undoable(context: NewsContext): string {
  const end = undoneUntil(context);
  const { known, policy, now } = context;
  if (end !== null) return `undo until ${shortDate(end, now)}`;
  const asked = policy.mode === 'enforce' && deletionMode(known.decision, policy) === 'on-confirmation';
  return asked ? 'undo until deletion is confirmed' : 'undo any time';
}

function stopped(context: NewsContext, who: string): string {
  switch (context.known.heldFor) {
    case 'no-active-key':
      return `Urgent: ${who} has no active access key left`;
    case 'used-after-deactivation':
      return `Not deleted: ${keysOf(context)} of ${who}, used while switched off`;
    case 'restore-by-hand':
      return `Please look: ${keysOf(context)} of ${who}, off and out of our hands`;
    default:
      return `Stopped, please look: IAM tells us nothing about ${who}`;
  }
}

function ended({ known }: NewsContext, who: string): string {
  if (known.closedAs === 'user-gone') return `Closed: ${who} no longer exists`;
  const again = known.closedAs === 'by-owner' && activeKeys(known.keys).length === 1 ? ' again' : '';
  return `Done: ${who} has ${activeCount(known)}${again}`;
}
