import { isDue, needsUpdate } from './needs-update.ts';
import { readingOrder } from './reading-order.ts';
import type { CredentialReport, Evaluation, ListedUser, ReportRow, Survey } from './survey.ts';
import { NOT_APPLICABLE, PLAINLY_COMPLIANT, sameVerdict } from './verdict.ts';

/** Number of keys per user that the credential report has columns for. */
const SLOTS = 2;

export interface Plan {
  /** Users to read individually, in this order, because the report is not enough for them. */
  readonly live: readonly ListedUser[];
  /** Evaluations that follow from the report and the list alone, and that AWS Config needs. */
  readonly evaluations: readonly Evaluation[];
  /** UserIds with an open case that are not in the list any more. */
  readonly gone: readonly string[];
}

/**
 * Users who have a key according to the report, but no result in AWS Config. They may be new; or a later reading
 * removed their result, which only their case still knows.
 */
export function unshown({
  users,
  report,
  shown: held,
}: Pick<Survey, 'users' | 'report' | 'shown'>): ListedUser[] {
  return users.filter((user) => !held.has(user.userId) && (rowOf(user, report)?.keys ?? 0) > 0);
}

/**
 * Decides which users to read individually, and the evaluations of all others. The report is used to choose them, and
 * for the others as a proof that they had at most one Active key *when it was generated*, not later.
 */
export function planned(census: Survey): Plan {
  const { users, shown: held, open } = census;
  const listed = new Set(users.map(({ userId }) => userId));
  const live = users.filter((user) => wantsLook(user, census));
  const read = new Set(live.map(({ userId }) => userId));
  const reported = users.filter(({ userId }) => !read.has(userId)).map((user) => fromReport(user, census));
  const left = [...held.keys()].filter((userId) => !listed.has(userId));
  const ended = left.map((userId) => ({ ...NOT_APPLICABLE, userId, factsAt: census.listedAt }));
  return {
    live: readingOrder(live, held, census.now),
    evaluations: [...reported, ...ended].filter((one) => needsUpdate(one, held.get(one.userId), census.now)),
    gone: [...open].filter((userId) => !listed.has(userId)),
  };
}

/**
 * True if the user must be read individually. The report is not enough for a user it does not contain (created since,
 * or renamed), with several Active keys, or with more keys than it has columns for; nor for a user with an open case,
 * one for whom AWS Config shows anything other than plain compliance, or one who was read later than the report. Some
 * reports do not say whether there are further keys. Then they are ruled out only for users with a free column; the
 * others are read when AWS Config needs an update.
 */
function wantsLook(user: ListedUser, { report, shown: held, open, keysSeenAt, now }: Survey): boolean {
  const row = rowOf(user, report);
  if (row === null || row.active > 1 || row.more === true || open.has(user.userId)) {
    return true;
  }
  const shown = held.get(user.userId);
  if (row.more === null && row.keys >= SLOTS && (shown === undefined || isDue(shown, now))) {
    return true;
  }
  if (shown === undefined) {
    return (keysSeenAt.get(user.userId) ?? '') >= report.generated;
  }
  return !sameVerdict(shown, PLAINLY_COMPLIANT) || (row.keys === 0 && shown.factsAt >= report.generated);
}

/**
 * The user's row in the report; null if it has none. Another user may have had the same name, so the creation time
 * must match as well.
 */
function rowOf({ arn, created }: ListedUser, { rows }: CredentialReport): ReportRow | null {
  const row = rows.get(arn);
  return row?.created === created ? row : null;
}

function fromReport(user: ListedUser, { report }: Survey): Evaluation {
  const verdict = rowOf(user, report)?.keys === 0 ? NOT_APPLICABLE : PLAINLY_COMPLIANT;
  return { ...verdict, userId: user.userId, factsAt: report.generated };
}
