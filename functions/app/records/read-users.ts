import type { Control, Policy } from '../../core/model/policy.ts';
import type { Instant } from '../../core/model/time.ts';
import type { EntryLine, Unvouched } from '../../core/records/anchor.ts';
import { boundEntries, type NewEntries } from '../../core/records/new-entries.ts';
import { type Remediated, remediatedUsers } from '../../core/records/remediated.ts';
import { joinedRows, type RecordRows, recordRows, rowsAfter } from '../../core/records/rows.ts';
import { type RecordedTimes, recordedTimes } from '../../core/records/times.ts';
import { inTurn } from '../in-turn.ts';
import type { HistoryStore } from '../records-ports.ts';

/** All that the histories of some users say. */
export interface UsersRead {
  /** The new entries of all of them, in the order of users and numbers. */
  readonly lines: readonly EntryLine[];
  readonly unvouched: readonly Unvouched[];
  /** The rows with something new. */
  readonly rows: RecordRows;
  /** Of every user read, the record by which the remaining keys are judged; null if none is in force. */
  readonly remediated: ReadonlyMap<string, Remediated | null>;
  /** The times of all their cases. */
  readonly times: readonly RecordedTimes[];
  /** UserIds of those whose case closed with one of these entries. */
  readonly closed: readonly string[];
}

/** Users read at the same time. */
const AT_A_TIME = 16;

interface Terms {
  readonly policy: Policy;
  readonly control: Control;
  readonly now: Instant;
}

/** Reads the histories of the users with news. One that does not fit is named, and nothing else is said of it. */
export async function readUsers(
  history: HistoryStore,
  account: string,
  wanted: readonly NewEntries[],
  terms: Terms,
): Promise<UsersRead> {
  const inOrder = [...wanted].sort((a, b) => compared(a.userId, b.userId));
  const users = await inTurn(inOrder, AT_A_TIME, (one) => readUser(history, account, one, terms));
  return {
    lines: users.flatMap(({ lines }) => lines),
    unvouched: users.flatMap(({ userId, why }) => (why === null ? [] : [{ userId, why }])),
    rows: joinedRows(users.map(({ rows }) => rows)),
    remediated: new Map(users.flatMap((one) => (one.why === null ? [[one.userId, one.remediated]] : []))),
    times: users.flatMap(({ times }) => times),
    closed: users.flatMap(({ userId, rows }) => (rows.summary.some(({ final }) => final) ? [userId] : [])),
  };
}

interface UserRead {
  readonly userId: string;
  readonly lines: readonly EntryLine[];
  readonly rows: RecordRows;
  readonly remediated: Remediated | null;
  readonly times: readonly RecordedTimes[];
  readonly why: string | null;
}

const NEWER = 'a release that this one does not know wrote the history';
const NOTHING = { rows: joinedRows([]), remediated: null, times: [] };

async function readUser(
  history: HistoryStore,
  account: string,
  wanted: NewEntries,
  terms: Terms,
): Promise<UserRead> {
  const { userId } = wanted;
  const read = await history.history(account, userId);
  const bound = boundEntries(wanted, read);
  if ('why' in bound) {
    return { userId, lines: [], ...NOTHING, why: bound.why };
  }
  if (read.versions === null) {
    // The chain fits, so its entries are anchored; only nobody here can say what they mean.
    return { userId, lines: bound.lines, ...NOTHING, why: NEWER };
  }
  const rows = recordRows(read.versions, { ...terms, answers: read.answers });
  const [remediated = null] = remediatedUsers(rows);
  const fresh = { rows: rowsAfter(rows, wanted.after), remediated, times: recordedTimes(rows) };
  return { userId, lines: bound.lines, ...fresh, why: null };
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
