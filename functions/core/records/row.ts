/**
 * *Records*: what the history of a user says was decided and done, as rows for people and programs that know nothing of
 * Solekey. Whole key ids stand in them. No text that people typed does, because signed files cannot be erased (docs/records.md).
 */
import type { Case } from '../case/case.ts';
import type { Version } from '../case/history.ts';
import type { AnyPurpose, DecisionRequest } from '../case/requests.ts';
import type { Control, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';

/** Version of the rows. It rises when a field changes its meaning or goes, not when one is added (docs/records.md). */
export const RECORD_SCHEMA = 1;

/** The fields with which every row begins. */
export interface RowHead {
  readonly schema: number;
  /** The same in all rows about the same thing, of which the latest counts. */
  readonly id: string;
  readonly account: string;
  readonly userId: string;
  /** The user's name in the last version. */
  readonly userName: string;
  /** Number of the case among those of this user, from 1. */
  readonly caseNumber: number;
  /** Number of the last history entry of the case, which the row contains, and its time. */
  readonly version: number;
  readonly asOf: Instant;
  /** True if the case is closed: the row changes only if the same case is opened again. */
  readonly final: boolean;
}

/** An answer of a person as stored, and the purpose of the link that was used; null if it cannot be read. */
export interface GivenAnswer {
  readonly request: DecisionRequest;
  readonly purpose: AnyPurpose | null;
}

/** The part of a row's content that the history does not have. */
export interface RecordContext {
  readonly now: Instant;
  readonly policy: Policy;
  readonly control: Control;
  /** The stored answers about this user. One that is not among them leaves some fields of its row null. */
  readonly answers: readonly GivenAnswer[];
}

/** *Course*: all versions of one case, oldest first. */
export interface Course {
  readonly versions: readonly [Version, ...Version[]];
  readonly last: Version;
}

/** The courses of the cases of a user, oldest first. */
export function coursesOf(versions: readonly Version[]): Course[] {
  const courses: [Version, ...Version[]][] = [];
  for (const version of versions) {
    const [open] = courses.slice(-1);
    if (open?.[0].case.number === version.case.number) {
      open.push(version);
    } else {
      courses.push([version]);
    }
  }
  return courses.map((all) => ({ versions: all, last: all.reduce((_, next) => next) }));
}

/** The first fields of a row about a case; `about` makes its id. */
export function headOf({ last: { entry, case: current } }: Course, ...about: (string | number)[]): RowHead {
  const { account, userId, userName, number, phase } = current;
  return {
    schema: RECORD_SCHEMA,
    id: [userId, number, ...about].join('/'),
    account,
    userId,
    userName,
    caseNumber: number,
    version: entry.n,
    asOf: entry.at,
    final: phase === 'closed',
  };
}

/** The case before one of its versions; null for the first one. */
export function beforeIn({ versions }: Course, index: number): Case | null {
  return versions[index - 1]?.case ?? null;
}
