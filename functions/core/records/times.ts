import { DAY, type Instant, plus } from '../model/time.ts';
import { latestRows, NO_ROWS, type RecordRows } from './rows.ts';

/** The times of one case of a user. */
export interface RecordedTimes {
  readonly userId: string;
  readonly caseNumber: number;
  readonly opened: Instant;
  /** When the last answer was given that is in force; null if there is none. */
  readonly decided: Instant | null;
  /** When the last key was deleted; null while that has not happened. */
  readonly deleted: Instant | null;
  /** When its keys were changed; absent if release 0.11.0 recorded it. */
  readonly keys?: KeyTimes;
}

/** The times at which keys of a case were changed by Solekey, one for each change. */
export interface KeyTimes {
  readonly deactivated: readonly Instant[];
  readonly deleted: readonly Instant[];
  readonly reactivated: readonly Instant[];
}

/** The times of the cases in these rows, of which later ones replace earlier ones about the same case. */
export function recordedTimes(rows: Pick<RecordRows, 'decisions' | 'summary'>): RecordedTimes[] {
  const { decisions, summary } = latestRows({ ...NO_ROWS, ...rows });
  return summary.map(({ userId, caseNumber, openedAt, final, deactivated, deleted, restored }) => {
    const answers = decisions.flatMap((row) =>
      row.userId === userId && row.caseNumber === caseNumber && row.ended === null
        ? (row.answeredAt ?? [])
        : [],
    );
    return {
      userId,
      caseNumber,
      opened: openedAt,
      decided: [...answers].sort().at(-1) ?? null,
      deleted: final
        ? (deleted
            .map(({ at }) => at)
            .sort()
            .at(-1) ?? null)
        : null,
      keys: {
        deactivated: deactivated.map(({ at }) => at),
        deleted: deleted.map(({ at }) => at),
        reactivated: restored.map(({ at }) => at),
      },
    };
  });
}

/** Cases that were opened longer ago are in no picture any more. */
const SHOWN = 400 * DAY;

/** The known times with those that were read now; cases that are too old are left out. */
export function withTimes(
  known: readonly RecordedTimes[],
  read: readonly RecordedTimes[],
  now: Instant,
): RecordedTimes[] {
  const of = ({ userId, caseNumber }: RecordedTimes) => `${userId}/${caseNumber}`;
  const all = new Map([...known, ...read].map((one) => [of(one), one]));
  const since = plus(now, -SHOWN);
  return [...all.values()].filter(({ opened }) => opened > since).sort((a, b) => (of(a) < of(b) ? -1 : 1));
}
