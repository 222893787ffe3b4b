import type { Case } from '../case/case.ts';
import { allDue, deletionMode, undoDate } from '../case/deletion.ts';
import type { Control, Policy } from '../model/policy.ts';
import { type Instant, latest } from '../model/time.ts';
import type { CaseState } from './case-state.ts';
import { type Days, daysFor } from './days.ts';

/** The things that a page may leave as they are until a date. */
export interface Later {
  /** The days until which Active keys can be left; null if the page does not ask, or there is nothing to leave. */
  readonly exception: Days | null;
  /** The deactivated keys whose deletion can be put off, all or none, and until when; null if none can. */
  readonly deletion: { readonly keys: readonly string[]; readonly days: Days } | null;
  /** True of keys to leave Active if another approver must do so, because the visitor gave the exception that this would renew. */
  readonly byAnother: (spare: readonly string[]) => boolean;
}

/** The least number of keys that an exception leaves Active: an answer that leaves one keeps it. */
export const LEAST_SPARED = 2;

/** For each state of a page, true if somebody may put a deletion off there. */
const PUTS_OFF: Readonly<Record<CaseState, boolean>> = {
  question: true,
  decided: false,
  restoring: false,
  confirm: true,
  grace: true,
  deleting: false,
  observing: false,
  excluded: false,
  held: false,
  waiting: false,
};

/** The data from which that follows. */
interface LookedAt {
  readonly now: Instant;
  readonly policy: Policy;
  readonly control: Control;
  readonly byAnother?: Later['byAnother'];
}

/** The part of a page's view that says what may be left until a date. `back`: the keys that can be restored there. */
export function laterFor(
  current: Case,
  state: CaseState,
  found: { readonly active: number; readonly pending: readonly string[]; readonly back: readonly string[] },
  { now, policy, control, byAnother = () => false }: LookedAt,
): Later {
  const asks = state === 'question' && found.active >= LEAST_SPARED;
  return {
    exception: asks ? daysFor(now, now, policy) : null,
    deletion: puttingOff(current, state, found, { now, policy, control }),
    byAnother,
  };
}

/** The keys whose deletion can be put off, all or none, and until when; null if none can. */
function puttingOff(
  current: Case,
  state: CaseState,
  { pending, back }: { readonly pending: readonly string[]; readonly back: readonly string[] },
  { now, policy, control }: LookedAt,
): Later['deletion'] {
  const { decision } = current;
  const keys = decision === null ? [] : pending.filter((id) => decision.remove.includes(id));
  const isOpen = PUTS_OFF[state] && keys.length > 0 && keys.every((id) => back.includes(id));
  if (decision === null || !isOpen || deletionMode(decision, policy) === 'never') {
    return null;
  }
  const due = latest(
    allDue(current, decision, policy, control, now),
    undoDate(current, policy, control, now),
  );
  const days = daysFor(now, due, policy);
  return days === null ? null : { keys, days };
}
