import { matchesRule, type NamedUser } from './exclusion.ts';
import type { AccountMode, Mode, Policy } from './policy.ts';

/** A user as recorded: `outside` is true if the setting `only` leaves them out. Absent if it was never set. */
export interface Scoped {
  readonly outside?: boolean;
}

/** The mode for one user of the account. Somebody who was not seen since `only` was set counts as one of its users. */
export function modeOf({ mode }: Pick<Policy, 'mode'>, { outside }: Scoped): Mode {
  return isForAll(mode) ? mode : outside === true ? 'observe' : 'enforce';
}

/** True if no key of this user is ever changed, whatever people request: in observe mode, or outside `only`. */
export function onlyObserves(policy: Pick<Policy, 'mode'>, user: Scoped): boolean {
  return isObserved(modeOf(policy, user));
}

const CHANGES_KEYS = { enforce: true, observe: false } as const satisfies Record<Mode, boolean>;

/** True if no key is changed in this mode. */
export function isObserved(mode: Mode): boolean {
  return !CHANGES_KEYS[mode];
}

/** True if only this user is observed, while keys of others in the account are changed. */
export function isOutside({ mode }: Pick<Policy, 'mode'>, { outside }: Scoped): boolean {
  return !isForAll(mode) && outside === true;
}

/**
 * If `only` leaves out the user of a reading, to be recorded with it. While the whole account is observed, what was
 * recorded before stays, so that this alone asks nobody anew.
 */
export function scopeOf(before: Scoped | null, user: NamedUser, { mode }: Pick<Policy, 'mode'>): Scoped {
  if (!isForAll(mode)) {
    return { outside: !matchesRule(user, mode.only) };
  }
  const was = before?.outside;
  return was === undefined ? {} : { outside: was && isObserved(mode) };
}

/** True if nobody's keys are changed in the account. */
export function isWhollyObserved({ mode }: Pick<Policy, 'mode'>): boolean {
  return isForAll(mode) && isObserved(mode);
}

function isForAll(mode: AccountMode): mode is Mode {
  return typeof mode === 'string';
}
