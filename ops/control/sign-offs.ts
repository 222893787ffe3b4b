/** Sign-offs and concerns in `status`: from the ledger what was stated, from the survey when the next sign-off is due. */
import { statedIn } from '../../functions/contracts/stated.ts';
import { isNotLeft } from '../../functions/core/health/sign-offs.ts';
import type { LedgerEntry } from '../../functions/core/model/ledger.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { UTC } from '../../functions/core/model/zone.ts';
import type { LeftSignOff } from '../../functions/core/signoff/ask.ts';
import { type Concern, isOverdue, openConcerns, signOffState } from '../../functions/core/signoff/state.ts';
import { concernSubject, dueWords, lastWords } from '../../functions/core/signoff/words.ts';
import { calendarDay, moment } from '../../functions/core/words/words.ts';
import type { Result } from './results.ts';

/** Sign-offs and concerns, as a result and as lines. */
export interface SignOffStatus {
  readonly result: Result<'status'>['signOff'];
  readonly lines: readonly string[];
  /** The concern that an entry records or settles; null if it does neither. */
  concernOf(entry: LedgerEntry): Concern | null;
}

/** The state of sign-offs according to these entries. `left`: as the survey left it. */
export function signOffStatus(
  entries: readonly LedgerEntry[],
  left: LeftSignOff | null,
  now: Instant,
): SignOffStatus {
  const state = signOffState(statedIn(entries), { first: now, every: 0 });
  const { last, concerns } = state;
  const open = openConcerns(state);
  const isEmpty = last === null && concerns.length === 0;
  return {
    result: {
      last: last === null ? null : { entry: last.number, at: last.at, by: last.by, verdict: last.verdict },
      openConcerns: open.length,
      open: open.map((one) => {
        const { number: entry, at, by, userName, keyEnd, target } = one;
        return { entry, at, by, userName, keyEnd, target, overdue: isOverdue(one, now) };
      }),
      next: left === null ? null : { due: left.due, overdue: left.due <= now, asOf: left.leftAt },
    },
    lines: [
      ...(isEmpty ? [] : [`${lastWords(last, last?.by ?? '')} Open concerns: ${open.length}.`]),
      ...open.map((one) => concernLine(one, now)),
      ...(left === null ? (isEmpty ? [] : [NOT_KNOWN]) : [nextLine(left, now)]),
    ],
    concernOf: ({ number }) =>
      concerns.find((one) => one.number === number || one.settled?.number === number) ?? null,
  };
}

const NOT_KNOWN = 'The date of the next sign-off is not known yet: the survey has not stored it.';

function nextLine({ due, leftAt }: LeftSignOff, now: Instant): string {
  const old = isNotLeft({ leftAt }, null, now) && leftAt !== null;
  return `${dueWords(due, now)}${old ? ` That was known at ${moment(leftAt, UTC)}; the survey has stored nothing newer.` : ''}`;
}

function concernLine(one: Concern, now: Instant): string {
  const late = isOverdue(one, now) ? ', which is past' : '';
  return `Concern ${one.number}: ${subject(one)}, by ${one.by}, target date ${calendarDay(one.target)}${late}.`;
}

/** The subject of a concern for a terminal: `ci-deploy, key ...3QXK`. */
export function subject(one: Pick<Concern, 'userName' | 'keyEnd'>): string {
  return concernSubject(one).replace('…', '...');
}
