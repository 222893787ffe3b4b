import type { Case } from '../case/case.ts';
import {
  type Decision,
  isCompromised,
  type KeepDecision,
  keptKeys,
  type NoneDecision,
  type NotNowDecision,
} from '../case/decision.ts';
import type { HistoryEvent } from '../case/history.ts';
import type { Choosing } from '../case/requests.ts';

/** The choice that an answer makes, as the decision has it. */
export function choiceOf(
  ask: Choosing,
):
  | Pick<KeepDecision, 'kind' | 'keep'>
  | Pick<NoneDecision, 'kind'>
  | Pick<NotNowDecision, 'kind' | 'spare' | 'until'> {
  switch (ask.kind) {
    case 'keep':
      return { kind: 'keep', keep: ask.keep };
    case 'none':
      return { kind: 'none' };
    case 'not-now':
      return { kind: 'not-now', spare: ask.spare, until: ask.until };
  }
}

/** The event of the history for a decision. */
export function decidedEvent(decision: Decision): HistoryEvent {
  const { by } = decision;
  switch (decision.kind) {
    case 'keep':
      return { code: 'decided', by, keyId: decision.keep };
    case 'none':
      return { code: 'none-decided', by };
    case 'not-now':
      return { code: 'exception-granted', by, detail: decision.until };
  }
}

/**
 * The keys called compromised that still exist, with those of this decision if that is its reason, without the one it
 * keeps; nothing if there never were any.
 */
export function compromisedBy({ compromised, keys }: Case, decision: Decision): Pick<Case, 'compromised'> {
  const called = [...(compromised ?? []), ...(isCompromised(decision) ? decision.remove : [])];
  const kept = keptKeys(decision);
  const there = keys.map(({ id }) => id).filter((id) => !kept.includes(id) && called.includes(id));
  return compromised === undefined && there.length === 0 ? {} : { compromised: there };
}
