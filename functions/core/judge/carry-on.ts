import type { Phase } from '../case/case.ts';
import { windowOpens } from '../case/change-window.ts';
import { turnFrom } from '../case/dates.ts';
import type { Decision } from '../case/decision.ts';
import {
  type DeletionStep,
  deletionMode,
  deletionStep,
  graceWait,
  jointStep,
  mayDelete,
} from '../case/deletion.ts';
import { heldUpUntil } from '../case/held-up.ts';
import { unannounced } from '../case/progress.ts';
import { onlyObserves } from '../model/only.ts';
import type { Deletion } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { committed, end, remove, verified } from './deleting.ts';
import { askToConfirm, type ToGo, toGo, withdrawn } from './deletion-confirmation.ts';
import { amended, inPhase, owing, recipientsIn, withProgress } from './draft.ts';
import { closed } from './endings.ts';
import { held, isRefusedForLong, isUnreadForLong, unreadUse } from './hold.ts';
import { heldForUse, isUnread, usedAfterwards } from './inactive-use.ts';
import { believedFrom } from './lag.ts';
import { movedWork, notingMissing, notingMoved } from './moved-work.ts';
import type { Draft, Seen, Step } from './situation.ts';

const UNDER_NONE = { 'after-grace': false, 'on-confirmation': false, never: false } as const;
const UNDER_ALL = { 'after-grace': true, 'on-confirmation': true, never: true } as const;

/**
 * For each phase and deletion setting, true if the case has already reached this stage: its keys are deactivated as
 * decided, and people have been notified.
 */
const ON_THE_WAY = {
  rotating: UNDER_NONE,
  'awaiting-decision': UNDER_NONE,
  exception: UNDER_NONE,
  approved: UNDER_NONE,
  grace: UNDER_ALL,
  // A later decision may need no confirmation. Then the grace period begins again.
  'awaiting-confirmation': { ...UNDER_ALL, 'after-grace': false },
  deleting: UNDER_ALL,
  held: UNDER_NONE,
  excluded: UNDER_NONE,
  closed: UNDER_NONE,
} as const satisfies Record<Phase, Record<Deletion, boolean>>;

/**
 * The "carry on" of judgement 5: grace period, announcement, confirmation, deletion and the second observation that
 * verifies it, each when it is due.
 */
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
  const unread = left.find(([id]) => isUnread(draft.case, id));
  const isDue = !onlyObserves(policy, draft.case) && mayDelete(decision, policy);
  if (unread !== undefined && isDue && nextStep(situation, decision, left) === 'delete') {
    return end(untilRead(situation, draft, mode, left, unread[0]));
  }
  const graced = onTheWay(situation, draft, mode, left);
  if (mode === 'never') {
    return kept(situation, graced, left);
  }
  if (onlyObserves(policy, draft.case)) {
    return end(suspended(situation, draft, left));
  }
  if (!mayDelete(decision, policy)) {
    return unconfirmed(situation, graced, decision, left);
  }
  const due = nextStep(situation, decision, left) === 'delete';
  const opens = due ? windowOpens(decision, policy, now) : null;
  const noted = heldUp(notingMoved(situation, graced, decision), opens !== null, situation);
  if (due) {
    return ready(situation, draft, noted, decision, left, opens);
  }
  return advance(situation, uncommitted(noted, left, now), decision, left);
}

/** The draft with the time for which the window makes a confirmed deletion wait, which does not count against its validity. */
function heldUp(draft: Draft, waits: boolean, { control, now }: Seen): Draft {
  const { decision } = draft.case;
  if (decision?.confirmed == null) {
    return draft;
  }
  const { confirmed } = decision;
  const after = heldUpUntil(confirmed.heldUp, waits, control, now);
  return after === undefined
    ? draft
    : amended(draft, { decision: { ...decision, confirmed: { ...confirmed, heldUp: after } } });
}

/**
 * S14: a deletion that is due by its dates is committed and then made once the work of the keys has moved, and the window is open
 * (S8). Where a person must confirm it, they are asked at any time. `opens`: when the window opens; null if it is open.
 */
function ready(
  situation: Seen,
  draft: Draft,
  graced: Draft,
  decision: Decision,
  left: ToGo,
  opens: Instant | null,
): Step {
  const { now, policy } = situation;
  const work = movedWork(situation, draft, decision);
  switch (work.kind) {
    case 'ask':
      return unconfirmed(situation, notingMissing(graced, work.missing), decision, left);
    case 'wait':
      return end(uncommitted(graced, left, now), { waitsUntil: work.until });
    case 'moved':
    case 'free':
      if (opens !== null) {
        return end(shut(graced, decision, left, now), { waitsUntil: turnFrom(opens, decision, policy) });
      }
      return isCommitted(left) ? remove(situation, graced, left) : advance(situation, graced, decision, left);
  }
}

