import { isAnyAlarmed } from '../case/alarmed-key.ts';
import { windowOpens } from '../case/change-window.ts';
import { graceInForce } from '../case/dates.ts';
import { linkPurpose } from '../case/notices.ts';
import { tellsOfCompromised } from '../channel/urgency.ts';
import { activeKeys } from '../model/compliance.ts';
import type { Instant } from '../model/time.ts';
import { NO_DELETION } from '../words/endings.ts';
import { activeCount } from '../words/status.ts';
import { byNumber } from '../words/style.ts';
import { waitsForOpening } from '../words/window.ts';
import { day, fromNow, inWords } from '../words/words.ts';
import { switchOnCommand } from './commands.ts';
import type { NoticeContext } from './context.ts';
import { shortLines } from './key-lines.ts';
import { lines, prose } from './layout.ts';
import { mayAskFirst, workMoved } from './moved-work.ts';
import {
  asksToConfirm,
  checkWhatWasDone,
  deactivated,
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
  selfApproved,
  undoneUntil,
  wantsConfirmation,
  whom,
} from './phrases.ts';

/** Mails about keys that we deactivated: what was done, how to undo it, and what happens next. */
export function changes(context: NoticeContext): string[] {
  if (offKeys(context).length === 0) {
    return nothingLeft(context);
  }
  const moved = prose(...workMoved(context));
  return asksToConfirm(context)
    ? [
        prose(...confirmNews(context), ...(moved === '' ? askedBefore(context) : [])),
        shortLines(context),
        moved,
        confirmHere(context),
        prose(...instead(context), ...onceConfirmed(context)),
      ]
    : [prose(...news(context)), undo(context), moved, prose(...meanwhile(context))];
}

function nothingLeft(context: NoticeContext): string[] {
  const { link, current } = context;
  const has = `${whom(context)} has ${activeCount(current.keys)}.`;
  return [
    prose(has, 'None of the keys that Solekey deactivated is left.'),
    link === null ? '' : seeCase(link),
  ];
}

function seeCase(link: string): string {
  return lines('See the case here:', link);
}

function news(context: NoticeContext): string[] {
  const { kind, current } = context;
  const off = offKeys(context);
  const end = deletedOn(context);
  if (kind === 'deletion-announced' && wantsConfirmation(context)) {
    return comingUp(context);
  }
  if (kind === 'deletion-announced' && end !== null) {
    const [it, asked] = [byNumber(off, 'it', 'them'), mayAskFirst(context)];
    return [
      `Solekey will delete ${keysNamed(off)} of ${whom(context)} permanently on ${momentFromNow(end, context)}${asked ? `, unless something may still need ${it}: then someone must confirm it first` : ''}.`,
      asked ? '' : 'This is the last mail before that.',
      `If nobody needs ${it}, do nothing.`,
    ];
  }
  const active = activeKeys(current.keys).map(({ id }) => id);
  const staying =
    active.length === 0
      ? 'No key stays active.'
      : `${dottedList(active)} ${byNumber(active, 'stays', 'stay')} active${untilAsked(context)}.`;
  const urgent = tellsOfCompromised(kind, current);
  // There is no room for more beside it; the subject says to check what was done with a compromised key.
  const own = selfApproved(context);
  return urgent
    ? [
        `Urgent: ${deactivated(context)}`,
        active.length === 0 ? staying : '',
        own === '' ? checkWhatWasDone(off) : own,
      ]
    : [deactivated(context), ...(own === '' ? [privilege(context), staying] : [own])];
}

/** `, and you are asked about them again on 31 Jan 2027`, where an exception leaves several keys Active; empty otherwise. */
function untilAsked({ current: { decision } }: NoticeContext): string {
  return decision?.kind === 'not-now' ? `, and you are asked about them again on ${day(decision.until)}` : '';
}

/** Sentences about a deletion whose date depends on a person's confirmation. */
function comingUp(context: NoticeContext): string[] {
  const { current, policy } = context;
  const off = offKeys(context);
  const keys = `${keysNamed(off)} of ${whom(context)}`;
  const confirmed = current.decision?.confirmed ?? null;
  if (confirmed !== null) {
    return [
      `Solekey will soon delete ${keys} permanently: ${personName(policy, confirmed.by)} confirmed it on ${day(confirmed.at)}.`,
      'This is the last mail before that.',
    ];
  }
  return [
    `Soon we will ask whether to delete ${keys}, which Solekey deactivated.`,
    'Nothing is deleted unless someone confirms it. You do not have to do anything now.',
  ];
}

/** The question whether to delete. */
function confirmNews(context: NoticeContext): string[] {
  const { current, policy } = context;
  const off = offKeys(context);
  const grace = inWords(graceInForce(current.decision, policy));
  const it = byNumber(off, 'it', 'them');
  return [
    deactivated(context),
    privilege(context),
    mayAskFirst(context)
      ? `${grace} have passed, and something may still need ${it}.`
      : `The ${grace} to see if anything needs ${it} are over.`,
    `Delete ${dottedList(off)} permanently?`,
  ];
}

