import { type Case, keysOfOurs } from '../case/case.ts';
import { windowOpens } from '../case/change-window.ts';
import { decisionExpires, turnFrom } from '../case/dates.ts';
import { acknowledgesUse, type Decision, isToCarryOut, keptBy } from '../case/decision.ts';
import { isEnded } from '../case/exception.ts';
import { heldUpUntil, secondsHeldUp } from '../case/held-up.ts';
import { askOf, mayDecide } from '../case/requests.ts';
import { activeKeys } from '../model/compliance.ts';
import { knownUse, type ObservedKey } from '../model/observation.ts';
import { onlyObserves } from '../model/only.ts';
import { isFromBackup, isPaused } from '../model/policy.ts';
import { plus } from '../model/time.ts';
import { ANEW, amended, byRefusal, inPhase, justRefused, undecided, voided, withProgress } from './draft.ts';
import { type Dropped, dropped } from './drop.ts';
import { held, isRefusedForLong, isUnreadForLong, unreadUse } from './hold.ts';
import { ownAnswerBy } from './refusals.ts';
import type { Draft, Seen, Step } from './situation.ts';

/** Keys of a decision that must still be deactivated. */
function toDeactivate(current: Case, decision: Decision): string[] {
  return decision.deactivate.filter((id) => current.progress[id]?.deactivated === undefined);
}

/**
 * S5: the Active keys must be those shown, minus those this decision deactivated. A key whose deactivation was
 * claimed may be either. Any other set voids the whole decision.
 */
export function expectedSet(current: Case, decision: Decision, active: readonly string[]): boolean {
  const progress = (id: string) => current.progress[id] ?? {};
  const must = decision.shownActive.filter((id) => {
    const { deactivated, deactivating } = progress(id);
    return deactivated === undefined && deactivating === undefined;
  });
  const may = decision.shownActive.filter((id) => progress(id).deactivated === undefined);
  return must.every((id) => active.includes(id)) && active.every((id) => may.includes(id));
}

/** Judgement 4: anything that contradicts the decision voids all of it, and judgement continues without it. */
export function voidIfContradicted(situation: Seen, draft: Draft): Step {
  const { decision } = draft.case;
  if (decision === null) {
    return { go: 'on', draft };
  }
  if (isFromBackup(situation.control, decision.at)) {
    return { go: 'on', draft: withoutAnswerOf(draft, decision, 'from-backup', { fromBackup: true }) };
  }
  const active = activeKeys(draft.case.keys).map((key) => key.id);
  const kept = keptBy(decision);
  if (kept !== null && !active.includes(kept)) {
    return { go: 'on', draft: voided(draft, { code: 'kept-key-gone', keyId: kept }) };
  }
  // A key that seemed to be deleted when people decided, and is there after all, is no part of what they decided.
  const unshown = keysOfOurs(draft.case).some((id) => !decision.remove.includes(id));
  if (unshown || !expectedSet(draft.case, decision, active)) {
    return { go: 'on', draft: voided(draft, { code: 'keys-changed' }) };
  }
  const { policy, control, now } = situation;
  if (isEnded(decision, now)) {
    return { go: 'on', draft: voided(draft, { code: 'exception-ended' }) };
  }
  const unfinished = isToCarryOut(decision, active);
  if (unfinished && now > decisionExpires(decision, policy, control, now)) {
    return { go: 'on', draft: voided(draft, { code: 'decision-expired' }) };
  }
  if (decision.carriedOutAt !== null) {
    return { go: 'on', draft };
  }
  if (!mayDecide(policy, control, decision, draft.case)) {
    return { go: 'on', draft: voided(draft, { code: 'approver-removed', by: decision.by }) };
  }
  return { go: 'on', draft: withoutSelfApproval(situation, draft, decision) };
}

/**
 * The draft without a decision whose author turned out to have created a key that stays, before anything was carried out:
 * CloudTrail may tell that minutes after the answer. Its author is told, and everybody is asked again.
 */
function withoutSelfApproval(situation: Seen, draft: Draft, decision: Decision): Draft {
  const known = decision.selfApproved === true;
  if (known || ownAnswerBy(decision, draft.case, askOf(decision), situation) !== 'withheld') {
    return draft;
  }
  return withoutAnswerOf(draft, decision, 'own-key', { ownKey: true });
}

/** The draft without a decision that is not valid any more. Its author is told, and everybody is asked again. */
function withoutAnswerOf(
  draft: Draft,
  { digest, kind, by, address, at }: Decision,
  detail: string,
  more: Pick<Dropped, 'ownKey' | 'fromBackup'>,
): Draft {
  const event = { code: 'decision-void' as const, detail, by };
  const free = amended(undecided(draft), { askedAgain: null, ...ANEW }, event);
  return dropped(free, { digest, kind, by, address, at, ...more }, 'not-valid');
}

