import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import * as advice from '../proposal/advice.ts';
import type { CaseState } from './case-state.ts';
import type { CaseView } from './case-view.ts';

/** True for the states with a choice between keys, including those in which Solekey may not change keys. */
const TO_CHOOSE: Readonly<Record<CaseState, boolean>> = {
  question: true,
  decided: false,
  restoring: false,
  confirm: false,
  grace: false,
  deleting: false,
  observing: true,
  excluded: true,
  held: false,
  waiting: false,
};

/** The advice shown on a page. */
export function adviceFor(
  { current, state, evidence }: CaseView,
  policy: Policy,
  now: Instant,
): advice.Advice {
  return TO_CHOOSE[state] ? advice.adviceFor(current, policy, now, evidence) : advice.NO_ADVICE;
}
