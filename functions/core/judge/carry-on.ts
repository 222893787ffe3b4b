import { type Case, type Decision, type KeyProgress, keysOfOurs } from '../case.ts';
import type { ObservedKey } from '../model.ts';
import { latest, plus } from '../time.ts';
import { amended, inPhase, justFailed, owing, voided, withProgress } from './draft.ts';
import { deletionStep, ECHO } from './deletion.ts';
import { closed } from './endings.ts';
import type { Draft, Seen, Step } from './situation.ts';

/** Keys of the decision that are off and on the road to deletion. */
function pending(known: Case, decision: Decision): string[] {
  return keysOfOurs(known).filter((id) => decision.remove.includes(id));
}

/** "Carry on" of rule 5: grace, announcement, deletion, and the second look that verifies; each at its due time. */
export function carryOn(situation: Seen, draft: Draft, decision: Decision): Step {
  const left = pending(draft.case, decision);
  if (left.length === 0) return verified(situation, draft);
  const used = left.find((id) => usedAfterwards(draft.case, id, decision));
  if (used !== undefined) return heldForUse(situation, draft, used);
  const entered = draft.case.phase === 'grace' || draft.case.phase === 'deleting';
  const graced = entered ? draft : owing(inPhase(draft, 'grace', situation.now), situation, 'deactivated');
  if (situation.policy.mode === 'observe' || decision.terms.deletion !== 'after-grace') return end(graced);
  const deleting = left.filter((id) => graced.case.progress[id]?.deleting !== undefined);
  return deleting.length > 0 ? remove(situation, graced, deleting) : advance(situation, graced, left);
}

function end(draft: Draft, more: { again?: boolean } = {}): Step {
  return { go: 'end', rule: 'carry-on', draft, ...more };
}

/** Announces and then commits deletion; all keys of the decision go together, at the latest of their dates. */
function advance(situation: Seen, draft: Draft, left: readonly string[]): Step {
  const { policy, control, now } = situation;
  const steps = left.map(
    (id) => deletionStep(draft.case, draft.case.progress[id] ?? {}, policy, control, now).step,
  );
  if (steps.includes('wait')) return end(draft);
  if (steps.includes('announce')) return announce(situation, draft);
  const committed = left.reduce(
    (d, id) =>
      withProgress(d, id, { ...d.case.progress[id], deleting: now }, { code: 'deleting', keyId: id }),
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
function remove(situation: Seen, draft: Draft, deleting: readonly string[]): Step {
  const { policy, control, now } = situation;
  const stepOf = (id: string) =>
    deletionStep(draft.case, draft.case.progress[id] ?? {}, policy, control, now).step;
  // A pause since the announcement makes it void: people are told once more, and time runs anew (S13).
  if (deleting.some((id) => stepOf(id) === 'announce')) return announce(situation, draft);
  const target = deleting.find((id) => {
    const progress = draft.case.progress[id] ?? {};
    const steady = progress.seenInactive !== undefined && now >= plus(progress.seenInactive, policy.settle);
    return steady && retryDue(progress, situation) && stepOf(id) === 'delete';
  });
  if (target === undefined || justFailed(situation)) return end(draft);
  const progress = { ...draft.case.progress[target], deletionClaimed: now };
  const claimed = withProgress(draft, target, progress, { code: 'delete-claimed', keyId: target });
  return { go: 'end', rule: 'carry-on', draft: claimed, action: { kind: 'delete', keyId: target } };
}

/** IAM may list a deleted key for some seconds: ask again only after `settle`. */
function retryDue(progress: KeyProgress, { now, policy }: Seen): boolean {
  return progress.deletionClaimed === undefined || now >= plus(progress.deletionClaimed, policy.settle);
}

/** S6: a key used after it was switched off (beyond the echo), and after the person decided, is not deleted. */
function usedAfterwards(known: Case, keyId: string, decision: Decision): boolean {
  const key: ObservedKey | undefined = known.keys.find((candidate) => candidate.id === keyId);
  const deactivated = known.progress[keyId]?.deactivated;
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
  const last = times.reduce<string | null>((a, b) => (a === null ? b : latest(a, b)), null);
  const seenTwice = last === null || situation.now >= plus(last, situation.policy.settle);
  if (!seenTwice) return end(draft);
  return {
    go: 'end',
    rule: 'settled',
    draft: closed(situation, draft, last === null ? 'by-owner' : 'remediated'),
  };
}
