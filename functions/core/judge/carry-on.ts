import type { Case, Decision, KeyProgress, Phase } from '../case/case.ts';
import {
  type DeletionStep,
  deletionMode,
  deletionStep,
  ECHO,
  graceWait,
  jointStep,
  mayDelete,
} from '../case/deletion.ts';
import type { ObservedKey } from '../model/observation.ts';
import { type Deletion, onlyObserves } from '../model/policy.ts';
import { type Instant, latest, plus } from '../model/time.ts';
import { askToConfirm, type ToGo, toGo, withdrawn } from './deletion-confirmation.ts';
import { byRefusal, inPhase, justFailed, owing, telling, voided, withProgress } from './draft.ts';
import { closed } from './endings.ts';
import { held, isRefusedForLong } from './hold.ts';
import type { Draft, Seen, Step } from './situation.ts';

const UNDER_NONE = { 'after-grace': false, 'on-confirmation': false, never: false } as const;
const UNDER_ALL = { 'after-grace': true, 'on-confirmation': true, never: true } as const;

/** Under which settings a case in this phase is on its way already: its keys are off as decided, and people know. */
const ON_THE_WAY = {
  rotating: UNDER_NONE,
  'awaiting-decision': UNDER_NONE,
  exception: UNDER_NONE,
  approved: UNDER_NONE,
  grace: UNDER_ALL,
  // Another decision may have come that wants no confirmation: then grace begins anew.
  'awaiting-confirmation': { ...UNDER_ALL, 'after-grace': false },
  deleting: UNDER_ALL,
  held: UNDER_NONE,
  excluded: UNDER_NONE,
  closed: UNDER_NONE,
} as const satisfies Record<Phase, Record<Deletion, boolean>>;

/** "Carry on" of rule 5: grace, announcement, confirmation, deletion, and the second look that verifies; each at its due time. */
export function carryOn(situation: Seen, draft: Draft, decision: Decision): Step {
  const { policy, now } = situation;
  const left = toGo(draft, decision);
  if (left.length === 0) {
    return verified(situation, draft);
  }
  const used = left.find(([id, { deactivated }]) => usedAfterwards(draft.case, id, deactivated, decision));
  if (used !== undefined) {
    return heldForUse(situation, draft, used[0]);
  }
  const mode = deletionMode(decision, policy);
  const graced = onTheWay(situation, draft, mode, left);
  if (mode === 'never') {
    return kept(situation, graced, left);
  }
  if (onlyObserves(policy)) {
    return end(suspended(situation, draft, left));
  }
  if (!mayDelete(decision, policy)) {
    return unconfirmed(situation, graced, decision, left);
  }
  const isCommitted = left.some(([, progress]) => progress.deleting !== undefined);
  if (isCommitted && nextStep(situation, decision, left) === 'delete') {
    return remove(situation, graced, left);
  }
  // A pause or a longer grace period since it was committed: it is taken back, so that the keys may come back, too.
  const free = isCommitted ? inPhase(withdrawn(graced, left), 'grace', now) : graced;
  return advance(situation, free, decision, left);
}

/**
 * The case on its way to the deletion. Who comes out of a hold because IAM could not be read goes on where it stood, and
 * nobody is told anew of keys that are off for long.
 */
function onTheWay(situation: Seen, draft: Draft, mode: Deletion, left: ToGo): Draft {
  const { phase, heldFor, phaseSince } = draft.case;
  if (ON_THE_WAY[phase][mode]) {
    return draft;
  }
  const current = left.every(([, { graceFrom, deactivated }]) =>
    [graceFrom, deactivated].every((at) => at === undefined || at < phaseSince),
  );
  if (phase !== 'held' || heldFor !== 'unknown' || !current) {
    return owing(inPhase(draft, 'grace', situation.now), situation, 'deactivated');
  }
  // While IAM refuses the deletion the hold itself goes on: remove() sees to its end.
  if (left.some(([, progress]) => isRefusedForLong(progress, situation))) {
    return draft;
  }
  const isCommitted = left.some(([, progress]) => progress.deleting !== undefined);
  return inPhase(draft, isCommitted ? 'deleting' : 'grace', situation.now);
}

/**
 * In observe mode Solekey can bring no key back, so people get the command for it and no time runs against them: what
 * comes when the mode ends is announced anew.
 */
function suspended(situation: Seen, draft: Draft, left: ToGo): Draft {
  const kept = withdrawn(draft, left);
  const free = Object.entries(kept.case.progress).reduce((d, [keyId, progress]) => {
    const { announced, announcedFor: _date, ...rest } = progress;
    return announced === undefined ? d : withProgress(d, keyId, rest);
  }, kept);
  return held(situation, inPhase(free, 'held', situation.now, { heldFor: 'restore-by-hand' }), draft);
}

function end(draft: Draft, more: { readonly again?: boolean } = {}): Step {
  return { go: 'end', rule: 'carry-on', draft, ...more };
}

/** The next step of all keys of the decision: they go together. */
function nextStep({ policy, control, now }: Seen, decision: Decision, left: ToGo): DeletionStep['step'] {
  return jointStep(left.map(([, progress]) => deletionStep(decision, progress, policy, control, now).step));
}

