import { type Control, isPaused } from './policy.ts';
import type { Instant } from './time.ts';

/** The control item with a pause that begins now; unchanged if Solekey is already paused. */
export function paused(control: Control, now: Instant): Control {
  return isPaused(control) ? control : { ...control, pauses: [...control.pauses, { from: now, to: null }] };
}

/** The control item with the present pause ended now; unchanged if Solekey is not paused. */
export function resumed(control: Control, now: Instant): Control {
  if (!isPaused(control)) {
    return control;
  }
  return {
    ...control,
    pauses: control.pauses.map((pause) => (pause.to === null ? { ...pause, to: now } : pause)),
  };
}

/** The control item with an approver revoked: their links are not valid for decisions any more. */
export function revoked(control: Control, id: string): Control {
  return control.revoked.includes(id) ? control : { ...control, revoked: [...control.revoked, id] };
}

/** The control item with an approver reinstated: their links are valid for decisions again. */
export function reinstated(control: Control, id: string): Control {
  return { ...control, revoked: control.revoked.filter((one) => one !== id) };
}
