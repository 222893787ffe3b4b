/** The reason for which a decision is not carried out yet, and until when. */
import * as z from 'zod';
import { clockTime } from '../../functions/contracts/clock-time.ts';
import { durationSeconds } from '../../functions/contracts/duration.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { windowOpens } from '../../functions/core/case/change-window.ts';
import { decisionExpires } from '../../functions/core/case/dates.ts';
import type { Decision } from '../../functions/core/case/decision.ts';
import { type Control, isPaused } from '../../functions/core/model/policy.ts';
import { hourAfter, type Instant, type Seconds } from '../../functions/core/model/time.ts';
import { type ChangeWindow, WEEKDAYS } from '../../functions/core/model/window.ts';
import type { Deployed } from './world.ts';

/** The settings of the deployed stack on which the waiting of decisions depends. */
export interface DecisionTerms {
  readonly decisionValid: Seconds;
  readonly changesPerHour: number;
  /** Null if keys are changed at any time. */
  readonly changeWindow: ChangeWindow | null;
}

const termsSchema = z.object({
  decisionValid: z.string(),
  changesPerHour: z.int(),
  changeWindow: z.object({ days: z.array(z.enum(WEEKDAYS)), from: z.string(), to: z.string() }).nullable(),
  zone: z.string(),
});

/** The terms in the stack's output; null for a stack that a release before 0.9.0 deployed. */
export function decisionTerms({ outputs }: Pick<Deployed, 'outputs'>): DecisionTerms | null {
  const { DecisionTerms: written } = outputs;
  if (written === undefined) {
    return null;
  }
  const { decisionValid, changesPerHour, changeWindow, zone } = termsSchema.parse(JSON.parse(written));
  return {
    decisionValid: durationSeconds(decisionValid),
    changesPerHour,
    changeWindow:
      changeWindow === null
        ? null
        : {
            days: changeWindow.days,
            from: clockTime(changeWindow.from),
            to: clockTime(changeWindow.to),
            zone,
          },
  };
}

/**
 * The reasons for which a decision waits. `paused`: until somebody resumes · `on-hold`: IAM cannot be read or refuses the change ·
 * `change-window`: it is closed · `hourly-limit`: this hour's changes are used up · `none`: it does not wait, and the next evaluation goes on.
 */
export const WAITS = ['paused', 'on-hold', 'change-window', 'hourly-limit', 'none'] as const;

/** One of {@link WAITS}. */
export type WaitsFor = (typeof WAITS)[number];

/** The reason with the end of the wait; null if a person or IAM ends it. */
type Wait =
  | { readonly waits: Exclude<WaitsFor, 'hourly-limit' | 'change-window'>; readonly waitsUntil: null }
  | { readonly waits: 'hourly-limit' | 'change-window'; readonly waitsUntil: Instant };

/** A decision that is not carried out yet. */
export type Pending = Wait & {
  readonly current: Case;
  readonly decision: Decision;
  /** The keys that are still to be deactivated, in the order shown to whoever decided. */
  readonly keys: readonly string[];
  /** Last moment at which it can be carried out, as far as known now; null if the settings are not known. */
  readonly validUntil: Instant | null;
};

/** The decision of a case with keys that are still to be deactivated; null if there is none. */
export function pendingDecision(
  current: Case,
  terms: DecisionTerms | null,
  control: Control,
  now: Instant,
): Pending | null {
  const { decision } = current;
  const keys = decision === null ? [] : stillActive(current, decision);
  if (decision === null || keys.length === 0) {
    return null;
  }
  const validUntil = terms === null ? null : decisionExpires(decision, terms, control, now);
  return { current, decision, keys, validUntil, ...waitOf(current, decision, terms, control, now) };
}

/** Success is seen, never assumed: a key counts as deactivated once it was observed as such. */
function stillActive({ keys }: Case, { deactivate }: Decision): string[] {
  return deactivate.filter((id) => keys.some((key) => key.id === id && key.status === 'Active'));
}

function waitOf(
  { phase }: Case,
  decision: Decision,
  terms: DecisionTerms | null,
  control: Control,
  now: Instant,
): Wait {
  const { heldUp } = decision;
  if (isPaused(control)) {
    return { waits: 'paused', waitsUntil: null };
  }
  if (phase === 'held') {
    return { waits: 'on-hold', waitsUntil: null };
  }
  const opens = terms === null ? null : windowOpens(decision, terms, now);
  if (opens !== null) {
    return { waits: 'change-window', waitsUntil: opens };
  }
  return heldUp === undefined || heldUp.since === null
    ? { waits: 'none', waitsUntil: null }
    : { waits: 'hourly-limit', waitsUntil: hourAfter(now) };
}
