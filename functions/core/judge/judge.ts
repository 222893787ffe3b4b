import type { Case, NoticeKind, OwedNotice, Phase } from '../case/case.ts';
import { isOpen, keysOfOurs, MACHINES } from '../case/case.ts';
import { withReasonGiven } from '../case/dropped.ts';
import { sameKeys } from '../case/facts.ts';
import { offersRestore, owesMail } from '../case/notices.ts';
import { mayDecide } from '../case/requests.ts';
import { sameValue } from '../model/digest.ts';
import { earliest, plus } from '../model/time.ts';
import { recipientsIn } from './draft.ts';
import { dueAt } from './due.ts';
import { believedFrom } from './lag.ts';
import { FIRST, LAST, ORDER } from './order.ts';
import { opened, recorded } from './recorded.ts';
import type { Ending, Judgement, Seen, Situation } from './situation.ts';

const NOTHING: Omit<Judgement, 'rule'> = { next: null, events: [], action: null, dueAt: null, again: false };

/** The judgement of one user in this situation: what to record, change and send. Every situation has exactly one. */
export function judge(situation: Situation): Judgement {
  for (const { rule } of FIRST) {
    const early = rule(situation);
    if (early?.go === 'none') {
      return { ...NOTHING, rule: early.rule, dueAt: early.dueAt };
    }
    if (early !== null) {
      return conclusion(situation, early);
    }
  }
  // Every user who was not observed has been dealt with above.
  const seen = situation as Seen;
  let draft = isOpen(seen.current) ? recorded(seen, seen.current) : opened(seen);
  for (const { rule } of ORDER) {
    const step = rule(seen, draft);
    if (step.go === 'end') {
      return conclusion(situation, step);
    }
    draft = step.draft;
  }
  return conclusion(situation, LAST.rule(seen, draft));
}

function conclusion(situation: Situation, step: Ending): Judgement {
  const { current, policy, control, now, pass } = situation;
  const owed = step.draft.case.owed.filter((notice) => stillApplies(notice, step.draft.case, situation));
  const action = step.action ?? null;
  // Whoever may not decide any more is not told.
  const dropped = withReasonGiven(
    step.draft.case,
    (one) => !mayDecide(policy, control, one, step.draft.case),
  );
  const noted = dropped.length > 0 ? { ...step.draft.case, owed, dropped } : { ...step.draft.case, owed };
  const lease =
    action !== null || owesMail(noted) ? { until: plus(now, situation.leaseFor), by: pass } : null;
  const judged: Case = { ...noted, lease };
  const changed = current === null || !sameForPeople(current, judged) || step.draft.events.length > 0;
  const next = changed ? { ...judged, version: judged.version + 1 } : null;
  const judgedDue = dueAt(judged, policy, control, now, step.waitsUntil);
  const lookAt = judgedDue === null ? null : earliest(judgedDue, believedFrom(situation));
  return {
    rule: step.rule,
    next,
    events: step.draft.events,
    action,
    dueAt: lookAt,
    again: step.again ?? false,
  };
}

/** True if two versions differ only in last uses according to IAM, which are no reason to write. */
function sameForPeople(a: Case, b: Case): boolean {
  const { keysSeenAt: _seen, keys, ...rest } = a;
  return (
    sameKeys(keys, b.keys) &&
    Object.entries(rest).every(([field, value]) => sameValue(value, b[field as keyof Case]))
  );
}

const STILL_APPLIES: Record<NoticeKind, readonly Phase[]> = {
  detected: ['awaiting-decision'],
  rotation: ['rotating'],
  reminder: ['awaiting-decision', 'held'],
  escalated: ['awaiting-decision', 'awaiting-confirmation', 'held'],
  'asked-again': ['awaiting-decision', 'rotating'],
  restored: ['awaiting-decision', 'rotating'],
  deactivated: ['grace', 'deleting'],
  // A pause makes an announcement invalid, also while a confirmation is awaited.
  'deletion-announced': ['grace', 'awaiting-confirmation', 'deleting'],
  'confirm-deletion': ['awaiting-confirmation'],
  held: ['held'],
  // Keys of an exception may be on hold, and the exception goes on.
  'exception-ending': ['exception', 'grace', 'awaiting-confirmation', 'deleting', 'held'],
  closed: ['closed'],
};

/** True for a request to confirm a deletion that is already confirmed or not decided any more. */
function isAnswered({ kind }: OwedNotice, { phase, decision }: Case): boolean {
  const asks = phase === 'awaiting-confirmation' && (kind === 'confirm-deletion' || kind === 'escalated');
  return asks && decision?.confirmed !== null;
}

/** True if a notice is still to be sent: it is not outdated, and its recipient may still decide, and gets such notices. */
function stillApplies(notice: OwedNotice, current: Case, situation: Situation): boolean {
  const reachable =
    notice.recipient === MACHINES ||
    recipientsIn(situation, notice.kind, current).some(({ id }) => id === notice.recipient);
  const pointless = offersRestore(notice.kind) && keysOfOurs(current).length === 0;
  // Nothing seems to be left to ask. If a second observation shows otherwise, people are asked again.
  const settled = current.compliantSince !== null && notice.kind !== 'held';
  const apt = STILL_APPLIES[notice.kind].includes(current.phase) && !isAnswered(notice, current);
  return reachable && apt && !pointless && !settled;
}
