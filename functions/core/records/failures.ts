import { type Case, isOpen } from '../case/case.ts';
import type { NotDone, StoredEntry, Version } from '../case/history.ts';
import { activeKeys } from '../model/compliance.ts';
import type { Instant } from '../model/time.ts';
import { type Course, headOf, type RowHead } from './row.ts';

/** A change that was tried. */
export type FailedAction = 'deactivate' | 'reactivate' | 'delete';

/** `no-answer`: IAM gave none, and was seen later not to have made the change. */
export type FailedHow = NotDone | 'no-answer';

/**
 * *Failure*: attempts at one change of a key that failed one after the other, until it was made or nobody wanted it any more.
 */
export interface FailureRow extends RowHead {
  readonly keyId: string;
  readonly action: FailedAction;
  /** The result of the last attempt. */
  readonly outcome: FailedHow;
  /** IAM's error at the last refusal. Null if it never refused, or in the history of a release before 0.11.0. */
  readonly errorCode: string | null;
  readonly requestId: string | null;
  /** The reason, as a code, why the last attempt was not made; null if it was. */
  readonly why: string | null;
  readonly attempts: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** When it was seen made, or not wanted any more; null if Solekey still tries. */
  readonly endedAt: Instant | null;
  /**
   * `done`: it was made after all · `not-needed`: nobody wants it any more · `tried-again`: by Solekey · `by-hand`: Solekey tries
   * again, and people were given the command because it may keep failing.
   */
  readonly next: 'done' | 'not-needed' | 'tried-again' | 'by-hand';
}

type Event = StoredEntry['events'][number];

const FAILED = {
  'deactivation-absent': ['deactivate', 'absent'],
  'deactivation-refused': ['deactivate', 'refused'],
  'deactivation-not-made': ['deactivate', 'not-made'],
  'deactivation-lost': ['deactivate', 'no-answer'],
  'restore-absent': ['reactivate', 'absent'],
  'restore-refused': ['reactivate', 'refused'],
  'restore-not-made': ['reactivate', 'not-made'],
  'deletion-absent': ['delete', 'absent'],
  'deletion-refused': ['delete', 'refused'],
  'deletion-not-made': ['delete', 'not-made'],
  'deletion-lost': ['delete', 'no-answer'],
} as const satisfies Record<
  `${'deactivation' | 'restore' | 'deletion'}-${NotDone}` | 'deactivation-lost' | 'deletion-lost',
  readonly [FailedAction, FailedHow]
>;

/** The event that says that a change was made. */
const MADE = {
  deactivate: 'deactivated',
  reactivate: 'restored',
  delete: 'deleted',
} as const satisfies Record<FailedAction, string>;

/** The change that an event says has failed; null if it says something else. */
function failedIn({ code }: Event): readonly [FailedAction, FailedHow] | null {
  const known: Readonly<Record<string, readonly [FailedAction, FailedHow]>> = FAILED;
  return known[code] ?? null;
}

/** One row for each run of failures in a case, in the order in which they began. */
export function failureRows(course: Course): FailureRow[] {
  const { phase, heldFor } = course.last.case;
  const byHand = phase === 'held' && heldFor === 'restore-by-hand';
  const rows = course.versions.reduce<readonly FailureRow[]>((before, version) => {
    const tried = version.entry.events.reduce((all, event) => withEvent(course, all, version, event), before);
    return tried.map((row) => (isEnded(row) || isWanted(row, version.case) ? row : ended(row, version)));
  }, []);
  return rows.map((row) =>
    byHand && !isEnded(row) && row.action === 'reactivate' ? { ...row, next: 'by-hand' } : row,
  );
}

/** The rows after an event: the attempt of which it tells joins the failures before, or is the first. */
function withEvent(
  course: Course,
  rows: readonly FailureRow[],
  version: Version,
  event: Event,
): readonly FailureRow[] {
  const failed = failedIn(event);
  const { keyId } = event;
  if (failed === null || keyId === undefined) {
    return rows;
  }
  const [action] = failed;
  const goesOn = (row: FailureRow) => !isEnded(row) && row.keyId === keyId && row.action === action;
  const all = rows.some(goesOn) ? rows : [...rows, firstOf(course, version, keyId, action)];
  return all.map((row) => (goesOn(row) ? withAttempt(row, version, event, failed) : row));
}

function isEnded({ endedAt }: FailureRow): boolean {
  return endedAt !== null;
}

function ended(row: FailureRow, { entry: { at, events } }: Version): FailureRow {
  const made = events.some(({ code, keyId }) => code === MADE[row.action] && keyId === row.keyId);
  return { ...row, endedAt: at, next: made ? 'done' : 'not-needed' };
}

function firstOf(course: Course, { entry }: Version, keyId: string, action: FailedAction): FailureRow {
  return {
    ...headOf(course, keyId, action, entry.n),
    keyId,
    action,
    outcome: 'no-answer',
    errorCode: null,
    requestId: null,
    why: null,
    attempts: 0,
    firstAt: entry.at,
    lastAt: entry.at,
    endedAt: null,
    next: 'tried-again',
  };
}

function withAttempt(
  row: FailureRow,
  { entry }: Version,
  { iam, detail }: Event,
  [, outcome]: readonly [FailedAction, FailedHow],
): FailureRow {
  return {
    ...row,
    outcome,
    ...(iam === undefined ? {} : { errorCode: iam.code, requestId: iam.requestId }),
    why: detail ?? null,
    attempts: row.attempts + 1,
    lastAt: entry.at,
  };
}

/** True if a version of the case still wants the change. */
function isWanted({ action, keyId }: FailureRow, current: Case): boolean {
  const { decision, progress, keys } = current;
  const { deactivated, deleted, expired, restoring } = progress[keyId] ?? {};
  const wanted = {
    deactivate:
      decision?.deactivate.includes(keyId) === true &&
      deactivated === undefined &&
      activeKeys(keys).some(({ id }) => id === keyId),
    reactivate: restoring !== undefined,
    delete:
      decision?.remove.includes(keyId) === true &&
      deactivated !== undefined &&
      deleted === undefined &&
      expired === undefined,
  } as const satisfies Record<FailedAction, boolean>;
  return isOpen(current) && wanted[action];
}
