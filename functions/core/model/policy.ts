import { type Instant, latest, type Seconds, secondsBetween } from './time.ts';

/** A person who may decide. `id` is what we record; the link goes to `email` (lower case). */
export interface Approver {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** What happens to a key that was switched off: deleted after the grace period, only after a person confirms, or never. */
export type Deletion = 'after-grace' | 'on-confirmation' | 'never';

/** Who is never changed: users with this tag, or whose name or path/name matches a glob (`*` any run of characters, `?` one). */
export interface ExclusionRule {
  readonly tag: { readonly key: string; readonly value: string } | null;
  readonly users: readonly string[];
}

/** Whether Solekey changes keys, or only looks and proposes. */
export type Mode = 'enforce' | 'observe';

const CHANGES_KEYS = { enforce: true, observe: false } as const satisfies Record<Mode, boolean>;

/** Whether no key is ever changed in this mode, whatever people ask for. */
export function onlyObserves({ mode }: Pick<Policy, 'mode'>): boolean {
  return !CHANGES_KEYS[mode];
}

/** The settings as the core needs them: durations in seconds. See docs/settings.md for each one's meaning and default. */
export interface Policy {
  readonly accountName: string;
  readonly mode: Mode;
  readonly approvers: readonly Approver[];
  /** Ids of approvers that are told when nobody decided for `escalateAfter`; empty: nobody is. */
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
  readonly deletion: Deletion;
  readonly exclude: ExclusionRule;
  /** At most this many changes of keys per account and clock hour (S8). */
  readonly changesPerHour: number;
  /** Globs of principals that are expected to make keys for others. */
  readonly trustedCreators: readonly string[];
  /** Whether an excluded user with several Active keys is COMPLIANT in AWS Config. */
  readonly exclusionsCountAsCompliant: boolean;
  /** The view in AWS Config; null: there is none. */
  readonly config: ConfigView | null;
}

/** How often Solekey asks AWS Config to run its rule, beside the rule's own schedule. */
export interface ConfigView {
  /** At least this long between two runs asked for. */
  readonly refreshEvery: Seconds;
  /** Runs asked for in one day (UTC), at most. */
  readonly maxRunsPerDay: number;
}

/** The mutable part of the settings, read in every pass and request. */
export interface Control {
  /** Pauses in order; the last has no end while Solekey is paused. Nothing is deactivated or deleted then (restores still work). */
  readonly pauses: readonly Pause[];
  /** Ids of approvers whose links no longer decide. */
  readonly revoked: readonly string[];
}

export interface Pause {
  readonly from: Instant;
  readonly to: Instant | null;
}

export const UNRESTRICTED: Control = { pauses: [], revoked: [] };

export function isPaused(control: Control): boolean {
  return control.pauses.at(-1)?.to === null;
}

/** When the last pause ended; null when there was none or it lasts. */
export function resumedAt(control: Control): Instant | null {
  return control.pauses.at(-1)?.to ?? null;
}

/** Seconds paused since `from`, up to `now`: time paused is not grace. */
export function pausedSince(control: Control, from: Instant, now: Instant): Seconds {
  return control.pauses.reduce((sum, pause) => {
    const seconds = secondsBetween(latest(pause.from, from), pause.to ?? now);
    return sum + Math.max(0, seconds);
  }, 0);
}

/** The approvers whose decisions count now. */
export function currentApprovers(policy: Policy, control: Control): Approver[] {
  return policy.approvers.filter((approver) => !control.revoked.includes(approver.id));
}
