import { keysOff } from '../case/case.ts';
import { graceInForce } from '../case/dates.ts';
import { activeKeys } from '../model/compliance.ts';
import { dotted } from '../words/proposal-words.ts';
import { inWords, moment, printable, usedWords } from '../words/words.ts';
import { switchOnCommand } from './commands.ts';
import type { NoticeContext } from './context.ts';
import { item, prose } from './layout.ts';
import {
  account,
  activeCount,
  asksToConfirm,
  byNumber,
  capital,
  deletedOn,
  dottedList,
  keysNamed,
  momentFromNow,
  offKeys,
  onceMore,
  personName,
  undoneUntil,
  wantsConfirmation,
} from './phrases.ts';
import { outcomeTable } from './tables.ts';

/** Mails about keys that are off: what was done, how to undo it, and what comes next. */
export function changes(context: NoticeContext): string[] {
  const { current, now } = context;
  return [
    `${prose(...news(context))}\n${undo(context)}`,
    asksToConfirm(context) ? offSince(context) : '',
    outcomeTable(context),
    prose(
      `Seen in IAM on ${momentFromNow(current.keysSeenAt, now)}: ${activeCount(current)}.`,
      ...meanwhile(context),
    ),
  ];
}

/** `Key ...3QXK of IAM user ci-deploy in prod-payments (123456789012) is`. */
function keysAre(context: NoticeContext): string {
  const { current, policy } = context;
  const off = offKeys(context);
  const of = `IAM user ${printable(current.userName, 64)} in ${account(policy)} (${current.account})`;
  return `${capital(keysNamed(off))} of ${of} ${byNumber(off, 'is', 'are')}`;
}

function news(context: NoticeContext): string[] {
  const { kind, current, now } = context;
  const [it, they] = [byNumber(offKeys(context), 'it', 'them'), byNumber(offKeys(context), 'it', 'they')];
  const end = deletedOn(context);
  if (asksToConfirm(context)) {
    return [
      `${keysAre(context)} switched off${asDecided(context)}.`,
      `The grace period is over, and ${they} ${byNumber(offKeys(context), 'is', 'are')} deleted if you confirm it. That cannot be undone.`,
      ...askedBefore(context),
    ];
  }
  if (kind === 'deletion-announced' && wantsConfirmation(context)) {
    return comingUp(context);
  }
  if (kind === 'deletion-announced' && end !== null) {
    return [
      `${keysAre(context)} to be deleted on ${momentFromNow(end, now)}. That cannot be undone.`,
      `This is the last mail before it. If nobody needs ${it}, there is nothing to do.`,
    ];
  }
  const active = dottedList(activeKeys(current.keys).map(({ id }) => id));
  return [
    `${keysAre(context)} switched off${asDecided(context)}.`,
    active === '' ? '' : `${active} stays active.`,
  ];
}

/** `, as decided on 23 Nov 2026, 15:10 UTC through the link of Security lead`. */
function asDecided({ current: { decision }, policy }: NoticeContext): string {
  if (decision === null) {
    return '';
  }
  return `, as decided on ${moment(decision.at)} through the link of ${personName(policy, decision.by)}`;
}

/** Before a deletion whose date a person's confirmation sets. */
function comingUp(context: NoticeContext): string[] {
  const { current, policy } = context;
  const confirmed = current.decision?.confirmed ?? null;
  if (confirmed !== null) {
    return [
      `${keysAre(context)} switched off, and to be deleted soon: ${personName(policy, confirmed.by)} confirmed it on ${moment(confirmed.at)}.`,
      'That cannot be undone. This is the last mail before it.',
    ];
  }
  return [
    `${keysAre(context)} switched off. Soon the grace period is over, and we ask whether ${byNumber(offKeys(context), 'it', 'they')} may be deleted for good.`,
    'Nothing is deleted without that, and there is nothing to do now.',
  ];
}

/** Since when nobody has confirmed a deletion; nothing in the first mail about it. */
function askedBefore(context: NoticeContext): string[] {
  const { kind, current, now } = context;
  const { toldAt, remindedAt } = current;
  if (toldAt === null || (kind === 'confirm-deletion' && toldAt === remindedAt)) {
    return [];
  }
  const since = `We asked on ${momentFromNow(toldAt, now)}, and nobody has confirmed it yet.`;
  return [since, onceMore(context)];
}

/** Since when each key is off, and what is known of its use: what somebody wants to know before they confirm. */
function offSince({ current, now }: NoticeContext): string {
  const lines = keysOff(current).map(({ id, since }) => {
    const uses = current.keys.filter((key) => key.id === id).map((key) => `, ${usedWords(key, now)}`);
    return item(`${dotted(id)}: off since ${momentFromNow(since, now)}${uses.join('')}`);
  });
  return lines.join('\n');
}

function undo(context: NoticeContext): string {
  const { link, current, now } = context;
  const off = offKeys(context);
  const it = byNumber(off, 'it', 'them');
  const end = undoneUntil(context);
  const until = end === null ? '' : ` until ${momentFromNow(end, now)}`;
  if (link === null) {
    const commands = off.map((id) => switchOnCommand(current.userName, id));
    return [`Something broke? Switch ${it} on again${until}:`, ...commands].join('\n');
  }
  return asksToConfirm(context)
    ? `Confirm the deletion, or bring ${it} back:\n${link}`
    : `${prose(`Something broke? Bring ${it} back${until}:`)}\n${link}`;
}

/** What to know about the time until then. */
function meanwhile(context: NoticeContext): string[] {
  const { kind, current, policy } = context;
  const off = offKeys(context);
  const it = byNumber(off, 'it', 'one of them');
  const sessions = `Sessions opened with ${it} before may run on for up to 36 hours.`;
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
  const used = `If ${it} is used or switched on before that date, nothing is deleted and you are asked again.`;
  if (kind === 'deletion-announced') {
    return [used];
  }
  const grace = graceInForce(decision, policy);
  return [
    `For ${inWords(grace)}, the grace period, keys are only off, so that whatever still needs one shows.`,
    used,
    sessions,
    'One more mail comes before the deletion.',
  ];
}

/** Why no date of deletion is named. */
function withoutDate(context: NoticeContext): string {
  if (wantsConfirmation(context)) {
    return 'Nothing is deleted unless somebody confirms it: we ask when the grace period, in which keys are only off, is over.';
  }
  const end = undoneUntil(context);
  if (end === null) {
    return 'Nothing is deleted without another decision.';
  }
  const off = offKeys(context);
  const stays = byNumber(off, 'it stays off', 'they stay off');
  return `After ${moment(end)} this link ends and ${stays}: in this account, Solekey deletes no keys.`;
}