/** The draft of a deletion that waits for the window: without its commitment, so that the keys can be restored until it opens. */
function shut(draft: Draft, { confirmed }: Decision, left: ToGo, now: Instant): Draft {
  return isCommitted(left)
    ? inPhase(withdrawn(draft, left), confirmed === null ? 'grace' : 'awaiting-confirmation', now)
    : draft;
}

function isCommitted(left: ToGo): boolean {
  return left.some(([, progress]) => progress.deleting !== undefined);
}

/**
 * The draft without a commitment to delete. A pause or a longer grace period since then withdraws it, and so does a lookup that
 * is missing now that the setting asks for one. The keys can be restored again.
 */
function uncommitted(draft: Draft, left: ToGo, now: Instant): Draft {
  return isCommitted(left) ? inPhase(withdrawn(draft, left), 'grace', now) : draft;
}

/**
 * The case in the phase that leads to deletion. A case that leaves a hold because IAM could be read again continues
 * where it was, and people are not notified again of keys that were deactivated long ago.
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
  // While IAM refuses the deletion the hold continues; remove() ends it.
  if (left.some(([, progress]) => isRefusedForLong(progress, situation))) {
    return draft;
  }
  return inPhase(draft, isCommitted(left) ? 'deleting' : 'grace', situation.now);
}

/**
 * Law 3, S6: nothing is deleted, and no deletion stays committed, while it is not known if the key was used. The key
 * can be restored meanwhile; after a day people are notified.
 */
function untilRead(situation: Seen, draft: Draft, mode: Deletion, left: ToGo, keyId: string): Draft {
  const free = withdrawn(unreadUse(situation, draft, keyId), left);
  if (isUnreadForLong(free, situation)) {
    return held(situation, inPhase(free, 'held', situation.now, { heldFor: 'unknown' }), draft);
  }
  const graced = onTheWay(situation, free, mode, left);
  return graced.case.phase === 'held' ? graced : inPhase(graced, 'grace', situation.now);
}

/**
 * In observe mode Solekey cannot restore a key, so people are given the command for it and no deadline runs. The
 * deletion is announced again after the mode has ended.
 */
function suspended(situation: Seen, draft: Draft, left: ToGo): Draft {
  const kept = withdrawn(draft, left);
  const free = Object.entries(kept.case.progress).reduce((d, [keyId, progress]) => {
    return progress.announced === undefined ? d : withProgress(d, keyId, unannounced(progress));
  }, kept);
  return held(situation, inPhase(free, 'held', situation.now, { heldFor: 'restore-by-hand' }), draft);
}

/** The next step of the keys of a decision, which they take together. */
function nextStep({ policy, control, now }: Seen, decision: Decision, left: ToGo): DeletionStep['step'] {
  return jointStep(left.map(([, progress]) => deletionStep(decision, progress, policy, control, now).step));
}

/**
 * The keys remain inactive. When all grace periods have ended, the case is closed: this observation has shown the
 * keys Inactive and the kept key Active.
 */
function kept(situation: Seen, draft: Draft, left: ToGo): Step {
  const { policy, control, now } = situation;
  const free = withdrawn(draft, left);
  const lags = believedFrom(situation) !== null;
  if (lags || left.some(([, progress]) => graceWait(progress, policy, control, now) !== null)) {
    return end(inPhase(free, 'grace', now));
  }
  return { go: 'end', rule: 'settled', draft: closed(situation, free, 'deactivated') };
}

/** Announces the deletion like any other, and asks for the confirmation that it needs. */
function unconfirmed(situation: Seen, draft: Draft, decision: Decision, left: ToGo): Step {
  const step = nextStep(situation, decision, left);
  const asked = askToConfirm(situation, draft, decision, left, step);
  return step === 'announce' ? announce(situation, asked) : end(asked);
}

/**
 * Announces the deletion and then commits it. All keys of the decision are deleted together, at the latest of their
 * dates.
 */
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

/** Adds the last notice before a deletion, unless it is still unsent to somebody who may stop the deletion. */
function announce(situation: Seen, draft: Draft): Step {
  const people = recipientsIn(situation, 'deletion-announced', draft.case);
  const owed = draft.case.owed.some(
    ({ kind, recipient }) => kind === 'deletion-announced' && people.some(({ id }) => id === recipient),
  );
  return end(owed ? draft : owing(draft, situation, 'deletion-announced'));
}
