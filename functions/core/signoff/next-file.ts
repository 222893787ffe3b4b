import type { Instant, Seconds } from '../model/time.ts';
import { isAsked } from './due.ts';
import { type ChangedUsers, SIGN_OFF_SCHEMA, type SignOffFile } from './file.ts';
import { type CaseChanges, laterUsers } from './later.ts';
import { openConcerns, type Stated, signOffState } from './state.ts';

/** The report of a validation that was just made, as far as a sign-off depends on it. */
export interface JudgedReport {
  readonly report: NonNullable<SignOffFile['report']>;
  /** The changes since a moment; null: since ever. */
  changedSince(since: Instant | null): ChangedUsers;
}

/** Everything from which the state of sign-offs follows. */
export interface SignOffInput {
  readonly account: string;
  readonly now: Instant;
  /** The setting `signOffEvery`. */
  readonly every: Seconds;
  /** The time of the first anchor. */
  readonly first: Instant;
  /** All statements of the ledger, in order. */
  readonly stated: readonly Stated[];
  /** The summaries of cases with something new. */
  readonly summary: readonly CaseChanges[];
  /** Null if no inventory was judged in this run. */
  readonly judged: JudgedReport | null;
  /** The file as it was left last; null if there is none. */
  readonly before: SignOffFile | null;
}

const UNCHANGED: Omit<ChangedUsers, 'since'> = { users: 0, privileged: [], automation: [] };

/**
 * The state of sign-offs now. The changes are those that the latest report shows; right after an accepted sign-off there are none
 * until the next report.
 */
export function nextSignOffFile(input: SignOffInput): SignOffFile {
  const { account, now, every, first, stated, summary, judged, before } = input;
  const since = before?.since ?? first;
  const state = signOffState(stated, { first: since, every });
  const report = judged?.report ?? before?.report ?? null;
  const accepted = state.signOffs.filter(({ verdict }) => verdict !== 'not-accepted').at(-1) ?? null;
  const isNew = before?.last?.number !== state.last?.number;
  const reviewed = isNew && state.last?.verdict !== 'not-accepted';
  const changed = judged?.changedSince(accepted?.at ?? null) ?? (reviewed ? null : before?.changed);
  const open = openConcerns(state);
  return {
    schema: SIGN_OFF_SCHEMA,
    account,
    due: state.due,
    asked: isAsked(state.due, report, now),
    since,
    report,
    last: state.last,
    open,
    settled: state.concerns.length - open.length,
    changed: changed ?? { since: accepted?.at ?? null, ...UNCHANGED },
    later: report === null ? [] : laterUsers(before?.later ?? [], summary, report.takenAt),
  };
}
