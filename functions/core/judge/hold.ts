import type { NoticeKind } from '../case.ts';
import { plus } from '../time.ts';
import { amended, owing } from './draft.ts';
import type { Draft, Seen } from './situation.ts';

/** A hold is told at once and reminded of. */
export function held(situation: Seen, now: Draft, before: Draft): Draft {
  const entered = now.case.phaseSince === situation.now && now.case.heldFor !== before.case.heldFor;
  if (!entered) return reminded(situation, now);
  return amended(owing(now, situation, 'held'), { toldAt: situation.now, remindedAt: situation.now });
}

/** Reminds of an open question, and tells the escalation list once, each at its due time. */
export function reminded(situation: Seen, draft: Draft, kind: NoticeKind = 'reminder'): Draft {
  const { policy, now } = situation;
  const { toldAt, remindedAt, escalatedAt } = draft.case;
  const escalate =
    policy.escalation.length > 0 &&
    escalatedAt === null &&
    toldAt !== null &&
    now >= plus(toldAt, policy.escalateAfter);
  if (escalate) return amended(owing(draft, situation, 'escalated', policy.escalation), { escalatedAt: now });
  if (remindedAt === null || now < plus(remindedAt, policy.remindEvery)) return draft;
  return amended(owing(draft, situation, kind), { remindedAt: now });
}