/** S6: the key was used since the decision or within the quiet period, and the decision does not acknowledge that. */
export function usedUnacknowledged(key: ObservedKey, decision: Decision, situation: Seen): boolean {
  const used = knownUse(key.lastUsed);
  if (acknowledgesUse(decision, key.id) || used === null) {
    return false;
  }
  const quietSince = plus(situation.now, -situation.policy.quietPeriod);
  return used > quietSince || used > decision.at;
}

/** Law 3, S6: true if the key waits because nobody knows if it was used, and the decision acknowledges no use of it. */
function isUnread({ id, lastUsed }: ObservedKey, decision: Decision): boolean {
  return lastUsed.kind === 'not-read' && !acknowledgesUse(decision, id);
}

/**
 * Judgement 6: more keys are Active than the decision leaves, which is about exactly these keys and valid. Claims the
 * deactivation of the next one.
 */
export function carryOut(situation: Seen, draft: Draft): Step {
  const { decision } = draft.case;
  if (decision === null || !isToCarryOut(decision, activeKeys(draft.case.keys))) {
    return { go: 'on', draft };
  }
  const idle = onlyObserves(situation.policy, draft.case) || isPaused(situation.control);
  const key = idle || justRefused(situation) ? undefined : nextTarget(draft.case, decision);
  const unread = key !== undefined && isUnread(key, decision);
  const noted = unread ? unreadUse(situation, draft, key.id) : draft;
  const approved = approvedOrHeld(situation, noted, decision);
  const opens = windowOpens(decision, situation.policy, situation.now);
  const waits = !idle && (situation.budgetSpent === true || opens !== null);
  const waiting: Step = {
    go: 'end',
    rule: 'carry-out',
    draft: heldUp(approved, decision, waits, situation),
    ...(opens === null || isUnderWay(draft.case, decision)
      ? {}
      : { waitsUntil: turnFrom(opens, decision, situation.policy) }),
  };
  if (key === undefined || situation.budgetSpent === true) {
    return waiting;
  }
  // A use since the decision is asked about at once, not when the window opens.
  if (usedUnacknowledged(key, decision, situation)) {
    return { go: 'on', draft: voided(draft, { code: 'in-use', keyId: key.id }) };
  }
  if (unread || opens !== null) {
    return waiting;
  }
  const progress = { ...approved.case.progress[key.id], deactivating: situation.now };
  const claimed = amended(
    withProgress(approved, key.id, progress, { code: 'deactivating', keyId: key.id, by: decision.by }),
    { decision: begun(decision, situation) },
  );
  return { go: 'end', rule: 'carry-out', draft: claimed, action: { kind: 'deactivate', keyId: key.id } };
}

/** True if a call to deactivate a key may have taken effect and is not seen yet. */
function isUnderWay({ progress }: Case, decision: Decision): boolean {
  return decision.deactivate.some((id) => progress[id]?.deactivating !== undefined);
}

/** The draft with the time for which the budget or the window makes the decision wait, which does not count against its validity. */
function heldUp(draft: Draft, decision: Decision, waits: boolean, { control, now }: Seen): Draft {
  const after = heldUpUntil(decision.heldUp, waits, control, now);
  return after === undefined ? draft : amended(draft, { decision: { ...decision, heldUp: after } });
}

/** The decision after a claim. Its validity counts from the first one. */
function begun({ heldUp, ...decision }: Decision, { now, control }: Seen): Decision {
  if (decision.carriedOutAt === null || heldUp === undefined) {
    return { ...decision, carriedOutAt: decision.carriedOutAt ?? now };
  }
  return { ...decision, heldUp: { since: null, seconds: secondsHeldUp(heldUp, control, now) } };
}

function approvedOrHeld(situation: Seen, draft: Draft, decision: Decision): Draft {
  const { now } = situation;
  const stuck = toDeactivate(draft.case, decision).some((id) =>
    isRefusedForLong(draft.case.progress[id] ?? {}, situation),
  );
  if (!stuck && !isUnreadForLong(draft, situation)) {
    return inPhase(draft, 'approved', now);
  }
  return held(situation, inPhase(draft, 'held', now, { heldFor: 'unknown' }), draft);
}

/** The key to deactivate next: one whose last use is unknown does not keep the others waiting. */
function nextTarget(current: Case, decision: Decision): ObservedKey | undefined {
  const { keys, progress } = current;
  const targets = toDeactivate(current, decision);
  return keys
    .filter((key) => targets.includes(key.id) && progress[key.id]?.deactivationAnswered === undefined)
    .sort(
      (a, b) =>
        Number(isUnread(a, decision)) - Number(isUnread(b, decision)) ||
        byRefusal(progress[a.id], progress[b.id]),
    )[0];
}
