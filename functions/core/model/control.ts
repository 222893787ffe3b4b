import { type Control, isPaused, type Pause } from './policy.ts';
import type { Instant } from './time.ts';

/**
 * The control item with a pause that begins now; unchanged if Solekey is already paused. `reason`: why Solekey pauses
 * itself; none if a person does.
 */
export function paused(control: Control, now: Instant, reason?: string): Control {
  const pause = { from: now, to: null, ...(reason === undefined ? {} : { reason }) };
  return isPaused(control) ? control : { ...control, pauses: [...control.pauses, pause] };
}

/** The control item after the table was restored from a backup: paused, and answers from before now are void. */
export function restored(control: Control, now: Instant): Control {
  return { ...paused(control, now), answersFrom: now };
}

/** The control item when Solekey is wound down: paused, and without an approver who could be asked. */
export function windingDown(control: Control, approvers: readonly string[], now: Instant): Control {
  return approvers.reduce(revoked, paused(control, now));
}

/** A pause that Solekey began itself. */
export type SelfPause = Pick<Required<Pause>, 'from' | 'reason'>;

/** The present pause if Solekey began it itself; null if a person did, or there is none. */
export function selfPause({ pauses }: Control): SelfPause | null {
  const last = pauses.at(-1);
  return last?.to === null && last.reason !== undefined ? { from: last.from, reason: last.reason } : null;
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
