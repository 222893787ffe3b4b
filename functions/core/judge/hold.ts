import type { Case, NoticeKind } from '../case/case.ts';
import { escalationDue, reminderDue } from '../case/dates.ts';
import type { KeyProgress } from '../case/progress.ts';
import { onlyObserves } from '../model/only.ts';
import { DAY, plus } from '../model/time.ts';
import { ANEW, amended, owing, telling } from './draft.ts';
import type { Draft, Situation } from './situation.ts';

/** After IAM has refused a change for this long, people are notified. Solekey keeps trying. */
const REFUSED_FOR = DAY;

export function isRefusedForLong({ refusedSince }: KeyProgress, { now }: Situation): boolean {
  return refusedSince !== undefined && now >= plus(refusedSince, REFUSED_FOR);
}

/** After a change has waited for this long for a last use that cannot be read, people are notified. */
const UNREAD_FOR = DAY;

/** The draft of a case in which a change of this key waits because its last use could not be read, and since when. */
export function unreadUse({ current, now }: Situation, draft: Draft, keyId: string): Draft {
  const since = current?.unknownSince ?? null;
  return since === null
    ? amended(draft, { unknownSince: now }, { code: 'unknown', detail: 'last-use', keyId })
    : amended(draft, { unknownSince: since });
}

/** True if a change has waited long for a last use that could not be read. */
export function isUnreadForLong({ case: { unknownSince } }: Draft, { now }: Situation): boolean {
  return unknownSince !== null && now >= plus(unknownSince, UNREAD_FOR);
}

/** The draft with the notices of a hold: immediately when it begins, then reminders. */
export function held(situation: Situation, now: Draft, before: Draft): Draft {
  const entered = now.case.phaseSince === situation.now && now.case.heldFor !== before.case.heldFor;
  if (!entered && now.case.toldAt !== null) {
    return reminded(situation, now);
  }
  return telling(wasOnlyHeld(before.case) ? amended(now, ANEW) : now, situation, 'held');
}

/**
 * The draft of a case that leaves a hold for a question. People who were notified only of the hold have not been
 * asked yet, so they are asked now. A question from before the hold continues.
 */
export function questionAfterHold(draft: Draft): Draft {
  return wasOnlyHeld(draft.case) ? amended(draft, ANEW) : draft;
}

function wasOnlyHeld({ phase, toldAt, phaseSince }: Case): boolean {
  return phase === 'held' && toldAt !== null && toldAt >= phaseSince;
}

/**
 * The draft with a reminder of an open question, which comes in a digest, or the one notice to the escalation list, if
 * either is due.
 */
export function reminded(situation: Situation, draft: Draft, kind: NoticeKind = 'reminder'): Draft {
  const { policy, control, now } = situation;
  const escalation = escalationDue(draft.case, policy, control);
  if (escalation !== null && now >= escalation) {
    return amended(owing(draft, situation, 'escalated', { to: policy.escalation }), { escalatedAt: now });
  }
  const reminder = reminderDue(draft.case, policy);
  if (reminder === null || now < reminder) {
    return draft;
  }
  return telling(draft, situation, kind, onlyObserves(policy, draft.case) ? 'weekly' : 'reminder');
}
