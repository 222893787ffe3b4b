import type { Instant } from '../model/time.ts';
import type { KeyTimes, RecordedTimes } from '../records/times.ts';
import type { ChangedKeys, ChangedUsers } from '../signoff/file.ts';
import type { ReportRow } from './report-row.ts';

/** Users of each kind that a summary names. */
const MOST_NAMED = 5;

/**
 * The users whose case opened or closed after a moment (null: ever), of whom something waits to be done, or whose keys are not
 * those on record. Rows are in the order of a report, so the most urgent are named.
 */
export function changedSince(
  rows: readonly ReportRow[],
  times: readonly RecordedTimes[],
  since: Instant | null,
): ChangedUsers {
  const changed = rows.filter((row) => isChanged(row, since ?? ''));
  const named = (of: (row: ReportRow) => boolean) =>
    changed
      .filter(of)
      .slice(0, MOST_NAMED)
      .map(({ userName }) => userName);
  return {
    since,
    users: changed.length,
    privileged: named(({ privileged }) => privileged === true),
    automation: named(({ privileged, automation }) => privileged !== true && automation === true),
    keys: keysSince(times, since ?? ''),
  };
}

/** How many times keys were changed after a moment. A case without these times may have changed some until its last known time. */
function keysSince(times: readonly RecordedTimes[], since: Instant): ChangedKeys {
  const counted = (of: keyof KeyTimes) =>
    times.reduce((sum, { keys }) => sum + (keys?.[of] ?? []).filter((at) => at > since).length, 0);
  return {
    deactivated: counted('deactivated'),
    deleted: counted('deleted'),
    reactivated: counted('reactivated'),
    atLeast: times.some(
      ({ keys, opened, decided, deleted }) =>
        keys === undefined && [opened, decided ?? '', deleted ?? ''].some((at) => at > since),
    ),
  };
}

function isChanged(row: ReportRow, since: Instant): boolean {
  const { closedAt, openCase, pending, remaining, excluded } = row;
  const others = remaining !== null && remaining !== 'ok' && remaining !== 'not-read';
  // Nothing is done about an excluded user, so an open case of theirs is no change to review.
  const opened = excluded === null ? (openCase?.opened ?? '') : '';
  return (closedAt ?? '') > since || opened > since || pending.length > 0 || others;
}
