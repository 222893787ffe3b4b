import type { Instant } from '../model/time.ts';
import { counted, day, list } from '../words/words.ts';
import type { SignOffAsk } from './ask.ts';
import type { ChangedUsers } from './file.ts';
import type { StatementField, StatementMistake } from './form.ts';
import { FARTHEST_TARGET } from './form.ts';
import type { StatementRefusal } from './judge.ts';
import type { LaterUser } from './later.ts';
import type { Concern, SignOff } from './state.ts';
import type { SignOffVerdict } from './statement.ts';

/** Each verdict as the choice on a page. */
export const VERDICT_CHOICE: Readonly<Record<SignOffVerdict, string>> = {
  accepted: 'I accept all changes',
  'accepted-with-concerns': 'I accept the changes, with the open concerns listed below',
  'not-accepted': 'I do not accept the changes',
};

/** Each verdict as the result of a sign-off. */
export const VERDICT: Readonly<Record<SignOffVerdict, string>> = {
  accepted: 'accepted',
  'accepted-with-concerns': 'accepted with open concerns',
  'not-accepted': 'not accepted',
};

/** The name of each field of a form. */
export const FIELD: Readonly<Record<StatementField, string>> = {
  verdict: 'Your verdict',
  account: 'Name of the account',
  comment: 'Comment',
  impact: 'Impact',
  remediation: 'Planned remediation',
  owner: 'Owner',
  ticket: 'Ticket',
  done: 'What was done',
  key: 'Key',
  target: 'Target date',
};

/** How to correct a mistake in a form. `accountName`: the name that is to be typed. */
export function howToCorrect({ field, code }: StatementMistake, accountName: string): string {
  switch (code) {
    case 'missing':
      return field === 'verdict' ? 'Choose one of the verdicts.' : MISSING[field];
    case 'too-long':
      return `${FIELD[field]}: please write less.`;
    case 'open-concerns':
      return 'Concerns are open: accept with them, or do not accept.';
    case 'no-concerns':
      return 'No concern is open: accept, or record a concern first.';
    case 'not-the-name':
      return `Type the name of the account: ${accountName}`;
    case 'not-a-key':
      return 'Type the last four characters of the key, or leave the box empty.';
    case 'not-a-day':
      return 'Choose a day of the calendar, such as 2027-01-31.';
    case 'day-gone':
      return 'Choose today or a later day.';
    case 'day-far':
      return `Choose a day within the next ${FARTHEST_TARGET} days.`;
  }
}

const MISSING: Readonly<Record<Exclude<StatementField, 'verdict'>, string>> = {
  account: 'Type the name of the account.',
  comment: 'Write why you do not accept the changes.',
  impact: 'Write what does not work, or may stop working.',
  remediation: 'Write what is planned about it.',
  owner: 'Write who is responsible.',
  ticket: 'Write the ticket.',
  done: 'Write what was done.',
  key: 'Type the last four characters of the key.',
  target: 'Choose the day by which it is to be settled.',
};

/** The reason for which a statement does not count, as a sentence. */
export const NOT_COUNTED: Readonly<Record<StatementRefusal, string>> = {
  'not-proved':
    'It could not be proved that it came through your link. Somebody may have changed it in the table: tell whoever runs Solekey.',
  'not-permitted': 'The link was not valid for it at that time.',
  'not-approver': 'You were no longer an approver with this address when it was recorded.',
  'before-restore':
    'The table was restored from a backup after you sent it. Please send it again about the next report, which is made within a day.',
};

/** The latest sign-off as a sentence. `by`: the name of the person. */
export function lastWords(last: SignOff | null, by: string): string {
  if (last === null) {
    return 'Nobody has signed off yet.';
  }
  const overlooked =
    last.overlooked.length === 0
      ? ''
      : ` ${counted(last.overlooked.length, 'concern')} had just been recorded and ${last.overlooked.length === 1 ? 'is' : 'are'} not part of it.`;
  return `Last sign-off: ${VERDICT[last.verdict]} by ${by} on ${day(last.at)}.${overlooked}`;
}

