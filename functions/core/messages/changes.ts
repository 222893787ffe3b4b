import { keysOff } from '../case/case.ts';
import { graceInForce } from '../case/dates.ts';
import { activeKeys } from '../model/compliance.ts';
import { NO_DELETION } from '../words/endings.ts';
import { activeCount } from '../words/status.ts';
import { byNumber, MAIL } from '../words/style.ts';
import { inWords, usedWords } from '../words/words.ts';
import { workMoved } from '../words/work-moved.ts';
import { switchOnCommand } from './commands.ts';
import type { NoticeContext } from './context.ts';
import { item, prose } from './layout.ts';
import {
  asksToConfirm,
  deletedOn,
  dottedList,
  keysNamed,
  moment,
  momentFromNow,
  offKeys,
  onceMore,
  overdue,
  personName,
  privilege,
  undoneUntil,
  wantsConfirmation,
  whom,
} from './phrases.ts';
import { outcomeTable } from './tables.ts';

/** Mails about keys that we deactivated: what was done, how to undo it, and what happens next. */
export function changes(context: NoticeContext): string[] {
  const { current, policy, now } = context;
  return [
    [prose(...news(context)), undo(context)].filter((text) => text !== '').join('\n'),
    asksToConfirm(context) ? inactiveSince(context) : '',
    outcomeTable(context),
    soonDeleted(context) ? prose(...workMoved(current, context.evidence, now, policy.digest.zone, MAIL)) : '',
    prose(
      `Seen in IAM on ${momentFromNow(current.keysSeenAt, context)}: ${activeCount(current.keys)}.`,
      ...meanwhile(context),
    ),
  ];
}

/** True for the mails after which keys may be deleted: the last chance to see that somebody still needs one. */
function soonDeleted(context: NoticeContext): boolean {
  return context.kind === 'deletion-announced' || asksToConfirm(context);
}

function news(context: NoticeContext): string[] {
  const { kind, current } = context;
  const off = offKeys(context);
  const [it, are] = [byNumber(off, 'it', 'them'), byNumber(off, 'is', 'are')];
  const end = deletedOn(context);
  if (off.length === 0) {
    return [
      `${whom(context)} has ${activeCount(current.keys)}.`,
      'None of the keys that Solekey deactivated is left.',
    ];
  }
  if (asksToConfirm(context)) {
    return [
      deactivated(context),
      privilege(context),
      `The grace period is over. ${dottedList(off)} ${are} deleted permanently only if someone confirms it.`,
      ...askedBefore(context),
    ];
  }
  if (kind === 'deletion-announced' && wantsConfirmation(context)) {
    return comingUp(context);
  }
  if (kind === 'deletion-announced' && end !== null) {
    return [
      `Solekey will delete ${keysNamed(off)} of ${whom(context)} permanently on ${momentFromNow(end, context)}.`,
      `This is the last mail before that. If nobody needs ${it}, you do not have to do anything.`,
    ];
  }
  const active = activeKeys(current.keys).map(({ id }) => id);
  const stay = byNumber(active, 'stays', 'stay');
  return [deactivated(context), active.length === 0 ? '' : `${dottedList(active)} ${stay} active.`];
}

/** `Solekey deactivated key ...3QXK of IAM user ..., as Platform lead decided on 23 Nov 2026, 15:10 UTC.` */
function deactivated(context: NoticeContext): string {
  const { decision } = context.current;
  const decided =
    decision === null
      ? ''
      : `, as ${personName(context.policy, decision.by)} decided on ${moment(decision.at, context)}`;
  return `Solekey deactivated ${keysNamed(offKeys(context))} of ${whom(context)}${decided}.`;
}

