import { holdSentences, nothingIsLeft, refusals, waitsForAnswer } from '../words/holds.ts';
import { activeCount } from '../words/status.ts';
import { MAIL } from '../words/style.ts';
import { switchOnCommand } from './commands.ts';
import type { NoticeContext } from './context.ts';
import { prose } from './layout.ts';
import { dottedList, keysNamed, momentFromNow, offKeys, onceMore, overdue, whom } from './phrases.ts';
import { outcomeTable } from './tables.ts';

/** Mails about a hold: a safety rule stopped us and a person needs to check. Also reminders of it. */
export function holds(context: NoticeContext): string[] {
  const { kind, current, policy } = context;
  const { phaseSince, keysSeenAt, heldFor } = current;
  const still = kind === 'held' ? '' : `On hold since ${momentFromNow(phaseSince, context)}.`;
  const because =
    heldFor === null
      ? [`${whom(context)} is no longer on hold.`]
      : holdSentences(heldFor, current, policy, whom(context), MAIL);
  return [
    prose(...because, still, overdue(context), onceMore(context)),
    wayOut(context),
    outcomeTable(context),
    prose(
      `Seen in IAM on ${momentFromNow(keysSeenAt, context)}: ${activeCount(current.keys)}.`,
      ...untilThen(context),
    ),
  ];
}

function untilThen({ current }: NoticeContext): string[] {
  if (current.heldFor === null) {
    return [];
  }
  if (nothingIsLeft(current)) {
    return ['There is nothing to decide: this case closes on its own soon, and one more mail says so.'];
  }
  if (waitsForAnswer(current)) {
    return ['You do not have to do anything: another mail says how it ends.'];
  }
  if (refusals(current).length > 0) {
    return [
      'A person needs to check this. Until then Solekey keeps trying, and this case stays in your digest.',
    ];
  }
  return [
    'This is a hold: a safety rule stopped Solekey, and a person needs to check.',
    'Until then it deactivates nothing and deletes nothing, and this case stays in your digest.',
  ];
}

/** The reader's ways to act, by a link or by hand. */
function wayOut(context: NoticeContext): string {
  const { current, link } = context;
  const off = offKeys(context);
  if (link !== null) {
    return current.heldFor === 'no-active-key'
      ? `Reactivate ${keysNamed(off)} here:\n${link}`
      : `Decide again${off.length === 0 ? '' : `, or reactivate ${dottedList(off)}`}:\n${link}`;
  }
  if (current.heldFor === 'unknown' || off.length === 0) {
    return '';
  }
  const commands = off.map((id) => switchOnCommand(current.userName, id));
  return [`Someone with IAM permissions can reactivate ${dottedList(off)}:`, ...commands].join('\n');
}
