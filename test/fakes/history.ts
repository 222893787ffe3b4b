import type { Case } from '../../functions/core/case/case.ts';
import {
  entryHash,
  type HistoryEvent,
  historyEntry,
  type Version,
} from '../../functions/core/case/history.ts';
import { HOUR, type Instant, plus } from '../../functions/core/model/time.ts';
import { type Course, coursesOf, type RecordContext } from '../../functions/core/records/row.ts';
import { aCase, NOW, POLICY } from './cases.ts';

/** The history of ci-deploy, whose two keys wait for a decision; one version an hour. */
export interface Told {
  /** A version with these changes and events. */
  next(changes: Partial<Case>, ...events: HistoryEvent[]): Told;
  readonly versions: readonly Version[];
  /** Time of the last version. */
  readonly at: Instant;
  /** The course of the latest case. */
  readonly course: Course;
}

/** A case as it is opened: both keys Active, question 1, case 1. */
export const OPENED = aCase({ number: 1, version: 1, opened: NOW, phaseSince: NOW });

export function history(first: Partial<Case> = {}, ...events: HistoryEvent[]): Told {
  const opened = { ...OPENED, ...first };
  const entry = historyEntry(
    null,
    opened,
    { at: NOW, rule: 'awaiting', events: [{ code: 'opened' }, ...events] },
    null,
  );
  return told([{ entry, case: opened }]);
}

function told(versions: readonly [Version, ...Version[]]): Told {
  const last = versions.reduce((_, next) => next);
  return {
    next(changes, ...events) {
      const at = plus(last.entry.at, HOUR);
      const later = { ...last.case, ...changes, version: last.case.version + 1 };
      const entry = historyEntry(last.case, later, { at, rule: 'awaiting', events }, entryHash(last.entry));
      return told([...versions, { entry, case: later }]);
    },
    versions,
    at: last.entry.at,
    get course() {
      const [course] = coursesOf(versions).slice(-1);
      if (course === undefined) {
        throw new Error('there is no case');
      }
      return course;
    },
  };
}

/** What rows need besides the history, twelve hours after its beginning. */
export function recordContext(more: Partial<RecordContext> = {}): RecordContext {
  return {
    now: plus(NOW, 12 * HOUR),
    policy: POLICY,
    control: { pauses: [], revoked: [] },
    answers: [],
    ...more,
  };
}
