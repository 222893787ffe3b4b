import {
  type Alarmed,
  type AskedAgain,
  type Case,
  type ClosedAs,
  type HeldReason,
  MACHINES,
  type NoticeKind,
  type OwedNotice,
  type Phase,
  type Pool,
} from '../case/case.ts';
import { exposedKeys } from '../case/exposure.ts';
import type { HistoryEvent } from '../case/history.ts';
import { isQuestion } from '../case/notices.ts';
import type { KeyProgress } from '../case/progress.ts';
import { withoutRoad } from '../case/progress.ts';
import { recipientsOf } from '../case/recipients.ts';
import { isSuspicious, unexpectedCreators } from '../case/unexpected-creators.ts';
import { type Approver, currentApprovers, type Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { isOfPrivileged } from '../proposal/privileged.ts';
import type { Draft, Situation } from './situation.ts';

/** The draft with some fields of the case changed and with further events. */
export function amended(draft: Draft, changes: Partial<Case>, ...events: HistoryEvent[]): Draft {
  return { case: { ...draft.case, ...changes }, events: [...draft.events, ...events] };
}

/** The draft in a phase. Entering a new phase records the time. */
export function inPhase(
  draft: Draft,
  phase: Phase,
  now: Instant,
  why: { readonly heldFor?: HeldReason; readonly closedAs?: ClosedAs } = {},
): Draft {
  const heldFor = why.heldFor ?? null;
  const closedAs = why.closedAs ?? null;
  const { case: current } = draft;
  if (current.phase === phase && current.heldFor === heldFor) {
    return draft;
  }
  const detail = heldFor ?? closedAs;
  return amended(
    draft,
    { phase, phaseSince: now, heldFor, closedAs },
    { code: phase, ...(detail === null ? {} : { detail }) },
  );
}

/**
 * The draft with a notice of this kind to everybody concerned, the copy for machines first. `to`: only these of them. `pooled`: people get it in a digest. Without any approver
 * nothing is added, because a notice that only machines receive would make people count as notified.
 */
export function owing(
  draft: Draft,
  situation: Situation,
  kind: NoticeKind,
  { to, pooled }: { readonly to?: readonly string[]; readonly pooled?: Pool } = {},
): Draft {
  const people = recipientsIn(situation, kind, draft.case).map((approver) => approver.id);
  if (people.length === 0) {
    return draft;
  }
  const recipients = [MACHINES, ...people.filter((id) => to === undefined || to.includes(id))];
  const fresh = recipients.map((recipient): OwedNotice => {
    const waits = recipient === MACHINES || pooled === undefined ? {} : { pooled };
    return { kind, recipient, since: situation.now, ...waits };
  });
  const others = draft.case.owed.filter((notice) => notice.kind !== kind);
  return amended(draft, { owed: [...others, ...fresh] });
}

/** The approvers who may get a notice of this kind about the case as it is now. */
export function recipientsIn(
  { policy, control, besides = {} }: Situation,
  kind: NoticeKind,
  current: Case,
): readonly Approver[] {
  return recipientsOf(kind, current, policy, control, isOfPrivileged(besides));
}

/** The state of a question about which nobody has been notified. */
export const ANEW = { toldAt: null, escalatedAt: null } as const;

/**
 * The draft with a notice that asks the present question or reminds of it, and the time of that. `pooled`: it waits for a
 * digest.
 */
export function telling(draft: Draft, situation: Situation, kind: NoticeKind, pooled?: Pool): Draft {
  if (currentApprovers(situation.policy, situation.control).length === 0) {
    return draft;
  }
  const { now, policy } = situation;
  const told = { toldAt: draft.case.toldAt ?? now, remindedAt: now };
  const owed = amended(owing(draft, situation, kind, pooled === undefined ? {} : { pooled }), told);
  return isQuestion(kind, draft.case) && isSuspicious(draft.case, policy)
    ? amended(owed, { alarmed: alarmedOf(draft.case, policy) })
    : owed;
}

/** Everything alarming of which people were notified in this case, with what the present question tells. */
function alarmedOf(current: Case, policy: Policy): Alarmed {
  const { alarmed, number } = current;
  const before = alarmed?.number === number ? alarmed : { creators: {}, exposed: [] };
  const exposed = [...new Set([...(before.exposed ?? []), ...Object.keys(exposedKeys(current))])];
  return {
    ...alarmed,
    number,
    creators: { ...before.creators, ...unexpectedCreators(current, policy) },
    ...(exposed.length === 0 && alarmed?.exposed === undefined ? {} : { exposed }),
  };
}

/** The draft with one key's progress replaced. */
export function withProgress(
  draft: Draft,
  keyId: string,
  progress: KeyProgress,
  ...events: HistoryEvent[]
): Draft {
  return amended(draft, { progress: { ...draft.case.progress, [keyId]: progress } }, ...events);
}

/**
 * Voids the whole decision: nothing of it will be carried out, its pending deletions are cancelled, and people are
 * asked a new question. Keys that we deactivated stay in the case, so that they can still be restored.
 */
export function voided(draft: Draft, why: AskedAgain): Draft {
  const { code, ...about } = why;
  const asked = amended(undecided(draft), { askedAgain: why, ...ANEW });
  return amended(asked, {}, { code: 'decision-void', detail: code, ...about });
}

/**
 * The draft without its decision and without pending deletions. Answers to earlier questions are not valid any more.
 */
export function undecided(draft: Draft): Draft {
  const progress = Object.fromEntries(
    Object.entries(draft.case.progress).map(([id, key]) => [id, withoutRoad(key)]),
  );
  return amended(draft, { decision: null, progress, asking: draft.case.asking + 1 });
}

/**
 * True if nothing may be claimed now: the write before this observation was not made, for whatever reason, or the
 * hour's budget is used up.
 */
export function justFailed({ last, budgetSpent }: Situation): boolean {
  return budgetSpent === true || justRefused({ last });
}

/** True if the write before this observation was not made, for whatever reason. */
export function justRefused({ last }: Pick<Situation, 'last'>): boolean {
  return last !== null && last.outcome !== 'done';
}

/**
 * Order in which keys are tried, so that a key refused by IAM does not block the others: keys never refused first,
 * then the one refused longest ago.
 */
export function byRefusal(a: KeyProgress | undefined, b: KeyProgress | undefined): number {
  return (a?.refused ?? '') < (b?.refused ?? '') ? -1 : 1;
}