/** The keys stay off. Once the grace period of all is over, this look has shown them Inactive and the kept key Active. */
function kept(situation: Seen, draft: Draft, left: ToGo): Step {
  const { policy, control, now } = situation;
  const free = withdrawn(draft, left);
  if (left.some(([, progress]) => graceWait(progress, policy, control, now) !== null)) {
    return end(inPhase(free, 'grace', now));
  }
  return { go: 'end', rule: 'settled', draft: closed(situation, free, 'deactivated') };
}

/** Announces as for any deletion, and asks for the confirmation that it wants. */
function unconfirmed(situation: Seen, draft: Draft, decision: Decision, left: ToGo): Step {
  const step = nextStep(situation, decision, left);
  const asked = askToConfirm(situation, draft, decision, left, step);
  return step === 'announce' ? announce(situation, asked) : end(asked);
}

/** Announces and then commits deletion; all keys of the decision go together, at the latest of their dates. */
function advance(situation: Seen, draft: Draft, decision: Decision, left: ToGo): Step {
  switch (nextStep(situation, decision, left)) {
    case 'wait':
      return end(draft);
    case 'announce':
      return announce(situation, draft);
    case 'delete':
      return end(committed(situation, draft, left), { again: true });
  }
}

/** The deletion is committed: from now on these keys do not come back. */
function committed({ now }: Seen, draft: Draft, left: ToGo): Draft {
  return left.reduce(
    (d, [keyId, progress]) =>
      withProgress(d, keyId, { ...progress, deleting: now }, { code: 'deleting', keyId }),
    inPhase(draft, 'deleting', now),
  );
}

/** The last notice before a deletion; owed once, until it is accepted. */
function announce(situation: Seen, draft: Draft): Step {
  const owed = draft.case.owed.some((notice) => notice.kind === 'deletion-announced');
  return end(owed ? draft : owing(draft, situation, 'deletion-announced'));
}

/** S4: two sightings as Inactive, `settle` apart, after `deleting` was committed; then one key at a time. */
function remove(situation: Seen, draft: Draft, left: ToGo): Step {
  const { policy, now } = situation;
  const standing = deletingOrHeld(situation, draft, left);
  const target = left
    .filter(([, progress]) => {
      const steady = progress.seenInactive !== undefined && now >= plus(progress.seenInactive, policy.settle);
      return steady && retryDue(progress, situation);
    })
    .sort(([, a], [, b]) => byRefusal(a, b))[0];
  if (target === undefined || justFailed(situation)) {
    return end(standing);
  }
  const [keyId, before] = target;
  const claimed = withProgress(
    standing,
    keyId,
    { ...before, deletionClaimed: now },
    { code: 'delete-claimed', keyId },
  );
  return { go: 'end', rule: 'carry-on', draft: claimed, action: { kind: 'delete', keyId } };
}

/** A key that IAM does not let us delete for a day is something that a person must know; we go on trying. */
function deletingOrHeld(situation: Seen, draft: Draft, left: ToGo): Draft {
  const { now } = situation;
  if (!left.some(([, progress]) => isRefusedForLong(progress, situation))) {
    return inPhase(draft, 'deleting', now);
  }
  return held(situation, inPhase(draft, 'held', now, { heldFor: 'unknown' }), draft);
}

/** IAM may list a deleted key for some seconds: ask again only after `settle`. */
function retryDue(progress: KeyProgress, { now, policy }: Seen): boolean {
  return progress.deletionClaimed === undefined || now >= plus(progress.deletionClaimed, policy.settle);
}

/** S6: a key used after it was switched off (beyond the echo) is not deleted, unless a person was shown that use and decided. */
function usedAfterwards(
  current: Case,
  keyId: string,
  deactivated: Instant | undefined,
  decision: Decision,
): boolean {
  const key: ObservedKey | undefined = current.keys.find((candidate) => candidate.id === keyId);
  if (key?.lastUsed.kind !== 'used' || deactivated === undefined) {
    return false;
  }
  return key.lastUsed.at > latest(plus(deactivated, ECHO), decision.shownUse[keyId] ?? '');
}

function heldForUse(situation: Seen, draft: Draft, keyId: string): Step {
  const asked = voided(draft, { code: 'in-use', keyId });
  const turned = inPhase(asked, 'held', situation.now, { heldFor: 'used-after-deactivation' });
  return { go: 'end', rule: 'carry-on', draft: telling(turned, situation, 'held') };
}

/** Everything decided is gone from IAM; closes only at a second look, `settle` after the last key was seen gone. */
function verified(situation: Seen, draft: Draft): Step {
  const times = Object.values(draft.case.progress).flatMap((progress) => progress.deleted ?? []);
  const seenTwice = times.every((deleted) => situation.now >= plus(deleted, situation.policy.settle));
  if (!seenTwice) {
    return end(draft);
  }
  return {
    go: 'end',
    rule: 'settled',
    draft: closed(situation, draft, times.length === 0 ? 'by-owner' : 'remediated'),
  };
}
