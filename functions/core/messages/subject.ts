import { keysOfOurs } from '../case.ts';
import { dotted } from '../proposal-words.ts';
import { earliest, plus } from '../time.ts';
import { day, list, printable } from '../words.ts';
import type { NewsContext } from './context.ts';
import { activeCount } from './tables.ts';

/** SNS takes fewer than 100 characters, on one line; printable ASCII passes every gateway. */
const LONGEST = 99;

/** The subject: what is asked or what happened, to whom, until when. Long names are cut, never the message. */
export function subjectOf(context: NewsContext): string {
  const { known, policy } = context;
  const fitted = (room: number) => parts(context, printable(known.userName, Math.max(8, room)));
  const full = fitted(known.userName.length + 3);
  const over = `[Solekey] ${full}`.length - LONGEST;
  const subject = over <= 0 ? full : fitted(known.userName.length - over - 3);
  const place = printable(policy.accountName, 40);
  const short = `[Solekey] ${subject}`.length <= LONGEST ? subject : subject.replace(` in ${place}`, '');
  return `[Solekey] ${printable(short, LONGEST - '[Solekey] '.length)}`;
}

function parts(context: NewsContext, name: string): string {
  const { kind, known, policy } = context;
  const who = `${name} in ${printable(policy.accountName, 40)}`;
  const keys = `active access keys`;
  const count = known.keys.filter((key) => key.status === 'Active').length;
  switch (kind) {
    case 'detected':
      return `${asking(context)}: ${who} has ${count} ${keys}`;
    case 'rotation':
      return `No action yet: ${who} has ${count} ${keys}`;
    case 'reminder':
      return `Still waiting: ${who} has ${activeCount(known)}`;
    case 'escalated':
      return `Nobody decided yet: ${who} has ${activeCount(known)}`;
    case 'asked-again':
      return `Please decide again: keys of ${who} have changed`;
    case 'restored':
      return `Brought back as asked: ${who} has ${activeCount(known)} again`;
    case 'deactivated':
      return `Switched off: key ${offKeys(context)} of ${who}, undo until ${until(context)}`;
    case 'deletion-announced':
      return `To be deleted on ${until(context)}: key ${offKeys(context)} of ${who}`;
    case 'confirm-deletion':
      return `Please confirm the deletion of key ${offKeys(context)} of ${who}`;
    case 'held':
      return `Stopped, please look: ${who} has ${activeCount(known)}`;
    case 'closed':
      return known.closedAs === 'user-gone'
        ? `Closed: ${who} no longer exists`
        : `Done: ${who} has ${activeCount(known)}`;
  }
}

function asking({ known, policy }: NewsContext): string {
  if (policy.mode === 'observe') return 'For your information';
  if (policy.escalation.length === 0) return 'Please decide';
  return `Decide by ${day(plus(known.toldAt ?? known.opened, policy.escalateAfter)).replace(/ \d+$/, '')}`;
}

function offKeys({ known }: NewsContext): string {
  return list(keysOfOurs(known).map(dotted));
}

function until({ known }: NewsContext): string {
  const first = earliest(...keysOfOurs(known).map((id) => known.progress[id]?.graceEnds ?? null));
  return first === null ? 'the deletion' : day(first).replace(/ \d+$/, '');
}
