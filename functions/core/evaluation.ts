import { readingOrder } from './reading-order.ts';
import type { Instant } from './time.ts';
import { NOT_APPLICABLE, PLAINLY_COMPLIANT, sameVerdict, type Verdict } from './verdict.ts';
import { isDue, isWorthPutting } from './worth-putting.ts';

/** A user as IAM's authorization details list them: no keys, but id, name, tags and the time of making. */
export interface ListedUser {
  userId: string;
  userName: string;
  path: string;
  arn: string;
  created: Instant;
  tags: Readonly<Record<string, string>>;
}

/** What the credential report has for the keys of one user. */
const SLOTS = 2;

/** One user's row of the credential report: two slots for keys, without their ids, up to four hours old. */
export interface ReportRow {
  arn: string;
  created: Instant;
  /** Slots that hold a key. */
  keys: number;
  /** Slots that hold an Active key. */
  active: number;
  /** Whether there are more keys than the report has slots for; null: this report does not tell. */
  more: boolean | null;
}

export interface CredentialReport {
  /** When IAM made it: what it says was true then, and is not known to be true since. */
  generated: Instant;
  rows: ReadonlyMap<string, ReportRow>;
}

/** What AWS Config shows of one user now. */
export interface HeldVerdict extends Verdict {
  /** The time of the facts behind it. We assume that Config ignores an evaluation with an earlier one (docs/adr/013). */
  factsAt: Instant;
  /** When Config took it in. */
  recorded: Instant;
}

/** *Evaluation*: a verdict on one user for AWS Config, with the time of the facts it rests on. */
export interface Evaluation extends Verdict {
  userId: string;
  factsAt: Instant;
}

/** Everything that one run knows before it reads single users. */
export interface Census {
  users: readonly ListedUser[];
  /** When the list of users was asked for. */
  listedAt: Instant;
  report: CredentialReport;
  /** By UserId. */
  held: ReadonlyMap<string, HeldVerdict>;
  /** UserIds with an open case. */
  open: ReadonlySet<string>;
  /** When reconcile last took down the keys of a user, in a case that is open or closed; of {@link unshown} users only. */
  keysSeenAt: ReadonlyMap<string, Instant>;
  now: Instant;
}

export interface Plan {
  /** Users to read live, in the order to read them: the report cannot speak for them. */
  live: readonly ListedUser[];
  /** What follows from report and list alone, where Config should hear of it. */
  evaluations: readonly Evaluation[];
  /** UserIds with an open case that are not in the list any more. */
  gone: readonly string[];
}

/**
 * Who has a key by the report and is not shown by Config. They may be new, or a later look took them off its list, which
 * Config does not remember; if so, their case does.
 */
export function unshown({ users, report, held }: Pick<Census, 'users' | 'report' | 'held'>): ListedUser[] {
  return users.filter((user) => !held.has(user.userId) && (rowOf(user, report)?.keys ?? 0) > 0);
}

/**
 * Whom to read live, and what to say of the others. The report is a choice of whom to read, and for everybody else the
 * fact that they had at most one Active key *when it was made*, no later.
 */
export function planned(census: Census): Plan {
  const { users, held, open } = census;
  const listed = new Set(users.map(({ userId }) => userId));
  const live = users.filter((user) => wantsLook(user, census));
  const read = new Set(live.map(({ userId }) => userId));
  const reported = users.filter(({ userId }) => !read.has(userId)).map((user) => fromReport(user, census));
  const left = [...held.keys()].filter((userId) => !listed.has(userId));
  const ended = left.map((userId) => ({ ...NOT_APPLICABLE, userId, factsAt: census.listedAt }));
  return {
    live: readingOrder(live, held, census.now),
    evaluations: [...reported, ...ended].filter((one) =>
      isWorthPutting(one, held.get(one.userId), census.now),
    ),
    gone: [...open].filter((userId) => !listed.has(userId)),
  };
}

/**
 * The report cannot speak for a user it does not have (made since, or renamed), with several Active keys, or with more
 * keys than it shows; nor where a case is open, or where Config shows anything but plain compliance, or where Config or
 * a case knows better from a later look. A report that does not tell of further keys rules them out only for who has a
 * slot free; the others are read when Config is to hear of them.
 */
function wantsLook(user: ListedUser, { report, held, open, keysSeenAt, now }: Census): boolean {
  const row = rowOf(user, report);
  if (row === null || row.active > 1 || row.more === true || open.has(user.userId)) return true;
  const shown = held.get(user.userId);
  if (row.more === null && row.keys >= SLOTS && (shown === undefined || isDue(shown, now))) return true;
  if (shown === undefined) return (keysSeenAt.get(user.userId) ?? '') >= report.generated;
  return !sameVerdict(shown, PLAINLY_COMPLIANT) || (row.keys === 0 && shown.factsAt >= report.generated);
}

/** The same name may have passed to another user: then the time of making differs. */
function rowOf({ arn, created }: ListedUser, { rows }: CredentialReport): ReportRow | null {
  const row = rows.get(arn);
  return row?.created === created ? row : null;
}

function fromReport(user: ListedUser, { report }: Census): Evaluation {
  const verdict = rowOf(user, report)?.keys === 0 ? NOT_APPLICABLE : PLAINLY_COMPLIANT;
  return { ...verdict, userId: user.userId, factsAt: report.generated };
}
