import { keysOfOurs } from '../case/case.ts';
import { confirmationExpires, graceEnd } from '../case/dates.ts';
import type { Decision } from '../case/decision.ts';
import type { DeletionStep } from '../case/deletion.ts';
import { type KeyProgress, unansweredIn } from '../case/progress.ts';
import { type CheckedRequest, mayDecide } from '../case/requests.ts';
import type { Policy } from '../model/policy.ts';
import { digestsNow, offered } from './adopt.ts';
import { ANEW, amended, inPhase, telling } from './draft.ts';
import { dropped, overtakenRequest } from './drop.ts';
import { reminded } from './hold.ts';
import { checkedBy, refused } from './refusals.ts';
import type { Draft, Seen, Step } from './situation.ts';

/** Deactivated keys that a decision will delete, with their progress. */
export type ToGo = readonly (readonly [id: string, progress: KeyProgress])[];

/** The keys that a decision will delete. A person confirms all of them or none. */
export function toGo(draft: Draft, decision: Decision): ToGo {
  const ours = keysOfOurs(draft.case);
  return Object.entries(draft.case.progress).filter(
    ([id]) => ours.includes(id) && decision.remove.includes(id),
  );
}

/**
 * Adopts a confirmation of the deletion of exactly these keys and records it in the decision. The first one for a
 * digest wins (S12).
 */
export function adoptConfirmation(situation: Seen, draft: Draft): Step {
  const { request: checked, current } = situation;
  if (checked === null || current === null || checked.request.ask.kind !== 'confirm') {
    return { go: 'on', draft };
  }
  // If this pass asks a new question (because a decision is void, for example), an answer to the old one is outdated.
  if (draft.case.asking !== current.asking) {
    return { go: 'on', draft: overtakenRequest(situation, current, draft, checked) };
  }
  const { request } = checked;
  const { keys } = checked.request.ask;
  const { decision, phase } = draft.case;
  if (decision === null || decision.confirmed !== null || phase !== 'awaiting-confirmation') {
    return { go: 'on', draft: refused(draft, 'not-asked', checked, situation.policy) };
  }
  const shown = digestsNow(situation, current).get(request.digest);
  if (shown === undefined) {
    return { go: 'on', draft: overtaken(draft, checked, situation.policy) };
  }
  const wanted = toGo(draft, decision).map(([id]) => id);
  const misfit = sameIds(keys, wanted) ? offered(shown) : 'not-these-keys';
  const checks = checkedBy(situation, draft.case, checked, misfit);
  if ('why' in checks) {
    const asked = refused(draft, checks.why, checked, situation.policy);
    return { go: 'on', draft: checks.why === 'not-an-approver' ? amended(asked, ANEW) : asked };
  }
  const confirmed = { ...checks, at: request.at, proof: request.digest };
  const changes = { decision: { ...decision, confirmed }, asking: draft.case.asking + 1 };
  return { go: 'on', draft: amended(draft, changes, { code: 'deletion-confirmed', by: checks.by }) };
}

/** The confirmed keys are not the ones that were shown, so people are asked immediately about the present keys. */
function overtaken(draft: Draft, checked: CheckedRequest, policy: Policy): Draft {
  return amended(refused(draft, 'not-these-keys', checked, policy), ANEW);
}

/** True if both name the same keys, each once. */
export function sameIds(a: readonly string[], b: readonly string[]): boolean {
  const wanted = [...b].sort();
  return a.length === b.length && [...a].sort().every((id, i) => id === wanted[i]);
}

/**
 * S1 for a confirmation: until the deletion is committed, it must be within the validity of a decision, and its
 * author must be an approver. Otherwise people are asked again, also if the answer cannot be proved at the deletion.
 */
export function confirmationLapses({ policy, control, now, last }: Seen, draft: Draft): Step {
  const { decision, progress } = draft.case;
  if (decision === null || decision.confirmed === null) {
    return { go: 'on', draft };
  }
  const { confirmed } = decision;
  const { by, at } = confirmed;
  const committed = Object.values(progress).some((key) => key.deleting !== undefined);
  const late = now > confirmationExpires(confirmed, policy, control, now);
  const unproved = last?.unproved === 'confirm';
  if (!unproved && (committed || (!late && mayDecide(policy, control, confirmed, draft.case)))) {
    return { go: 'on', draft };
  }
  const changes = { decision: { ...decision, confirmed: null }, asking: draft.case.asking + 1, ...ANEW };
  const detail = unproved ? 'not-proved' : late ? 'decision-expired' : 'approver-removed';
  const lapsed = amended(draft, changes, { code: 'confirmation-void', detail, by });
  const answer = {
    digest: confirmed.proof ?? '',
    kind: 'confirm' as const,
    by,
    address: confirmed.address,
    at,
  };
  return {
    go: 'on',
    draft: unproved ? lapsed : dropped(lapsed, answer, late ? 'expired' : 'not-an-approver'),
  };
}

/**
 * Withdraws a commitment to delete that is not permitted any more, because a setting became stricter. The keys can be
 * restored again.
 */
export function withdrawn(draft: Draft, left: ToGo): Draft {
  return left.reduce((d, [keyId, before]) => {
    const { deleting, seenInactive: _seen, deletionClaimed: _claimed, ...rest } = before;
    if (deleting === undefined) {
      return d;
    }
    const progress = { ...d.case.progress, [keyId]: { ...rest, ...unansweredIn(before) } };
    return amended(d, { progress }, { code: 'deletion-withdrawn', keyId });
  }, draft);
}

/**
 * Asks for the confirmation of a deletion when everything else is ready for it, and sends reminders and the
 * escalation. A pause does not withdraw the question; only a longer grace period does.
 */
export function askToConfirm(
  situation: Seen,
  draft: Draft,
  decision: Decision,
  left: ToGo,
  step: DeletionStep['step'],
): Draft {
  const { now, policy, control } = situation;
  const free = withdrawn(draft, left);
  if (left.some(([, progress]) => now < (graceEnd(progress, policy, control, now) ?? now))) {
    return inPhase(free, 'grace', now);
  }
  if (draft.case.phase === 'grace' && step !== 'delete') {
    return free;
  }
  return reminders(situation, entered(situation, free, decision));
}

function entered({ now }: Seen, draft: Draft, decision: Decision): Draft {
  if (draft.case.phase === 'awaiting-confirmation') {
    return draft;
  }
  // People are now told that nothing is deleted without their confirmation, so no setting can change that later.
  const terms = { ...decision.terms, deletion: 'on-confirmation' as const };
  const turned = inPhase(draft, 'awaiting-confirmation', now);
  return amended(turned, { decision: { ...decision, terms }, ...ANEW });
}

function reminders(situation: Seen, draft: Draft): Draft {
  if (draft.case.toldAt !== null) {
    return reminded(situation, draft, 'confirm-deletion');
  }
  return telling(draft, situation, 'confirm-deletion');
}