/** When the next sign-off is due, as a sentence. */
export function dueWords(due: Instant, now: Instant): string {
  return due <= now
    ? `The changes have been waiting for a sign-off since ${day(due)}.`
    : `The next sign-off is planned for ${day(due)}.`;
}

/**
 * The changes since the last accepted sign-off, privileged users and software first, then how many keys were changed. `name` writes a
 * user's name where it stands.
 */
export function changedWords(changed: ChangedUsers, name: (user: string) => string): string {
  return [changedUsersWords(changed, name), changedKeysWords(changed)].filter((one) => one !== '').join(' ');
}

function changedUsersWords(
  { since: at, users, privileged, automation }: ChangedUsers,
  name: (user: string) => string,
): string {
  const since = at === null ? 'the first records' : `the sign-off of ${day(at)}`;
  if (users === 0) {
    return `No user has changed since ${since}.`;
  }
  const named = [
    ...(privileged.length === 0 ? [] : [`privileged: ${list(privileged.map(name))}`]),
    ...(automation.length === 0 ? [] : [`software: ${list(automation.map(name))}`]),
  ].join('; ');
  const changed = `${counted(users, 'user')} ${users === 1 ? 'has' : 'have'} changed since ${since}`;
  return named === '' ? `${changed}.` : `${changed}. ${named.slice(0, 1).toUpperCase()}${named.slice(1)}.`;
}

/** Empty if no key was changed, or if that is not counted. */
function changedKeysWords({ keys }: Pick<ChangedUsers, 'keys'>): string {
  if (keys === undefined) {
    return '';
  }
  const { deactivated, deleted, reactivated, atLeast } = keys;
  const parts = [
    ...(deactivated === 0 ? [] : [`${deactivated} deactivated`]),
    ...(deleted === 0 ? [] : [`${deleted} deleted`]),
    ...(reactivated === 0 ? [] : [`${reactivated} reactivated`]),
  ];
  return parts.length === 0 ? '' : `Keys: ${atLeast ? 'at least ' : ''}${list(parts)}.`;
}

/** Users that the sentence about later changes names. */
const MOST_LATER = 5;

/** The users who changed after the facts of a report, as a sentence; none if nobody changed. `name` as in {@link changedWords}. */
export function laterWords(later: readonly LaterUser[], name: (user: string) => string): string[] {
  if (later.length === 0) {
    return [];
  }
  const named = later.slice(0, MOST_LATER).map(({ userName }) => name(userName));
  const more = later.length - named.length;
  const users = list(more === 0 ? named : [...named, `${more} more`]);
  const changed = `${counted(later.length, 'user')} ${later.length === 1 ? 'has' : 'have'} changed`;
  return [`${changed} after this report was made: ${users}. The next report shows that.`];
}

/** The subject of a concern: `ci-deploy, key …3QXK`. */
export function concernSubject({ userName, keyEnd }: Pick<Concern, 'userName' | 'keyEnd'>): string {
  return keyEnd === null ? userName : `${userName}, key …${keyEnd}`;
}

/**
 * The open concerns as a line of a digest; empty if nothing is open. `mailsReport`: false if the digest's link only shows the list, whose
 * page then mails no link.
 */
export function concernsInDigest(
  ask: Pick<SignOffAsk, 'open' | 'overdue'> | null,
  mailsReport: boolean,
): string {
  if (ask === null || ask.open === 0) {
    return '';
  }
  return `${openWords(ask)}${mailsReport ? ' The list page mails you the link to the report.' : ''}`;
}

/** `2 concerns about changes are open, 1 of them past its target date.` */
export function openWords({ open, overdue }: Pick<SignOffAsk, 'open' | 'overdue'>): string {
  const past = overdue === 1 ? 'past its target date' : 'past their target dates';
  const late = overdue === 0 ? '' : open === 1 ? `, ${past}` : `, ${overdue} of them ${past}`;
  return `${counted(open, 'concern')} about changes ${open === 1 ? 'is' : 'are'} open${late}.`;
}
