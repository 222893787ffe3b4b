/** The forms of approvers on the page of a report, compared with the report and the open concerns. */
import { daysAfter, isDay } from '../model/calendar.ts';
import type { Concern } from './state.ts';
import type { SaidConcern, SaidSettled, SaidSignOff, SignOffVerdict } from './statement.ts';
import { LONGEST, type Typed, type TypedOf, typedDigest } from './typed.ts';

/** A field of one of the forms. */
export type StatementField =
  | 'verdict'
  | 'account'
  | keyof TypedOf['sign-off']
  | keyof TypedOf['concern']
  | keyof TypedOf['concern-settled']
  | 'key'
  | 'target';

/** A mistake in a form. */
export interface StatementMistake {
  readonly field: StatementField;
  readonly code:
    | 'missing'
    | 'too-long'
    | 'open-concerns'
    | 'no-concerns'
    | 'not-the-name'
    | 'not-a-key'
    | 'not-a-day'
    | 'day-gone'
    | 'day-far';
}

/** A statement to record, with its words; or what is to be corrected. */
export type JudgedForm<Said> =
  | { readonly fits: true; readonly said: Said; readonly typed: Typed | null }
  | { readonly fits: false; readonly mistakes: readonly StatementMistake[] };

/** A sign-off as filled in. `account` is null on the first page, which asks for the verdict alone. */
export interface SignOffForm {
  readonly verdict: SignOffVerdict | null;
  readonly comment: string;
  readonly account: string | null;
}

/** A concern as filled in. An empty key means the user as a whole. */
export interface ConcernForm extends Readonly<TypedOf['concern']> {
  readonly key: string;
  readonly target: string;
}

/** The latest target of a concern, in days from today. Without a limit a typing error would hide it for years. */
export const FARTHEST_TARGET = 366;

/** Everything that the page of a report showed beside the form. `last`: entry of the latest sign-off of this report; null if there is none. */
export interface ShownBeside {
  readonly open: readonly Concern[];
  readonly last: number | null;
  readonly accountName: string;
}

/** Judges a sign-off. It names every open concern, and says why if it does not simply accept. */
export function judgeSignOff(
  { verdict, comment, account }: SignOffForm,
  { open, last, accountName }: ShownBeside,
): JudgedForm<SaidSignOff> {
  const mistakes: StatementMistake[] = [];
  if (verdict === null) {
    return { fits: false, mistakes: [{ field: 'verdict', code: 'missing' }] };
  }
  if (verdict === 'accepted' && open.length > 0) {
    mistakes.push({ field: 'verdict', code: 'open-concerns' });
  }
  if (verdict === 'accepted-with-concerns' && open.length === 0) {
    mistakes.push({ field: 'verdict', code: 'no-concerns' });
  }
  if (account !== null) {
    mistakes.push(...groundsMistakes(verdict, comment));
    if (account.trim().toLowerCase() !== accountName.toLowerCase()) {
      mistakes.push({ field: 'account', code: 'not-the-name' });
    }
  }
  const typed = comment === '' ? null : { comment };
  const concerns = open.map(({ number }) => number);
  return judged(mistakes, typed, {
    kind: 'sign-off',
    verdict,
    concerns,
    ...(last === null ? {} : { after: last }),
    ...(typed === null ? {} : { textDigest: typedDigest(typed) }),
  });
}

function groundsMistakes(verdict: SignOffVerdict, comment: string): StatementMistake[] {
  return verdict === 'not-accepted' && comment === ''
    ? [{ field: 'comment', code: 'missing' }]
    : tooLong('comment', comment, LONGEST['sign-off'].comment);
}

/** Judges a concern about a user. `today` is the day in the zone whose times people are shown. */
export function judgeConcern(
  { key, target, ...typed }: ConcernForm,
  user: Pick<SaidConcern, 'userId' | 'userName'>,
  today: string,
): JudgedForm<SaidConcern> {
  const fields = ['impact', 'remediation', 'owner', 'ticket'] as const;
  const needed = ['impact', 'remediation', 'owner'] as const;
  const keyEnd = key.replace(/^[…. ]+/, '').toUpperCase();
  const mistakes: StatementMistake[] = [
    ...needed.flatMap((field) => (typed[field] === '' ? [{ field, code: 'missing' as const }] : [])),
    ...fields.flatMap((field) => tooLong(field, typed[field], LONGEST.concern[field])),
    ...(keyEnd === '' || /^[A-Z0-9]{4}$/.test(keyEnd) ? [] : [{ field: 'key', code: 'not-a-key' } as const]),
    ...targetMistakes(target, today),
  ];
  return judged(mistakes, typed, {
    kind: 'concern',
    ...user,
    keyEnd: keyEnd === '' ? null : keyEnd,
    target,
    textDigest: typedDigest(typed),
  });
}

/** Judges what was done about a concern. */
export function judgeSettled(
  typed: TypedOf['concern-settled'],
  { number }: Pick<Concern, 'number'>,
): JudgedForm<SaidSettled> {
  const { done } = typed;
  const missing = done === '' ? [{ field: 'done', code: 'missing' } as const] : [];
  const mistakes = [...missing, ...tooLong('done', done, LONGEST['concern-settled'].done)];
  return judged(mistakes, typed, {
    kind: 'concern-settled',
    concern: number,
    textDigest: typedDigest(typed),
  });
}

function judged<Said>(
  mistakes: readonly StatementMistake[],
  typed: Typed | null,
  said: Said,
): JudgedForm<Said> {
  return mistakes.length > 0 ? { fits: false, mistakes } : { fits: true, said, typed };
}

function tooLong(field: StatementField, text: string, most: number): StatementMistake[] {
  return text.length > most ? [{ field, code: 'too-long' }] : [];
}

function targetMistakes(target: string, today: string): StatementMistake[] {
  if (!isDay(target)) {
    return [{ field: 'target', code: target === '' ? 'missing' : 'not-a-day' }];
  }
  if (target < today) {
    return [{ field: 'target', code: 'day-gone' }];
  }
  return target > daysAfter(today, FARTHEST_TARGET) ? [{ field: 'target', code: 'day-far' }] : [];
}
