import { type Control, isPaused, type Policy, resumedAt } from './policy.ts';
import { HOUR, type Instant, latest, plus, type Seconds } from './time.ts';

/**
 * Signs that something is wrong with more than one user. `refused`: IAM began to answer a change of a key with errors ·
 * `restore`: an approver asked for a key back. They are stored, so none ever gets another meaning.
 */
export type SetbackKind = 'refused' | 'restore';

/** One setback of a user. */
export interface Setback {
  readonly at: Instant;
  readonly kind: SetbackKind;
  readonly userId: string;
}

/**
 * How long a setback counts. The hour is a rolling one: one that begins at the full hour would see half of what happens
 * around it.
 */
export const SETBACK_LASTS: Seconds = HOUR;

/**
 * Restores asked for this many users pause the account. Each is an outage that somebody noticed. One is a mistake about
 * one user; five within an hour say that decisions here are wrong, however many changes the settings allow.
 */
export const RESTORES_TO_PAUSE = 5;

/** Refusals for this many users pause the account, or for more where more changes an hour are allowed. */
const LEAST_REFUSALS = 5;

/**
 * The share of `changesPerHour` that may be refused before Solekey pauses: a quarter, which is five of the default 20. An
 * account that allows more also meets more users whom a policy protects one by one.
 */
const SHARE_REFUSED = 1 / 4;

/** Number of users for whom IAM must refuse changes within an hour, for Solekey to pause itself. */
export function refusalsToPause({ changesPerHour }: Pick<Policy, 'changesPerHour'>): number {
  return Math.max(LEAST_REFUSALS, Math.ceil(changesPerHour * SHARE_REFUSED));
}

/** Why Solekey pauses itself: setbacks of this kind, of so many users. */
export interface PauseCause {
  readonly kind: SetbackKind;
  readonly users: number;
}

/**
 * The cause to pause the account now; null if there is none, or it is paused already. Users are counted and not setbacks,
 * because one user whom IAM refuses is tried again and again, and has a hold of their own. Setbacks from before the last
 * resume were known to whoever resumed, so they are left out.
 */
export function causeToPause(
  setbacks: readonly Setback[],
  control: Control,
  policy: Pick<Policy, 'changesPerHour'>,
  now: Instant,
): PauseCause | null {
  if (isPaused(control)) {
    return null;
  }
  const since = latest(plus(now, -SETBACK_LASTS), resumedAt(control));
  const recent = setbacks.filter(({ at }) => at > since);
  const usersWith = (kind: SetbackKind) =>
    new Set(recent.flatMap((one) => (one.kind === kind ? [one.userId] : []))).size;
  const limits = {
    restore: RESTORES_TO_PAUSE,
    refused: refusalsToPause(policy),
  } as const satisfies Record<SetbackKind, number>;
  // Restores first: outages say more about what is wrong than refusals do.
  for (const kind of Object.keys(limits) as SetbackKind[]) {
    const users = usersWith(kind);
    if (users >= limits[kind]) {
      return { kind, users };
    }
  }
  return null;
}
