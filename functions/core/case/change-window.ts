/** S8: the change window, as far as it binds the changes that a decision asks for. Restores are never asked about here. */
import type { Policy } from '../model/policy.ts';
import { type Instant, latest } from '../model/time.ts';
import { type ChangeWindow, isOpenAt, openingAt } from '../model/window.ts';
import { type Grounds, isCompromised } from './decision.ts';

/** The part of the settings that says when changes are made. */
type Windowed = Pick<Policy, 'changeWindow'>;

/**
 * The window for the deactivations and deletions of a decision; null if they wait for none. Keys that somebody else may have are
 * not left to them until it opens. Without a decision: that of an ordinary one.
 */
function windowFor(decision: Grounds | null, { changeWindow }: Windowed): ChangeWindow | null {
  return decision !== null && isCompromised(decision) ? null : changeWindow;
}

/** Earliest time at or after `at` at which the window permits a change that this decision asks for. */
export function changeFrom(at: Instant, decision: Grounds | null, policy: Windowed): Instant {
  const window = windowFor(decision, policy);
  return window === null ? at : latest(at, openingAt(at, window).from);
}

/** Time at which the window opens for a change that would otherwise be made now; null if it need not wait. */
export function windowOpens(decision: Grounds | null, policy: Windowed, now: Instant): Instant | null {
  const opens = changeFrom(now, decision, policy);
  return opens > now ? opens : null;
}

/** Time at which the window closes for a change that may be made now; null if it does not, or is closed. */
export function windowCloses(decision: Grounds | null, policy: Windowed, now: Instant): Instant | null {
  const window = windowFor(decision, policy);
  return window !== null && isOpenAt(now, window) ? openingAt(now, window).to : null;
}