/** Sentences about a deletion whose date depends on a person's confirmation. */
function comingUp(context: NoticeContext): string[] {
  const { current, policy } = context;
  const off = offKeys(context);
  const keys = `${keysNamed(off)} of ${whom(context)}`;
  const confirmed = current.decision?.confirmed ?? null;
  if (confirmed !== null) {
    return [
      `Solekey will soon delete ${keys} permanently: ${personName(policy, confirmed.by)} confirmed it on ${moment(confirmed.at, context)}.`,
      'This is the last mail before that.',
    ];
  }
  return [
    `The grace period of ${keys} ends soon. Then we ask whether to delete ${byNumber(off, 'it', 'them')} permanently.`,
    'Nothing is deleted unless someone confirms it. You do not have to do anything now.',
  ];
}

/** A sentence that says since when nobody has confirmed a deletion; empty in the first mail about it. */
function askedBefore(context: NoticeContext): string[] {
  const { kind, current } = context;
  const { toldAt, remindedAt } = current;
  if (toldAt === null || (kind === 'confirm-deletion' && toldAt === remindedAt)) {
    return [];
  }
  const since = `We asked on ${momentFromNow(toldAt, context)}, and nobody has confirmed it yet.`;
  return [since, overdue(context), onceMore(context)];
}

/** The time since which each key is inactive, and its last use, which people need to know before they confirm. */
function inactiveSince(context: NoticeContext): string {
  const { current, policy, now } = context;
  const lines = keysOff(current).map(({ id, since }) => {
    const uses = current.keys
      .filter((key) => key.id === id)
      .map((key) => `, ${usedWords(key, now, policy.digest.zone)}`);
    return item(`${MAIL.key(id)}: inactive since ${momentFromNow(since, context)}${uses.join('')}`);
  });
  return lines.join('\n');
}

function undo(context: NoticeContext): string {
  const { link, current } = context;
  const off = offKeys(context);
  const end = undoneUntil(context);
  const until = end === null ? '' : ` until ${momentFromNow(end, context)}`;
  if (off.length === 0) {
    return link === null ? '' : `See the case here:\n${link}`;
  }
  if (link === null) {
    const commands = off.map((id) => switchOnCommand(current.userName, id));
    return [`Something broke? Reactivate ${dottedList(off)} in IAM:`, ...commands].join('\n');
  }
  return asksToConfirm(context)
    ? `Confirm the deletion or reactivate ${dottedList(off)} here:\n${link}`
    : `${prose(`Something broke? Reactivate ${dottedList(off)}${until}:`)}\n${link}`;
}

/** Sentences about the time until the deletion. */
function meanwhile(context: NoticeContext): string[] {
  const { kind, current, policy } = context;
  const off = offKeys(context);
  if (off.length === 0) {
    return [];
  }
  const it = byNumber(off, dottedList(off), 'one of these keys');
  const sessions = `Sessions opened earlier with ${byNumber(off, dottedList(off), 'these keys')} may continue for up to 36 hours.`;
  if (asksToConfirm(context)) {
    return ['If nobody confirms it, nothing is deleted.'];
  }
  const { decision } = current;
  if (kind === 'deletion-announced' && wantsConfirmation(context)) {
    return [];
  }
  if (decision === null || deletedOn(context) === null) {
    return [sessions, withoutDate(context)];
  }
  const used = `If ${it} is used or reactivated before that date, nothing is deleted and you are asked again.`;
  if (kind === 'deletion-announced') {
    return [used];
  }
  const grace = graceInForce(decision, policy);
  return [
    `The grace period is ${inWords(grace)}: anything that still needs ${byNumber(off, 'the key', 'a key')} should show up in that time.`,
    used,
    sessions,
    'You get one more mail before the deletion.',
  ];
}

/** A sentence that says why there is no date of deletion. */
function withoutDate(context: NoticeContext): string {
  if (wantsConfirmation(context)) {
    return 'Nothing is deleted unless someone confirms it. We ask when the grace period ends; until then the key can be reactivated.';
  }
  const end = undoneUntil(context);
  if (end === null) {
    return 'Nothing is deleted without another decision.';
  }
  const stays = byNumber(offKeys(context), 'the key stays', 'the keys stay');
  return `After ${moment(end, context)} this link no longer works and ${stays} inactive. ${NO_DELETION}`;
}
