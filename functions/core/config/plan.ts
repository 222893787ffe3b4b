import { reachedAddresses } from '../health/reach.ts';
import { excludedBy } from '../model/exclusion.ts';
import type { Policy } from '../model/policy.ts';
import { needsUpdate } from './needs-update.ts';
import { readingOrder } from './reading-order.ts';
import { recordedKeys } from './recorded-keys.ts';
import type { CredentialReport, ListedUser, ReportRow, Survey, UserEvaluation } from './survey.ts';
import { NOT_APPLICABLE, PLAINLY_COMPLIANT, sameVerdict, verdictOf } from './verdict.ts';

export interface Plan {
  /** Users to read individually, in this order, because the report is not enough for them. */
  readonly live: readonly ListedUser[];
  /** Evaluations that follow without reading, and that AWS Config needs. */
  readonly evaluations: readonly UserEvaluation[];
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
  return users.filter((user) => !held.has(user.userId) && (rowOf(user, report)?.slots ?? []).length > 0);
}

/**
 * Decides which users to read individually, and the evaluations of all others. The report is used to choose them, and
 * for the others as a proof that they had at most one Active key *when it was generated*, not later.
 */
export function planned(census: Survey, policy: Policy): Plan {
  const { users, shown: held, open } = census;
  const listed = new Set(users.map(({ userId }) => userId));
  const recorded = users.flatMap((user) => fromCase(user, census, policy));
  const known = new Set(recorded.map(({ userId }) => userId));
  const live = users.filter((user) => !known.has(user.userId) && wantsLook(user, census));
  const read = new Set([...known, ...live.map(({ userId }) => userId)]);
  const reported = users.filter(({ userId }) => !read.has(userId)).map((user) => fromReport(user, census));
  const left = [...held.keys()].filter((userId) => !listed.has(userId));
  const ended = left.map((userId) => ({ ...NOT_APPLICABLE, userId, factsAt: census.listedAt }));
  return {
    live: readingOrder(live, held, census.now),
    evaluations: [...recorded, ...reported, ...ended].filter((one) =>
      needsUpdate(one, held.get(one.userId), census.now),
    ),
    gone: [...open].filter((userId) => !listed.has(userId)),
  };
}

/**
 * True if the user must be read individually. The report is not enough for a user it does not contain (created since,
 * or renamed), with several Active keys, or with more keys than it says it has columns for; nor for a user with an open
 * case, one for whom AWS Config shows anything other than plain compliance, or one who was read later than the report.
 * Some reports do not say whether there are further keys: those are found by the background reading (inventory/turn.ts).
 */
function wantsLook(user: ListedUser, { report, shown: held, open, keysSeenAt }: Survey): boolean {
  const row = rowOf(user, report);
  if (row === null || activeIn(row) > 1 || row.more === true || open.has(user.userId)) {
    return true;
  }
  const shown = held.get(user.userId);
  if (shown === undefined) {
    return (keysSeenAt.get(user.userId) ?? '') >= report.generated;
  }
  return (
    !sameVerdict(shown, PLAINLY_COMPLIANT) || (row.slots.length === 0 && shown.factsAt >= report.generated)
  );
}

/**
 * The user's row in the report; null if it has none. Another user may have had the same name, so the creation time
 * must match as well.
 */
function rowOf({ arn, created }: ListedUser, { rows }: CredentialReport): ReportRow | null {
  const row = rows.get(arn);
  return row?.created === created ? row : null;
}

function activeIn({ slots }: ReportRow): number {
  return slots.filter(({ active }) => active).length;
}

/** The evaluation of a user whose open case has the keys as they are; empty if the user must be read. */
function fromCase(
  user: ListedUser,
  { report, cases, evidence, control, subscriptions, now }: Survey,
  policy: Policy,
): UserEvaluation[] {
  const current = cases.get(user.userId);
  const known = recordedKeys(current, rowOf(user, report), report);
  if (current === undefined || known === null) {
    return [];
  }
  const by = excludedBy(user, policy.exclude);
  const rule = { excluded: by !== null, excludedBy: by };
  const judged = { keys: known.keys, ...rule, current, evidence: evidence.get(user.userId) };
  const context = { policy, control: { ...control, reached: reachedAddresses(subscriptions, now) }, now };
  return [{ ...verdictOf(judged, context), userId: user.userId, factsAt: known.factsAt }];
}

function fromReport(user: ListedUser, { report }: Survey): UserEvaluation {
  const verdict = rowOf(user, report)?.slots.length === 0 ? NOT_APPLICABLE : PLAINLY_COMPLIANT;
  return { ...verdict, userId: user.userId, factsAt: report.generated };
}
