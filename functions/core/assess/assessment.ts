import { isPrivileged, type Privilege } from '../inventory/privilege.ts';
import { reservedIn } from '../inventory/reserved.ts';
import { isRead, type SurveyedUser } from '../inventory/surveyed.ts';
import { activeKeys, isViolation } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import { type Instant, plus, type Seconds } from '../model/time.ts';
import { type Advice, NO_ADVICE } from '../proposal/advice.ts';
import type { Evidence } from '../proposal/context.ts';
import { propose } from '../proposal/proposal.ts';
import { newestFirst } from '../proposal/sorting.ts';

/** A user with more than one active key, and what Solekey would advise today. */
export interface Violator {
  readonly user: SurveyedUser;
  /** The active keys, newest first. */
  readonly active: readonly ObservedKey[];
  readonly advice: Advice;
}

/** The users of an account by their number of active keys. They add up to `users`. */
export interface Totals {
  readonly users: number;
  readonly several: number;
  readonly one: number;
  readonly none: number;
  readonly unread: number;
  /** Users who, beside at most one active key, have an inactive one that is still there. */
  readonly inactiveSecond: number;
}

/** The users of an account by their power over permissions. */
export interface PrivilegeTotals {
  readonly administrators: number;
  readonly canBecome: number;
  readonly unknown: number;
  /** Administrators, and users who can become one, with more than one active key. */
  readonly several: number;
}

/** All users of an account, and the advice about those with several active keys. */
export interface Assessment {
  readonly takenAt: Instant;
  readonly users: readonly SurveyedUser[];
  /** Those with most keys first, then those whose oldest key is oldest. */
  readonly violators: readonly Violator[];
  readonly totals: Totals;
  readonly privileged: PrivilegeTotals;
}

/** The settings that advice depends on. */
export interface AdviceTerms {
  readonly quietPeriod: Seconds;
  readonly rotationWindow: Seconds;
}

/**
 * Assesses users from the facts of IAM alone. Nobody's answer, no creator and no earlier case is known here, so the
 * advice is what Solekey would give in its first mail.
 */
export function assess(users: readonly SurveyedUser[], terms: AdviceTerms, now: Instant): Assessment {
  const violators = users
    .filter(({ how, keys }) => isRead(how) && isViolation(keys))
    .map((user) => {
      const active = activeKeys(user.keys).sort(newestFirst);
      return {
        user,
        active,
        advice: firstAdvice(active, terms, now, { reserved: reservedIn(user.tags) }),
      };
    })
    .sort(worstFirst);
  const privileged = privilegeTotals(users, violators);
  return { takenAt: now, users, violators, totals: totalsOf(users), privileged };
}

/**
 * Advice about the active keys of a user of whom there is no case, newest first: to wait for the end of a rotation, or a
 * proposal. None if there is no key.
 */
export function firstAdvice(
  active: readonly ObservedKey[],
  terms: AdviceTerms,
  now: Instant,
  evidence: Evidence = {},
): Advice {
  const until = ({ created }: ObservedKey) => plus(created, terms.rotationWindow);
  const young = active.find((key) => until(key) > now);
  if (young !== undefined) {
    return { kind: 'wait', wait: { until: until(young), why: { code: 'rotation', keyId: young.id } } };
  }
  const proposal = propose(active, { now, ...terms, unexpected: {}, exposed: {}, back: {}, ...evidence });
  return proposal === null ? NO_ADVICE : { kind: 'proposal', proposal };
}

function worstFirst(a: Violator, b: Violator): number {
  return b.active.length - a.active.length || (ageOf(a) < ageOf(b) ? -1 : 1);
}

/** Sorts by the oldest key first, then by the next one, then by user. */
function ageOf({ active, user }: Violator): string {
  const created = active.map((key) => key.created).sort();
  return [...created, user.arn].join();
}

function privilegeTotals(users: readonly SurveyedUser[], violators: readonly Violator[]): PrivilegeTotals {
  const count = (kind: Privilege['kind']) => users.filter(({ privilege }) => privilege.kind === kind).length;
  return {
    administrators: count('administrator'),
    canBecome: count('can-become'),
    unknown: count('unknown'),
    several: violators.filter(({ user }) => isPrivileged(user.privilege) === true).length,
  };
}

function totalsOf(users: readonly SurveyedUser[]): Totals {
  const read = users.filter(({ how }) => isRead(how));
  const withActive = (wanted: (count: number) => boolean) =>
    read.filter(({ keys }) => wanted(activeKeys(keys).length));
  const atMostOne = withActive((count) => count <= 1);
  return {
    users: users.length,
    several: withActive((count) => count > 1).length,
    one: withActive((count) => count === 1).length,
    none: withActive((count) => count === 0).length,
    unread: users.length - read.length,
    inactiveSecond: atMostOne.filter(({ keys }) => keys.length > 1).length,
  };
}
