import { type Case, keysOfOurs } from '../case/case.ts';
import { deletionDate, deletionMode, undoDate } from '../case/deletion.ts';
import { activeKeys } from '../model/compliance.ts';
import { currentApprovers, type Policy } from '../model/policy.ts';
import type { Instant, Seconds } from '../model/time.ts';
import { dotted } from '../words/proposal-words.ts';
import { day, dayAndMonth, fromNow, inWords, list, moment, printable, timeOfDay } from '../words/words.ts';
import type { NewsContext, NoticeContext } from './context.ts';

/** `IAM user ci-deploy in prod-payments (123456789012)`. IAM makes no names longer than 64; commands carry the whole one. */
export function whom({ current, policy }: NewsContext): string {
  return `IAM user ${printable(current.userName, 64)} in ${account(policy)} (${current.account})`;
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** `no active access key`, `one active access key`, `two active access keys`, `12 active access keys`. */
export function activeCount(current: Case): string {
  const count = activeKeys(current.keys).length;
  return `${NUMBERS[count] ?? count} active access key${count < 2 ? '' : 's'}`;
}

/** A moment with its distance: `30 Nov 2026, 14:06 UTC (in 6 days)`. */
export function momentFromNow(at: Instant, now: Instant): string {
  return `${moment(at)} (${fromNow(at, now)})`;
}

/** The account as people call it. */
export function account({ accountName }: Policy): string {
  return printable(accountName, 40);
}

/** A person as others know them; the id where the name is gone or cannot be written in ASCII. */
export function personName(policy: Policy, id: string): string {
  const name = printable(policy.approvers.find((approver) => approver.id === id)?.name ?? id, 60);
  return name.includes('?') || name === '' ? id || 'somebody' : name;
}

/** The keys that we switched off and that are still there. */
export function offKeys({ current }: NewsContext): string[] {
  return keysOfOurs(current);
}

/** Since when IAM refuses what we try with keys of this case. */
export function refusals({ progress }: Case): Instant[] {
  return Object.values(progress).flatMap(({ refusedSince }) => refusedSince ?? []);
}

/** `...MPLE`, `...MPLE and ...3QXK`. */
export function dottedList(ids: readonly string[]): string {
  return list(ids.map(dotted));
}

/** `key ...MPLE`, `keys ...MPLE and ...3QXK`, `no key`. */
export function keysNamed(ids: readonly string[]): string {
  return ids.length === 0 ? 'no key' : `${ids.length === 1 ? 'key' : 'keys'} ${dottedList(ids)}`;
}

/** One word or the other, as fits the number of keys. */
export function byNumber(ids: readonly unknown[], one: string, more: string): string {
  return ids.length === 1 ? one : more;
}

/** When the keys that are off go; null: no deletion is due. */
export function deletedOn({ current, policy, control, now }: NewsContext): Instant | null {
  return deletionDate(current, policy, control, now);
}

/** Until when the keys that are off may come back; null: no date ends it. */
export function undoneUntil({ current, policy, control, now }: NewsContext): Instant | null {
  return undoDate(current, policy, control, now);
}

/** Whether keys that are off are deleted only once a person confirms it. */
export function wantsConfirmation({ current, policy }: NewsContext): boolean {
  return policy.mode === 'enforce' && deletionMode(current.decision, policy) === 'on-confirmation';
}

/** Whether a message asks to confirm a deletion: also the one to those whom nobody had asked before. */
export function asksToConfirm({ kind, current }: NewsContext): boolean {
  return kind === 'confirm-deletion' || (kind === 'escalated' && current.phase === 'awaiting-confirmation');
}

/** Who is asked once more when nobody decides: whoever of the escalation list may decide now. */
export function escalationList({ policy, control }: NewsContext): string[] {
  const now = currentApprovers(policy, control).map(({ id }) => id);
  return policy.escalation.filter((id) => now.includes(id));
}

/** Why somebody gets an escalation, who like every approver got the mails before it. */
export function onceMore({ kind, policy }: NoticeContext): string {
  if (kind !== 'escalated') {
    return '';
  }
  const asked = policy.mode === 'observe' ? 'told' : 'asked';
  return `You are ${asked} once more, because you are on the escalation list.`;
}

/** A date for a subject: the time if it is today, the year only if it is another one. */
export function shortDate(at: Instant, now: Instant): string {
  if (at.slice(0, 10) === now.slice(0, 10)) {
    return timeOfDay(at);
  }
  return at.slice(0, 4) === now.slice(0, 4) ? dayAndMonth(at) : day(at);
}

/** `every day`, `every 3 days`. */
export function every(length: Seconds): string {
  return `every ${inWords(length).replace(/^1 (\w+)$/, '$1')}`;
}

/** A sentence with a capital at its beginning. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
