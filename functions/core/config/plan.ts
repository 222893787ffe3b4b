import { isDue, needsUpdate } from './needs-update.ts';
import { readingOrder } from './reading-order.ts';
import type { CredentialReport, Evaluation, ListedUser, ReportRow, Survey } from './survey.ts';
import { NOT_APPLICABLE, PLAINLY_COMPLIANT, sameVerdict } from './verdict.ts';

/** What the credential report has for the keys of one user. */
const SLOTS = 2;

export interface Plan {
  /** Users to read live, in the order to read them: the report cannot speak for them. */
  readonly live: readonly ListedUser[];
  /** What follows from report and list alone, where Config should hear of it. */
  readonly evaluations: readonly Evaluation[];
  /** UserIds with an open case that are not in the list any more. */
  readonly gone: readonly string[];
}

/**
 * Who has a key by the report and is not shown by Config. They may be new, or a later look took them off its list, which
 * Config does not remember; if so, their case does.
 */
export function unshown({
  users,
  report,
  shown: held,
}: Pick<Survey, 'users' | 'report' | 'shown'>): ListedUser[] {
  return users.filter((user) => !held.has(user.userId) && (rowOf(user, report)?.keys ?? 0) > 0);
}

/**
 * Whom to read live, and what to say of the others. The report is a choice of whom to read, and for everybody else the
 * fact that they had at most one Active key *when it was made*, no later.
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
 * The report cannot speak for a user it does not have (made since, or renamed), with several Active keys, or with more
 * keys than it shows; nor where a case is open, or where Config shows anything but plain compliance, or where Config or
 * a case knows better from a later look. A report that does not tell of further keys rules them out only for who has a
 * slot free; the others are read when Config is to hear of them.
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

/** The same name may have passed to another user: then the time of making differs. */
function rowOf({ arn, created }: ListedUser, { rows }: CredentialReport): ReportRow | null {
  const row = rows.get(arn);
  return row?.created === created ? row : null;
}

function fromReport(user: ListedUser, { report }: Survey): Evaluation {
  const verdict = rowOf(user, report)?.keys === 0 ? NOT_APPLICABLE : PLAINLY_COMPLIANT;
  return { ...verdict, userId: user.userId, factsAt: report.generated };
}