/**
 * A sentence that says since when nobody has confirmed a deletion; empty in the first mail about it. A mail about consumers has no
 * room for it; its subject says that nobody has confirmed.
 */
function askedBefore(context: NoticeContext): string[] {
  const { kind, current } = context;
  const { toldAt, remindedAt } = current;
  if (toldAt === null || (kind === 'confirm-deletion' && toldAt === remindedAt)) {
    return [];
  }
  const late = overdue(context);
  return [
    late === '' ? `We asked ${fromNow(toldAt, context.now)}, and nobody has confirmed it yet.` : late,
    onceMore(context),
  ];
}

/** Where to confirm. The link of the mail that asks for it can do nothing else; that of an escalation leads to the case. */
function confirmHere(context: NoticeContext): string {
  const { link } = context;
  const nothing = 'Nothing is deleted unless someone confirms';
  if (link === null) {
    return `${nothing}.`;
  }
  const it = dottedList(offKeys(context));
  return lines(
    onlyDeletes(context)
      ? `${nothing} here:`
      : `${nothing}. Reactivate ${it}, or get the link to confirm, here:`,
    link,
  );
}

/** A sentence that says until when the deletion would wait if it were confirmed now. */
function onceConfirmed({ current, policy, now }: NoticeContext): string[] {
  const opens = windowOpens(current.decision, policy, now);
  return opens === null
    ? []
    : [`Once confirmed, the deletion ${waitsForOpening(opens, policy.digest.zone)}.`];
}

/** True if the link of a mail leads to a page that can only confirm the deletion. */
function onlyDeletes({ kind, current, policy }: NoticeContext): boolean {
  return linkPurpose(kind, current, policy) === 'delete';
}

/** The way to reactivate a key where the link cannot do that. */
function instead(context: NoticeContext): string[] {
  const off = offKeys(context);
  if (context.link === null) {
    return commands(context);
  }
  return onlyDeletes(context)
    ? [`To reactivate ${byNumber(off, 'it', 'them')}, use your digest or an earlier mail.`]
    : [];
}

function commands(context: NoticeContext): string[] {
  const off = offKeys(context);
  const { userName } = context.current;
  return [
    lines(
      `Something broke? Reactivate ${dottedList(off)} in IAM:`,
      ...off.map((id) => switchOnCommand(userName, id)),
    ),
  ];
}

/** The first sentence of the last mail before a deletion has its moment already, and the warning about an alarmed key takes the room. */
function before(context: NoticeContext, end: Instant, isAlarming: boolean): string {
  if (context.kind === 'deletion-announced' && deletedOn(context) !== null) {
    return 'before that';
  }
  return `until ${isAlarming ? moment(end, context) : momentFromNow(end, context)}`;
}

function undo(context: NoticeContext): string {
  const { link, current, policy } = context;
  const off = offKeys(context);
  const end = undoneUntil(context);
  if (link === null) {
    return prose(...commands(context));
  }
  const alarming = isAnyAlarmed(current, policy);
  const until = end === null ? '' : ` ${before(context, end, alarming)}`;
  // A key that somebody else may have must not be reactivated by accident.
  return alarming
    ? lines(
        `Something broke? You can reactivate ${dottedList(off)}${until}. First read here why ${byNumber(off, 'it was', 'they were')} deactivated:`,
        link,
      )
    : lines(`Something broke? Reactivate ${dottedList(off)}${until}:`, link);
}

/** Sentences about the time until the deletion. */
function meanwhile(context: NoticeContext): string[] {
  const { kind, current } = context;
  const off = offKeys(context);
  const it = byNumber(off, dottedList(off), 'one of these keys');
  const sessions = `Sessions opened earlier with ${byNumber(off, dottedList(off), 'these keys')} may continue for up to 36 hours.`;
  if (kind === 'deletion-announced' && wantsConfirmation(context)) {
    return [];
  }
  const end = deletedOn(context);
  if (current.decision === null || end === null) {
    return [withoutDate(context), sessions];
  }
  return kind === 'deletion-announced'
    ? [`If ${it} is used or reactivated before that, nothing is deleted and you are asked again.`]
    : [
        `Unless reactivated, ${byNumber(off, 'it is', 'they are')} deleted on ${day(end)}, after one more mail.`,
        context.policy.usage === null
          ? ''
          : `If something may still need ${byNumber(off, 'it', 'them')}, we ask first.`,
        sessions,
      ];
}

/** A sentence that says why there is no date of deletion. */
function withoutDate(context: NoticeContext): string {
  const { current, policy } = context;
  const off = offKeys(context);
  if (wantsConfirmation(context)) {
    const grace = inWords(graceInForce(current.decision, policy));
    return `Nothing is deleted unless someone confirms it, for which we ask after ${grace}. Until it is confirmed, ${dottedList(off)} can be reactivated.`;
  }
  const end = undoneUntil(context);
  if (end === null) {
    return 'Nothing is deleted without another decision.';
  }
  const stays = byNumber(off, 'the key stays', 'the keys stay');
  return `After that ${stays} inactive. ${NO_DELETION}`;
}
