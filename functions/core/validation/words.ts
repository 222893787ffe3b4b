import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import { counted, grouped, list, moment } from '../words/words.ts';
import type { Band } from './bands.ts';
import type { Count } from './facts.ts';
import type { RemainingVerdict } from './remaining.ts';
import type { MovedKey } from './validated-user.ts';
import type { Totals } from './validation.ts';

/** The state of the remaining keys of a user, in a few words. */
export const REMAINING: Readonly<Record<RemainingVerdict, string>> = {
  ok: 'as decided',
  'other-key': 'another key is active than decided',
  none: 'no key is active, though one was kept',
  several: 'more keys are active than decided',
  'not-read': 'not known',
  gone: 'the user no longer exists',
};

/** The count of a user's active keys, as the name of a row of numbers. */
export const COUNT: Readonly<Record<Exclude<Count, 'gone'>, string>> = {
  more: 'More than one active key',
  one: 'One active key',
  none: 'No active key',
  unknown: 'Could not be checked',
};

/** If the kept key was seen doing the work of a deactivated one, in a few words. */
export const MOVED: Readonly<Record<MovedKey['verdict'], string>> = {
  'taken-over': 'its work was seen with the kept key',
  partly: 'a part of its work was seen with the kept key',
  'not-seen': 'its work was not seen with the kept key',
  'not-looked-up': 'its work was not looked up',
  'none-kept': 'no key was kept',
  'several-kept': 'several keys were kept',
};

/** A band of days, as the name of a row of numbers. */
export const BAND: Readonly<Record<Band, string>> = {
  1: 'up to a day',
  3: 'up to 3 days',
  7: 'up to 7 days',
  14: 'up to 14 days',
  30: 'up to 30 days',
  90: 'up to 90 days',
  more: 'more than 90 days',
};

const have = (count: number) => `${grouped(count)} ${count === 1 ? 'has' : 'have'}`;
const users = (count: number) => `${grouped(count)} ${count === 1 ? 'user' : 'users'}`;

/** The state of an account as a heading, in which nothing unknown counts as compliant. */
export function headline({ counts, doubtful }: Totals): string {
  if (counts.more > 0) {
    return `${users(counts.more)} ${counts.more === 1 ? 'has' : 'have'} more than one active key`;
  }
  return counts.unknown + doubtful > 0
    ? 'Nobody is known to have more than one active key, but not everybody could be checked'
    : 'Every user has at most one active key';
}

/** The numbers as sentences, for below the heading. */
export function totalSentences(totals: Totals): string[] {
  const { counts, doubtful, remaining, pendingKeys, excluded, observed } = totals;
  const unknown = counts.unknown === 0 ? [] : [`${grouped(counts.unknown)} could not be checked`];
  const parts = [
    `${have(counts.one)} one active key`,
    `${have(counts.none)} none`,
    `${have(counts.more)} more than one`,
    ...unknown,
  ];
  return [
    `Of ${users(totals.users)}, ${list(parts)}.`,
    ...remediatedSentences(remaining),
    ...some(
      doubtful,
      (n) => `${users(n)} cannot be vouched for, and the rows say why. They are never counted as fine.`,
    ),
    ...some(
      pendingKeys,
      (n) => `${grouped(n)} ${n === 1 ? 'key waits' : 'keys wait'} to be deactivated or deleted.`,
    ),
    ...some(
      excluded,
      (n) => `${users(n)} ${n === 1 ? 'is' : 'are'} excluded: counted here, and never changed.`,
    ),
    ...some(
      observed,
      (n) => `${users(n)} ${n === 1 ? 'is' : 'are'} only observed: counted here, and never changed.`,
    ),
  ];
}

function some(count: number, sentence: (count: number) => string): string[] {
  return count === 0 ? [] : [sentence(count)];
}

function remediatedSentences(remaining: Totals['remaining']): string[] {
  const { gone, ok, 'not-read': unread } = remaining;
  const others = remaining['other-key'] + remaining.none + remaining.several;
  const there = ok + unread + others;
  const rest = [
    ...some(others, (n) => `${have(n)} other keys`),
    ...some(unread, (n) => `${grouped(n)} could not be compared`),
  ];
  const more = rest.length === 0 ? '' : `; ${list(rest)}`;
  return there === 0
    ? some(gone, (n) => `${users(n)} whose keys were reduced no longer ${n === 1 ? 'exists' : 'exist'}.`)
    : [`Of ${users(there)} whose keys were reduced, ${have(ok)} exactly the keys that were decided${more}.`];
}

/** The sources of the facts and their times. */
export function sourceSentence(
  { sources }: Totals,
  { takenAt, reportOf }: { readonly takenAt: Instant; readonly reportOf: Instant },
  zone: Zone,
): string {
  const { live, report, unread } = sources;
  const parts = [
    `${users(live)} read one by one`,
    `${grouped(report)} from the credential report of ${moment(reportOf, zone)}`,
    ...some(unread, (n) => `${grouped(n)} not read`),
  ];
  return `Taken from IAM on ${moment(takenAt, zone)}: ${list(parts)}.`;
}

/** The middle of how long it took, as a sentence. */
export function tookSentence(what: 'decided' | 'deleted', medianDays: number | null): string {
  if (medianDays === null) {
    return NONE_YET[what];
  }
  return `Half of the ${SUBJECT[what]} were ${what} within ${counted(medianDays, 'day')} ${SINCE[what]}.`;
}

const NONE_YET = {
  decided: 'No case has been decided yet.',
  deleted: 'No key has been deleted yet.',
} as const;

const SUBJECT = { decided: 'cases', deleted: 'keys' } as const;

const SINCE = { decided: 'of the detection', deleted: 'of the decision' } as const;
