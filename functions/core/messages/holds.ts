import { isAnyAlarmed } from '../case/alarmed-key.ts';
import { holdSentences, nothingIsLeft, refusals, waitsForAnswer } from '../words/holds.ts';
import { byNumber, MAIL } from '../words/style.ts';
import { day } from '../words/words.ts';
import { switchOnCommand } from './commands.ts';
import type { NoticeContext } from './context.ts';
import { statusLines } from './key-lines.ts';
import { lines, prose } from './layout.ts';
import { dottedList, keysNamed, offKeys, onceMore, overdue, whom } from './phrases.ts';

/** Mails about a hold: a safety rule stopped us and a person needs to check. Also reminders of it. */
export function holds(context: NoticeContext): string[] {
  const { kind, current, policy } = context;
  const { phaseSince, heldFor } = current;
  const still = kind === 'held' ? '' : `On hold since ${day(phaseSince)}.`;
  const because =
    heldFor === null
      ? [`${whom(context)} is no longer on hold.`]
      : holdSentences(heldFor, current, policy, whom(context), MAIL);
  return [
    prose(...because, still, overdue(context), onceMore(context)),
    wayOut(context),
    statusLines(context),
    prose(...untilThen(context)),
  ];
}

function untilThen(context: NoticeContext): string[] {
  const { current } = context;
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
  if (current.heldFor === 'unknown') {
    return ['A person needs to check this. Until then this case stays in your digest.'];
  }
  const hold =
    current.heldFor === 'restore-by-hand'
      ? `only a person can change ${byNumber(offKeys(context), 'the key', 'the keys')}, in IAM.`
      : 'Solekey changes no key of this user until a person has checked.';
  return [`This is a hold: ${hold}`, 'This case stays in your digest.'];
}

/** A key that somebody else may have must not be reactivated by accident. */
function readFirst({ current, policy }: NoticeContext): string {
  return isAnyAlarmed(current, policy) ? ', after reading why it was deactivated' : '';
}

/** The reader's ways to act, by a link or by hand. */
function wayOut(context: NoticeContext): string {
  const { current, link } = context;
  const off = offKeys(context);
  if (link !== null) {
    const way =
      current.heldFor === 'no-active-key'
        ? `Reactivate ${keysNamed(off)} here${readFirst(context)}:`
        : `Decide again${off.length === 0 ? '' : `, or reactivate ${dottedList(off)}`}:`;
    return lines(way, link);
  }
  if (current.heldFor === 'unknown' || off.length === 0) {
    return '';
  }
  const commands = off.map((id) => switchOnCommand(current.userName, id));
  return lines(`Someone with IAM permissions can reactivate ${dottedList(off)}:`, ...commands);
}
