import type { Policy } from '../model/policy.ts';
import { type Instant, MINUTE, secondsBetween } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import { howWritten } from '../words/how-written.ts';
import { unlinked } from '../words/unlinked.ts';
import { dayAndMonth, fromNow, moment, printable } from '../words/words.ts';
import { CHECKS } from './checks.ts';
import type { HealthNews, HealthState, OpenFinding } from './state.ts';

/** Health runs every five minutes. After three missed runs its last results are out of date. */
const OUTDATED = 16 * MINUTE;

/** True if health has not run lately, or never. */
export function isOutdated(state: Pick<HealthState, 'checkedAt'> | null, now: Instant): boolean {
  return state === null || secondsBetween(state.checkedAt, now) > OUTDATED;
}

/** The part of the state that people are told. */
export type HealthSummary = Pick<
  HealthState,
  'watchingSince' | 'checkedAt' | 'lastKeyEvent' | 'checks' | 'fine'
>;

/** The line about Solekey itself in a digest. */
export function healthLine(state: HealthSummary | null, now: Instant, zone: Zone): string {
  if (state === null) {
    return 'Solekey has not checked itself yet.';
  }
  const { watchingSince, checkedAt, lastKeyEvent, checks, fine } = state;
  if (isOutdated(state, now)) {
    return `Solekey has not checked itself since ${moment(checkedAt, zone)}: new keys may go unnoticed.`;
  }
  const event = lastKeyEvent === null ? 'no key event yet' : `last key event ${fromNow(lastKeyEvent, now)}`;
  const told = fine === checks ? '' : '; operators have been told';
  return `Watching since ${dayAndMonth(watchingSince)}; ${event}; ${fine} of ${checks} checks fine${told}.`;
}

/** The mail to operators about findings that began or ended; it never contains a link. */
export function healthMail(
  news: HealthNews,
  state: HealthSummary,
  { accountName, digest: { zone } }: Pick<Policy, 'accountName' | 'digest'>,
  account: string,
  now: Instant,
): { readonly subject: string; readonly body: string } {
  const { began, ended } = news;
  const plain = printable(accountName, 40);
  const name = unlinked(plain);
  const parts = [
    ...(began.length === 0
      ? []
      : [
          `Solekey in ${name} (${account}) found ${counted(began.length, 'problem')} (${moment(now, zone)}).`,
          ...began.map(
            (one) =>
              `${unlinked(one.words)}\nWhat to do: section "${unlinked(one.heading)}" of the operating guide`,
          ),
        ]),
    ...(ended.length === 0
      ? []
      : [
          `${began.length === 0 ? `Solekey in ${name} (${account}): ` : ''}${ended.length === 1 ? 'this problem has' : 'these problems have'} ended.`,
          ...ended.map((one) => `${unlinked(one.words)} (since ${moment(one.since, zone)})`),
        ]),
    healthLine(state, now, zone),
  ];
  const written = howWritten(parts.join('\n'), false);
  const all = [...parts.map(capital), ...written];
  return { subject: subjectOf(plain, began, ended), body: `${all.join('\n\n')}\n` };
}

const SUBJECTS = {
  broken: {
    began: (subject) => `problem with ${subject}`,
    ended: (subject) => `problem with ${subject} has ended`,
  },
  unchecked: {
    began: (subject) => `could not check ${subject}`,
    ended: (subject) => `${subject}: checked again`,
  },
} as const satisfies Record<OpenFinding['kind'], Record<keyof HealthNews, (subject: string) => string>>;

function subjectOf(name: string, began: readonly OpenFinding[], ended: readonly OpenFinding[]): string {
  const [first] = [...began, ...ended];
  const only = began.length + ended.length === 1 && first !== undefined;
  const what = only
    ? SUBJECTS[first.kind][began.length === 0 ? 'ended' : 'began'](CHECKS[first.check].subject)
    : [
        ...(began.length === 0 ? [] : [`${counted(began.length, 'problem')} found`]),
        ...(ended.length === 0 ? [] : [`${ended.length} ended`]),
      ].join(', ');
  return printable(`[Solekey] ${name}: ${what}`, 99);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
