import { type Case, keysOfOurs } from '../case/case.ts';
import { deletionDate, deletionMode, undoDate } from '../case/deletion.ts';
import { tellsOfSelfApproval } from '../case/for-everybody.ts';
import { overdueSince } from '../case/overdue.ts';
import { onlyObserves } from '../model/only.ts';
import { currentApprovers, type Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { privilegeInMail } from '../words/about.ts';
import { overdueSentence } from '../words/overdue.ts';
import { ownerInShort } from '../words/owners.ts';
import * as style from '../words/style.ts';
import { unlinked } from '../words/unlinked.ts';
import * as words from '../words/words.ts';
import { day, dayAndMonth, printable, timeOfDay } from '../words/words.ts';
import type { NewsContext, NoticeContext } from './context.ts';

/** `IAM user ci-deploy (team payments) in prod-payments`, for the first sentence of a mail. */
export function whom({ current, policy, link }: Pick<NoticeContext, 'current' | 'policy' | 'link'>): string {
  return named(current, policy, ownerInShort(current.owners, link !== null));
}

/** `IAM user ci-deploy in prod-payments`, where the owner is not needed. */
export function whomAgain({ current, policy }: Pick<NewsContext, 'current' | 'policy'>): string {
  return named(current, policy, null);
}

/** A sentence about the user's privilege; empty if there is none, or if it is not known. */
export function privilege({ evidence, link }: Pick<NoticeContext, 'evidence' | 'link'>): string {
  return privilegeInMail(evidence.about, link !== null);
}

function named(current: Case, policy: Policy, owner: string | null): string {
  return `IAM user ${user(current)}${owner === null ? '' : ` (${owner})`} in ${accountIn(policy)}`;
}

/** The user's name. IAM allows at most 64 characters. */
export function user({ userName }: Pick<Case, 'userName'>): string {
  return unlinked(printable(userName, 64));
}

/** The account with its id: `prod-payments (123456789012)`. */
export function place({ account: id }: Pick<Case, 'account'>, policy: Policy): string {
  return `${accountIn(policy)} (${id})`;
}

/** A moment with its distance: `30 Nov 2026, 14:06 UTC (in 6 days)`, `... UTC (15:06 in Europe/Berlin, in 6 days)`. */
export function momentFromNow(at: Instant, { policy, now }: Pick<NewsContext, 'policy' | 'now'>): string {
  return words.momentFromNow(at, now, policy.digest.zone);
}

/** A moment without its distance: `30 Nov 2026, 14:06 UTC (15:06 in Europe/Berlin)`. */
export function moment(at: Instant, { policy }: Pick<NewsContext, 'policy'>): string {
  return words.moment(at, policy.digest.zone);
}

/** The account's name in the settings, for a subject. Mail programs make no links there. */
export function account({ accountName }: Policy): string {
  return printable(accountName, 40);
}

/** The account's name in a mail. */
export function accountIn(policy: Policy): string {
  return unlinked(account(policy));
}

/** An approver's name in plain ASCII. */
export function personName(policy: Policy, id: string): string {
  return style.personName(policy, id, style.MAIL);
}

/** Ids of the keys that we deactivated and that still exist. */
export function offKeys({ current }: NewsContext): string[] {
  return keysOfOurs(current);
}

/** `...MPLE`, `...MPLE and ...3QXK`. */
export function dottedList(ids: readonly string[]): string {
  return style.keyList(ids, style.MAIL);
}

/** `key ...MPLE`, `keys ...MPLE and ...3QXK`. */
export function keysNamed(ids: readonly string[]): string {
  return style.keysNamed(ids, style.MAIL);
}

/** `Solekey deactivated key ...3QXK of IAM user ..., as Platform lead decided on 23 Nov 2026.` */
export function deactivated(context: NewsContext & Pick<NoticeContext, 'link'>): string {
  const { decision } = context.current;
  const decided =
    decision === null ? '' : `, as ${personName(context.policy, decision.by)} decided on ${day(decision.at)}`;
  return `Solekey deactivated ${keysNamed(offKeys(context))} of ${whom(context)}${decided}.`;
}

/** The first step about keys that were deactivated as compromised. The reason itself is only on pages. */
export function checkWhatWasDone(ids: readonly string[]): string {
  return `Check in CloudTrail what was done with ${dottedList(ids)}.`;
}

/** A sentence after the one that names the author of a decision: they created a key that they keep. Empty for other news. */
export function selfApproved({ kind, current }: NewsContext): string {
  return tellsOfSelfApproval(kind, current) ? 'They keep a key they created; nobody else could.' : '';
}

/** Expected date of the deletion of the inactive keys; null if none is planned. */
export function deletedOn({ current, policy, control, now }: NewsContext): Instant | null {
  return deletionDate(current, policy, control, now);
}

/** Expected time until which the inactive keys can be reactivated; null if there is no such date. */
export function undoneUntil({ current, policy, control, now }: NewsContext): Instant | null {
  return undoDate(current, policy, control, now);
}

/** True if the inactive keys are deleted only after a person confirms it. */
export function wantsConfirmation({ current, policy }: NewsContext): boolean {
  return !onlyObserves(policy, current) && deletionMode(current.decision, policy) === 'on-confirmation';
}

/**
 * True for a message that asks to confirm a deletion, including the escalation to people who were not asked before. Not if no key is
 * deleted any more because the settings have changed.
 */
export function asksToConfirm({ kind, current, policy }: NewsContext): boolean {
  const asks =
    kind === 'confirm-deletion' || (kind === 'escalated' && current.phase === 'awaiting-confirmation');
  return asks && !onlyObserves(policy, current) && deletionMode(current.decision, policy) !== 'never';
}

/** The approvers on the escalation list who may decide now. They are asked again if nobody decides. */
export function escalationList({ policy, control }: NewsContext): string[] {
  const now = currentApprovers(policy, control).map(({ id }) => id);
  return policy.escalation.filter((id) => now.includes(id));
}

/** A sentence that says why the reader gets an escalation although they got the earlier mails as well. */
export function onceMore({ kind, policy, current }: NoticeContext): string {
  if (kind !== 'escalated') {
    return '';
  }
  return onlyObserves(policy, current)
    ? 'You are told again because you are on the escalation list.'
    : 'You are asked again because you are on the escalation list.';
}

/** A sentence that says since when the question of this mail is overdue; empty if it is not. */
export function overdue({ current, policy, now }: NewsContext): string {
  return overdueSentence(overdueSince(current, policy, now));
}

/**
 * A date where a second zone has no room: only the time if it is today, and with the year only if it
 * is another one.
 */
export function shortDate(at: Instant, now: Instant): string {
  if (words.sameDay(at, now)) {
    return timeOfDay(at);
  }
  return at.slice(0, 4) === now.slice(0, 4) ? dayAndMonth(at) : day(at);
}
