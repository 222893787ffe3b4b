import type { Case, KeyProgress, NoticeKind } from '../case/case.ts';
import { escalationDue, reminderDue } from '../case/dates.ts';
import { DAY, plus } from '../model/time.ts';
import { ANEW, amended, owing, telling } from './draft.ts';
import type { Draft, Situation } from './situation.ts';

/** IAM refusing a change for this long is something that a person must know; we go on trying. */
const REFUSED_FOR = DAY;

export function isRefusedForLong({ refusedSince }: KeyProgress, { now }: Situation): boolean {
  return refusedSince !== undefined && now >= plus(refusedSince, REFUSED_FOR);
}

/** A hold is told at once and reminded of. */
export function held(situation: Situation, now: Draft, before: Draft): Draft {
  const entered = now.case.phaseSince === situation.now && now.case.heldFor !== before.case.heldFor;
  if (!entered && now.case.toldAt !== null) {
    return reminded(situation, now);
  }
  return telling(wasOnlyHeld(before.case) ? amended(now, ANEW) : now, situation, 'held');
}

/**
 * The draft as it leaves a hold for a question. Whoever was only told of the hold was never asked, so they are now; a
 * question that was put before the hold goes on.
 */
export function questionAfterHold(draft: Draft): Draft {
  return wasOnlyHeld(draft.case) ? amended(draft, ANEW) : draft;
}

function wasOnlyHeld({ phase, toldAt, phaseSince }: Case): boolean {
  return phase === 'held' && toldAt !== null && toldAt >= phaseSince;
}

/** Reminds of an open question, and tells the escalation list once, each at its due time. */
export function reminded(situation: Situation, draft: Draft, kind: NoticeKind = 'reminder'): Draft {
  const { policy, control, now } = situation;
  const escalation = escalationDue(draft.case, policy, control);
  if (escalation !== null && now >= escalation) {
    return amended(owing(draft, situation, 'escalated', policy.escalation), { escalatedAt: now });
  }
  const reminder = reminderDue(draft.case, policy);
  if (reminder === null || now < reminder) {
    return draft;
  }
  return telling(draft, situation, kind);
}
