import type { Case, Decision, KeyProgress, Phase } from '../case.ts';
import type { ObservedKey } from '../model.ts';
import type { Deletion } from '../policy.ts';
import { type Instant, latest, plus } from '../time.ts';
import { askToConfirm, type ToGo, toGo, withdrawn } from './confirm.ts';
import { deletionMode } from '../deletion-mode.ts';
import { type DeletionStep, deletionStep, ECHO, graceWait, mayDelete } from './deletion.ts';
import { amended, inPhase, justFailed, owing, voided, withProgress } from './draft.ts';
import { closed } from './endings.ts';
import type { Draft, Seen, Step } from './situation.ts';

/** Phases of a case whose keys are off as decided, and under which settings. */
const ON_THE_WAY: Partial<Record<Phase, readonly Deletion[]>> = {
  grace: ['after-grace', 'on-confirmation', 'never'],
  // Another decision may have come that wants no confirmation: then grace begins anew.
  'awaiting-confirmation': ['on-confirmation', 'never'],
  deleting: ['after-grace', 'on-confirmation', 'never'],
};

/** "Carry on" of rule 5: grace, announcement, confirmation, deletion, and the second look that verifies; each at its due time. */
export function carryOn(situation: Seen, draft: Draft, decision: Decision): Step {
  const { policy, now } = situation;
  const left = toGo(draft, decision);
  if (left.length === 0) return verified(situation, draft);
  const used = left.find(([id, { deactivated }]) => usedAfterwards(draft.case, id, deactivated, decision));
  if (used !== undefined) return heldForUse(situation, draft, used[0]);
  const mode = deletionMode(decision, policy);
  const entered = ON_THE_WAY[draft.case.phase]?.includes(mode) === true;
  const graced = entered ? draft : owing(inPhase(draft, 'grace', now), situation, 'deactivated');
  if (mode === 'never') return kept(situation, graced, left);
  if (policy.mode === 'observe') return end(graced);
  if (!mayDelete(decision, policy)) return unconfirmed(situation, graced, decision, left);
  const deleting = left.filter(([, progress]) => progress.deleting !== undefined);
  return deleting.length > 0
    ? remove(situation, graced, decision, deleting)
    : advance(situation, graced, decision, left);
}

function end(draft: Draft, more: { again?: boolean } = {}): Step {
  return { go: 'end', rule: 'carry-on', draft, ...more };
}

function stepOf(
  { policy, control, now }: Seen,
  decision: Decision,
  progress: KeyProgress,
): DeletionStep['step'] {
  return deletionStep(decision, progress, policy, control, now).step;
}

/** The keys stay off. Once the grace period of all is over, this look has shown them Inactive and the kept key Active. */
function kept(situation: Seen, draft: Draft, left: ToGo): Step {
  const { policy, control, now } = situation;
  const free = withdrawn(draft, left);
  if (left.some(([, progress]) => graceWait(progress, policy, control, now) !== null))
    return end(inPhase(free, 'grace', now));
  return { go: 'end', rule: 'settled', draft: closed(situation, free, 'deactivated') };
}

/** Announces as for any deletion, and asks for the confirmation that it wants. */
function unconfirmed(situation: Seen, draft: Draft, decision: Decision, left: ToGo): Step {
  const steps = left.map(([, progress]) => stepOf(situation, decision, progress));
  const asked = askToConfirm(situation, draft, decision, left, steps);
  const due = steps.includes('announce') && !steps.includes('wait');
  return due ? announce(situation, asked) : end(asked);
}

/** Announces and then commits deletion; all keys of the decision go together, at the latest of their dates. */
function advance(situation: Seen, draft: Draft, decision: Decision, left: ToGo): Step {
  const { now } = situation;
  const steps = left.map(([, progress]) => stepOf(situation, decision, progress));
  if (steps.includes('wait')) return end(draft);
  if (steps.includes('announce')) return announce(situation, draft);
  const committed = left.reduce(
    (d, [keyId, progress]) =>
      withProgress(d, keyId, { ...progress, deleting: now }, { code: 'deleting', keyId }),
    inPhase(draft, 'deleting', now),
  );
  return end(committed, { again: true });
}

/** The last notice before a deletion; owed once, until it is accepted. */
function announce(situation: Seen, draft: Draft): Step {
  const owed = draft.case.owed.some((notice) => notice.kind === 'deletion-announced');
  return end(owed ? draft : owing(draft, situation, 'deletion-announced'));
}

/** S4: two sightings as Inactive, `settle` apart, after `deleting` was committed; then one key at a time. */
function remove(situation: Seen, draft: Draft, decision: Decision, deleting: ToGo): Step {
  const { policy, now } = situation;
  // A pause since the announcement makes it void: people are told once more, and time runs anew (S13).
  if (deleting.some(([, progress]) => stepOf(situation, decision, progress) === 'announce'))
    return announce(situation, draft);
  const target = deleting.find(([, progress]) => {
    const steady = progress.seenInactive !== undefined && now >= plus(progress.seenInactive, policy.settle);
    return steady && retryDue(progress, situation) && stepOf(situation, decision, progress) === 'delete';
  });
  if (target === undefined || justFailed(situation)) return end(draft);
  const [keyId, before] = target;
  const claimed = withProgress(
    draft,
    keyId,
    { ...before, deletionClaimed: now },
    { code: 'delete-claimed', keyId },
  );
  return { go: 'end', rule: 'carry-on', draft: claimed, action: { kind: 'delete', keyId } };
}

/** IAM may list a deleted key for some seconds: ask again only after `settle`. */
function retryDue(progress: KeyProgress, { now, policy }: Seen): boolean {
  return progress.deletionClaimed === undefined || now >= plus(progress.deletionClaimed, policy.settle);
}

/** S6: a key used after it was switched off (beyond the echo), and after the person decided, is not deleted. */
function usedAfterwards(
  known: Case,
  keyId: string,
  deactivated: Instant | undefined,
  decision: Decision,
): boolean {
  const key: ObservedKey | undefined = known.keys.find((candidate) => candidate.id === keyId);
  if (key?.lastUsed.kind !== 'used' || deactivated === undefined) return false;
  return key.lastUsed.at > latest(plus(deactivated, ECHO), decision.at);
}

function heldForUse(situation: Seen, draft: Draft, keyId: string): Step {
  const asked = voided(draft, { code: 'in-use', keyId });
  const held = inPhase(asked, 'held', situation.now, { heldFor: 'used-after-deactivation' });
  const told = amended(owing(held, situation, 'held'), { toldAt: situation.now, remindedAt: situation.now });
  return { go: 'end', rule: 'carry-on', draft: told };
}

/** Everything decided is gone from IAM; closes only at a second look, `settle` after the last key was seen gone. */
function verified(situation: Seen, draft: Draft): Step {
  const times = Object.values(draft.case.progress).flatMap((progress) => progress.deleted ?? []);
  const seenTwice = times.every((deleted) => situation.now >= plus(deleted, situation.policy.settle));
  if (!seenTwice) return end(draft);
  return {
    go: 'end',
    rule: 'settled',
    draft: closed(situation, draft, times.length === 0 ? 'by-owner' : 'remediated'),
  };
}
