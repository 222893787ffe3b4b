import { type Instant, latest, type Seconds, secondsBetween } from './time.ts';
import type { ChangeWindow } from './window.ts';
import type { ClockTime, Zone } from './zone.ts';

/** A person with permission to decide. `id` is recorded; links are mailed to `email` (lower case). */
export interface Approver {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /**
   * The mails this person gets. `all`, also if absent: every notice and digest. `none`: escalations, links that they asked for,
   * news of their own answers, and the news that every approver must have (core/case/recipients.ts).
   */
  readonly mail?: 'all' | 'none';
  /** Globs of the ARNs under which this person acts in AWS; absent or empty if they are not known. */
  readonly principals?: readonly string[];
}

/** How deactivated keys are deleted: after the grace period, only after a person confirms it, or never. */
export type Deletion = 'after-grace' | 'on-confirmation' | 'never';

/**
 * Some users of an account: those with this tag, and those whose name or path/name matches a glob (`*` any number of
 * characters, `?` one).
 */
export interface UserRule {
  readonly tag: { readonly key: string; readonly value: string } | null;
  readonly users: readonly string[];
}

/** Users that are never changed. */
export type ExclusionRule = UserRule;

/**
 * Those who may have several Active keys, and whom AWS Config can show as COMPLIANT then. `exceptions`: users with an
 * exception for exactly these keys · `exclusions`: users who are never changed.
 */
export const COUNTABLE = ['exceptions', 'exclusions'] as const;

/** One of {@link COUNTABLE}. */
export type Countable = (typeof COUNTABLE)[number];

/** `enforce`: Solekey changes keys as decided. `observe`: it only reads and proposes. */
export type Mode = 'enforce' | 'observe';

/**
 * The mode of an account: one for all its users, or `enforce` for those of `only` and `observe` for all others. So the mode
 * of a user is never read from the settings alone (model/only.ts).
 */
export type AccountMode = Mode | { readonly only: UserRule };

/** The settings for the core, with durations in seconds. docs/settings.md explains each one and its default. */
export interface Policy {
  readonly accountName: string;
  readonly mode: AccountMode;
  readonly approvers: readonly Approver[];
  /** Ids of approvers who are notified if nobody decides within `escalateAfter`. May be empty. */
  readonly escalation: readonly string[];
  readonly notifyAfter: Seconds;
  readonly settle: Seconds;
  readonly rotationWindow: Seconds;
  readonly remindEvery: Seconds;
  readonly escalateAfter: Seconds;
  readonly linkValidity: Seconds;
  readonly decisionValid: Seconds;
  readonly grace: Seconds;
  readonly deletionNotice: Seconds;
  readonly quietPeriod: Seconds;
  /** Maximum time from an answer to the end of the exception, or of the time of inactivity, that it asks for. */
  readonly exceptionMaximum: Seconds;
  readonly deletion: Deletion;
  readonly exclude: ExclusionRule;
  /** Maximum number of key changes per account and clock hour (S8). */
  readonly changesPerHour: number;
  /** True if an approver may decide to keep a key that they created. */
  readonly selfApproval: boolean;
  /** The times at which keys are deactivated and deleted (S8); null: at any time. Restores never wait for it. */
  readonly changeWindow: ChangeWindow | null;
  /** Globs of principals that are expected to create keys for others. */
  readonly trustedCreators: readonly string[];
  /** Keys of the tags that say who is responsible for a user, those believed first first. Nothing is decided by them. */
  readonly ownerTags: readonly string[];
  /**
   * Regions whose event history is read for the usage of keys, besides the home Region and those of last uses; null if
   * nothing is looked up.
   */
  readonly usage: readonly string[] | null;
  /** Time after which approvers are asked for the next sign-off. */
  readonly signOffEvery: Seconds;
  readonly digest: DigestTime;
  /** Users who are COMPLIANT in AWS Config with several Active keys. */
  readonly countAsCompliant: readonly Countable[];
  /** The view in AWS Config; null if it is off. */
  readonly config: ConfigView | null;
}

/** When digests are mailed: at this time of day in the zone, whose times people are shown beside UTC. */
export interface DigestTime {
  readonly at: ClockTime;
  readonly zone: Zone;
}

/** Limits on the runs of the rule that Solekey requests from AWS Config, in addition to the rule's own schedule. */
export interface ConfigView {
  /** Minimum time between two requested runs. */
  readonly refreshEvery: Seconds;
  /** Maximum number of requested runs per day (UTC). */
  readonly maxRunsPerDay: number;
}

/** The mutable part of the settings (law 7), read in every pass and request. */
export interface Control {
  /**
   * Pauses in order. The last has no end while Solekey is paused; then nothing is deactivated or deleted, but
   * restores still work.
   */
  readonly pauses: readonly Pause[];
  /** Ids of approvers whose links are not valid for decisions any more. */
  readonly revoked: readonly string[];
  /**
   * Answers given before this moment are void, because the table was restored from a backup and may not know their results.
   * Absent if it never was.
   */
  readonly answersFrom?: Instant;
  /**
   * The addresses that mails reach, by mark, and since when. It is no part of the control item: every pass adds what health
   * found. Absent where nothing depends on it.
   */
  readonly reached?: Readonly<Record<string, Instant>>;
}

/** Time since which mails reach an address; null if they do not. */
export function reachedSince({ reached }: Control, address: string): Instant | null {
  return reached === undefined ? '' : (reached[address] ?? null);
}

export interface Pause {
  readonly from: Instant;
  readonly to: Instant | null;
  /** Why Solekey paused itself, in words. Absent if a person paused it: the ledger has their reason. */
  readonly reason?: string;
}

export const UNRESTRICTED: Control = { pauses: [], revoked: [] };

export function isPaused(control: Control): boolean {
  return control.pauses.at(-1)?.to === null;
}

/** End of the latest pause; null if there was none or it has not ended. */
export function resumedAt(control: Control): Instant | null {
  return control.pauses.at(-1)?.to ?? null;
}

/** Seconds of pause between `from` and `now`. They do not count as grace period. */
export function pausedSince(control: Control, from: Instant, now: Instant): Seconds {
  return control.pauses.reduce((sum, pause) => {
    const seconds = secondsBetween(latest(pause.from, from), pause.to ?? now);
    return sum + Math.max(0, seconds);
  }, 0);
}

/** True if an answer given at `at` is void, because the table was restored from a backup since then. */
export function isFromBackup({ answersFrom = '' }: Pick<Control, 'answersFrom'>, at: Instant): boolean {
  return at < answersFrom;
}

/** The approvers whose links are valid now. Not all of them are mailed every notice (core/case/recipients.ts). */
export function currentApprovers(policy: Pick<Policy, 'approvers'>, control: Control): Approver[] {
  return policy.approvers.filter((approver) => !control.revoked.includes(approver.id));
}

/**
 * The approvers who may decide about a case of this account now. Every current approver may: an account has one set of
 * them. Pages, adoption and the check before each change all ask here.
 */
export function deciders(
  policy: Policy,
  control: Control,
  _of: { readonly account: string },
): readonly Approver[] {
  return currentApprovers(policy, control);
}
