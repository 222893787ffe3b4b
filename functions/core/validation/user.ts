import type { Case } from '../case/case.ts';
import type { UnreadCase } from '../case/unread.ts';
import type { InventoryRow } from '../inventory/row.ts';
import { activeKeys } from '../model/compliance.ts';
import { excludedBy } from '../model/exclusion.ts';
import { onlyObserves, scopeOf } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { evidenceFrom } from '../proposal/context.ts';
import { verdicts } from '../proposal/unproved.ts';
import type { Remediated } from '../records/remediated.ts';
import type { UserUsage } from '../usage/user-usage.ts';
import type { Doubt } from '../words/doubts.ts';
import { type Counted, countOf } from './facts.ts';
import { nextStep } from './next.ts';
import { type PendingContext, pendingKeys } from './pending.ts';
import { compared } from './remaining.ts';
import type { MovedKey, OpenCase, ValidatedUser } from './validated-user.ts';

/** Everything that is known of one user. */
export interface KnownUser {
  readonly userId: string | null;
  /** Null for somebody who is not in the inventory. */
  readonly row: InventoryRow | null;
  /** The open case; null if there is none. */
  readonly current: Case | UnreadCase | null;
  readonly record: Remediated | null;
  readonly usage: UserUsage | null;
  /** The name in the last validation; null if it did not have the user. */
  readonly formerName: string | null;
  /** True if the history of the user's cases does not fit. */
  readonly isHistoryBroken: boolean;
}

/** The circumstances of all users. */
export interface ValidationContext extends PendingContext {
  /** When the list of users was requested. */
  readonly listedAt: Instant;
  /** When IAM generated the credential report. */
  readonly reportOf: Instant;
  /** Time of the last validation; null if this is the first. */
  readonly previousAt: Instant | null;
}

/** One user as a validation sees them. */
export function validatedUser(known: KnownUser, context: ValidationContext): ValidatedUser {
  const { userId, row, current, record, usage } = known;
  const counted = row === null ? notListed(known, context) : countOf(row, context.at);
  const check = record === null ? null : compared(record, row, counted);
  const readable = isReadable(current) ? current : null;
  const user = {
    userId,
    ...namesOf(known),
    ...factsOf(row, counted, context),
    ...scopeIn(row, context.policy),
    openCase: openCaseOf(current, context),
    remaining: check?.remaining ?? null,
    pending: readable === null ? [] : pendingKeys(readable, context),
    takeOver: readable === null ? [] : movedKeys(readable, usage, context.policy),
    doubts: doubtsOf(counted.doubt ?? check?.doubt ?? null, known),
  };
  return { ...user, next: nextStep(user) };
}

/** The count of somebody who is not in the list of users: gone, unless they are known to have existed after it was requested. */
function notListed({ current, record }: KnownUser, { listedAt }: ValidationContext): Counted {
  const seen = [isReadable(current) ? current.opened : '', record?.decidedAt ?? ''];
  return seen.some((at) => at > listedAt)
    ? { count: 'unknown', doubt: 'after-list' }
    : { count: 'gone', doubt: null };
}

function isReadable(current: KnownUser['current']): current is Case {
  return current !== null && !('why' in current);
}

/** The name in IAM, and another one under which the user was known before. */
function namesOf({ row, current, record, formerName }: KnownUser) {
  const before = [formerName, current?.userName, record?.userName].flatMap((name) => name ?? []);
  const userName = row?.userName ?? before[0] ?? '';
  return { userName, renamedFrom: before.find((name) => name !== userName) ?? null };
}

function factsOf(
  row: InventoryRow | null,
  { count }: Counted,
  { listedAt, reportOf }: ValidationContext,
): Pick<
  ValidatedUser,
  'count' | 'active' | 'read' | 'asOf' | 'createdSince' | 'owner' | 'privileged' | 'automation'
> {
  if (row === null) {
    const isGone = count === 'gone';
    const unknown = { active: [], owner: null, privileged: null, automation: null };
    return isGone
      ? { count, ...unknown, read: 'live', asOf: listedAt, createdSince: false }
      : { count, ...unknown, read: 'unread', asOf: null, createdSince: true };
  }
  const { keys, read, asOf, owner, privileged, automation, created } = row;
  const active = activeKeys(keys).map(({ id }) => id);
  return { count, active, read, asOf, owner, privileged, automation, createdSince: created > reportOf };
}

/** A user whose tags were not read counts as not excluded by one, so that nothing is left out. */
function scopeIn(row: InventoryRow | null, policy: Policy): Pick<ValidatedUser, 'excluded' | 'observed'> {
  if (row === null) {
    return { excluded: null, observed: false };
  }
  const user = { ...row, tags: row.tags ?? {} };
  return {
    excluded: excludedBy(user, policy.exclude)?.by ?? null,
    observed: onlyObserves(policy, scopeOf(null, user, policy)),
  };
}

function openCaseOf(current: KnownUser['current'], { previousAt }: ValidationContext): OpenCase | null {
  if (current === null) {
    return null;
  }
  const { number } = current;
  if (!isReadable(current)) {
    return { number, opened: null, phase: null, openBefore: false };
  }
  const { opened, phase } = current;
  return { number, opened, phase, openBefore: previousAt !== null && opened <= previousAt };
}

function movedKeys(current: Case, usage: UserUsage | null, policy: Policy): MovedKey[] {
  return verdicts(current, evidenceFrom({ usage, about: null }, policy)).map(({ id, verdict, at }) => ({
    keyId: id,
    verdict: verdict.kind,
    at,
  }));
}

function doubtsOf(first: Doubt | null, { current, isHistoryBroken }: KnownUser): Doubt[] {
  const isUnread = current !== null && !isReadable(current);
  return [
    ...(first === null ? [] : [first]),
    ...(isUnread ? (['unread-case'] as const) : []),
    ...(isHistoryBroken ? (['history'] as const) : []),
  ];
}
