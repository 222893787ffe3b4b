import type { Alarmed, Case } from '../case/case.ts';
import type { NotNowDecision } from '../case/decision.ts';
import { deletionMode, graceWait } from '../case/deletion.ts';
import { isUntold, warningDue } from '../case/exception.ts';
import { exposedKeys } from '../case/exposure.ts';
import { isForEverybody } from '../case/for-everybody.ts';
import { unexpectedCreators } from '../case/unexpected-creators.ts';
import { currentApprovers, type Policy } from '../model/policy.ts';
import { isOfPrivileged } from '../proposal/privileged.ts';
import { carryOn } from './carry-on.ts';
import { isVerified } from './deleting.ts';
import { type ToGo, toGo } from './deletion-confirmation.ts';
import { amended, inPhase, owing, voided } from './draft.ts';
import { usedAfterwards } from './inactive-use.ts';
import type { Draft, Seen, Step } from './situation.ts';

/**
 * Judgement 6: an exception leaves exactly the keys Active that it spares. Keys that this case deactivated carry on first, and
 * after that the case waits for the end of the exception. S15: an alarm about a spared key of which nobody knew ends it.
 */
export function spared(situation: Seen, draft: Draft): Step {
  const { decision } = draft.case;
  if (decision?.kind !== 'not-now') {
    return { go: 'on', draft };
  }
  const alarm = unheardAlarm(draft.case, situation.policy);
  if (alarm !== null) {
    return { go: 'on', draft: voided(draft, { code: 'exception-alarm', keyId: alarm }) };
  }
  const left = toGo(draft, decision);
  const used = left.find(([id, { deactivated }]) => usedAfterwards(draft.case, id, deactivated, decision));
  if (used !== undefined) {
    return { go: 'on', draft: voided(draft, { code: 'in-use', keyId: used[0] }) };
  }
  const told = warned(situation, draft, decision);
  return isAtRest(situation, draft, decision, left)
    ? { go: 'end', rule: 'exception', draft: inPhase(told.draft, 'exception', situation.now) }
    : carryOn(situation, told.draft, told.decision);
}

/** A key that is exposed, or has an unexpected creator, of which nobody was notified in this case; null if there is none. */
function unheardAlarm(current: Case, policy: Policy): string | null {
  const { alarmed, number } = current;
  const { creators, exposed = [] } = alarmed?.number === number ? alarmed : NOTHING_TOLD;
  const suspect = Object.keys(exposedKeys(current)).find((id) => !exposed.includes(id));
  const made = Object.entries(unexpectedCreators(current, policy)).find(([id, by]) => creators[id] !== by);
  return suspect ?? made?.[0] ?? null;
}

const NOTHING_TOLD: Pick<Alarmed, 'creators' | 'exposed'> = { creators: {} };

/** True if nothing of what this case deactivated is left to carry on. Keys that are never deleted rest after their grace period. */
function isAtRest(situation: Seen, draft: Draft, decision: NotNowDecision, left: ToGo): boolean {
  const { policy, control, now } = situation;
  const inside = draft.case.phase === 'exception';
  if (left.length === 0) {
    return inside || isVerified(situation, draft);
  }
  const isKept = deletionMode(decision, policy) === 'never';
  const isOver = left.every(([, progress]) => graceWait(progress, policy, control, now) === null);
  return isKept && (inside || isOver);
}

/**
 * The draft with a notice that the exception ends at its date, if one is due. It comes in a digest, and at once if everybody gets
 * it to check what one person decided.
 */
function warned(
  situation: Seen,
  draft: Draft,
  decision: NotNowDecision,
): { readonly draft: Draft; readonly decision: NotNowDecision } {
  const { policy, control, now } = situation;
  const due = warningDue(decision);
  if (due === null || now < due || currentApprovers(policy, control).length === 0) {
    return { draft, decision };
  }
  const pooled = isUntold(decision) ? 'new' : 'reminder';
  const urgent = isForEverybody('exception-ending', draft.case, isOfPrivileged(situation.besides ?? {}));
  const told = owing(draft, situation, 'exception-ending', urgent ? {} : { pooled });
  const noted = { ...decision, warnedAt: now };
  return { draft: amended(told, { decision: noted }), decision: noted };
}
