import { type Control, isPaused } from './policy.ts';
import type { Instant } from './time.ts';

/** The control item with a pause begun now; the same when Solekey is paused already. */
export function paused(control: Control, now: Instant): Control {
  return isPaused(control) ? control : { ...control, pauses: [...control.pauses, { from: now, to: null }] };
}

/** The control item with the running pause ended now; the same when there is none. */
export function resumed(control: Control, now: Instant): Control {
  if (!isPaused(control)) {
    return control;
  }
  return {
    ...control,
    pauses: control.pauses.map((pause) => (pause.to === null ? { ...pause, to: now } : pause)),
  };
}

/** The control item in which an approver's links decide nothing any more. */
export function revoked(control: Control, id: string): Control {
  return control.revoked.includes(id) ? control : { ...control, revoked: [...control.revoked, id] };
}

/** The control item in which an approver's links decide again. */
export function reinstated(control: Control, id: string): Control {
  return { ...control, revoked: control.revoked.filter((one) => one !== id) };
}
