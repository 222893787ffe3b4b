import { DAY, type Instant, plus, type Seconds } from '../model/time.ts';
import { calendarDay, day } from '../words/words.ts';
import { type Finding, oneAbout } from './checks.ts';
import type { SignOffReading } from './readings.ts';

/** A sign-off may wait so long. Approvers have been asked twice by then. */
const LATE: Seconds = 14 * DAY;
/** A concern may be open so long after its target date. */
const OPEN_LATE: Seconds = 30 * DAY;
/** The survey leaves the state twice a day. One that is older says nothing about today. */
const NOT_LEFT: Seconds = 2 * DAY;

/** The findings about sign-offs and concerns: what approvers have been asked for, and nobody has done. */
export function signOffFindings(state: SignOffReading, now: Instant): Finding[] {
  return [...overdueSignOff(state, now), ...overdueConcerns(state, now)];
}

function overdueSignOff({ asked, due }: SignOffReading, now: Instant): Finding[] {
  if (now < plus(due, LATE)) {
    return [];
  }
  const why = asked ? 'Approvers were asked.' : 'Approvers were not asked, because there is no report.';
  const words = `A sign-off of all changes was due on ${day(due)}, and nobody has given it. ${why}`;
  return [oneAbout('sign-off', 'due', words)];
}

function overdueConcerns({ open, overdue, firstTarget }: SignOffReading, now: Instant): Finding[] {
  if (firstTarget === null || `${firstTarget}T23:59:59.999Z` >= plus(now, -OPEN_LATE)) {
    return [];
  }
  const since = calendarDay(firstTarget);
  const words =
    open === 1
      ? `A concern about the changes is still open; its target date was ${since}.`
      : `${open} concerns about the changes are open, ${overdue} of them past the target date, the first since ${since}.`;
  return [oneAbout('sign-off', 'concerns', words)];
}

/** True if the survey should have left a newer state. `missingSince`: since when there is none; null if there is one. */
export function isNotLeft(
  state: Pick<SignOffReading, 'leftAt'> | null,
  missingSince: Instant | null,
  now: Instant,
): boolean {
  const since = state?.leftAt ?? missingSince;
  return since !== null && since < plus(now, -NOT_LEFT);
}

/** Since when no run has found a state that says when it was left, with this run. */
export function missingFrom(
  before: Instant | null,
  state: Pick<SignOffReading, 'leftAt'> | null,
  now: Instant,
): Instant | null {
  return state === null || state.leftAt === null ? (before ?? now) : null;
}
