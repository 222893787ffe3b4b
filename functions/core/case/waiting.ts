import { activeKeys } from '../model/compliance.ts';
import { onlyObserves } from '../model/only.ts';
import { type Control, isPaused, type Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import type { Case } from './case.ts';
import { windowOpens } from './change-window.ts';
import { isToCarryOut } from './decision.ts';
import { allDue, mayDelete } from './deletion.ts';

/**
 * Time at which the change window opens for which the next change of a case waits; null if none does: nothing is decided or due, the
 * window is open, or something else stops it anyway.
 */
export function waitsForWindow(
  current: Case,
  policy: Policy,
  control: Control,
  now: Instant,
): Instant | null {
  const { decision, excluded, keys } = current;
  if (decision === null || excluded || onlyObserves(policy, current) || isPaused(control)) {
    return null;
  }
  const due = allDue(current, decision, policy, control, now);
  const isDue = due !== '' && due <= now && mayDelete(decision, policy);
  return isToCarryOut(decision, activeKeys(keys)) || isDue ? windowOpens(decision, policy, now) : null;
}
