import { keysOfOurs } from '../case/case.ts';
import { answerExpires } from '../case/dates.ts';
import type { DropReason } from '../case/dropped.ts';
import { unansweredUntil } from '../case/progress.ts';
import { mayDecide } from '../case/requests.ts';
import { activeKeys } from '../model/compliance.ts';
import { isOutside, onlyObserves } from '../model/only.ts';
import { isFromBackup } from '../model/policy.ts';
import { plus } from '../model/time.ts';
import { ANEW, amended, byRefusal, inPhase, justRefused, undecided, withProgress } from './draft.ts';
import { askedAnew, dropped, droppedRequest } from './drop.ts';
import { settled } from './endings.ts';
import { held } from './hold.ts';
import type { Draft, Ending, Seen, Step } from './situation.ts';

/** Judgement 3: an excluded user is never changed, but stays visible. */
export function excluded(situation: Seen, draft: Draft): Step {
  const { now, current } = situation;
  if (!draft.case.excluded) {
    const ended = current?.excluded === true;
    return {
      go: 'on',
      draft: ended ? amended(draft, { askedAgain: { code: 'exclusion-ended' }, ...ANEW }) : draft,
    };
  }
  const free = withoutAnswers(situation, draft, 'excluded');
  if (keysOfOurs(free.case).length > 0) {
    return byHand(situation, free, 'excluded');
  }
  if (activeKeys(free.case.keys).length <= 1) {
    return settled(situation, free, 'by-owner');
  }
  return { go: 'end', rule: 'excluded', draft: inPhase(free, 'excluded', now) };
}

/**
 * Judgement 3: of a user whom `only` leaves out no key is changed. Everything else is as in observe mode, but no decision
 * waits for the user to be let in: then people are asked again.
 */
export function outside(situation: Seen, draft: Draft): Step {
  const { policy, current } = situation;
  if (!isOutside(policy, draft.case)) {
    const letIn = current?.outside === true && !onlyObserves(policy, draft.case);
    return { go: 'on', draft: letIn ? amended(draft, { askedAgain: null, ...ANEW }) : draft };
  }
  if (keysOfOurs(draft.case).length > 0) {
    return byHand(situation, withoutAnswers(situation, draft, 'observe-mode'), 'outside');
  }
  return { go: 'on', draft: withoutDecision(draft, 'observe-mode') };
}

/**
 * The draft without a decision and without an answer that waits to be adopted. Neither counts when the user may be changed
 * again, and whoever gave one that was not carried out is told.
 */
function withoutAnswers({ request, current, policy }: Seen, draft: Draft, why: DropReason): Draft {
  if (draft.case.decision !== null) {
    return withoutDecision(draft, why);
  }
  if (request === null || current === null || request.request.ask.kind === 'restore') {
    return draft;
  }
  return droppedRequest(askedAnew(current, draft), request, why, policy);
}

/** The draft without a decision. The person who made one that was not begun is told. */
function withoutDecision(draft: Draft, why: DropReason): Draft {
  const { decision } = draft.case;
  if (decision === null) {
    return draft;
  }
  const { digest, kind, by, address, at } = decision;
  const free = undecided(draft);
  return decision.carriedOutAt === null ? dropped(free, { digest, kind, by, address, at }, why) : free;
}

/**
 * Carries out a requested restore: one key per evaluation, repeated until it is seen Active, the key that IAM refused
 * longest ago first. Nothing but IAM itself stops it; while IAM refuses, people are given the exact command.
 */
export function restore(situation: Seen, draft: Draft): Step {
  const { policy, now } = situation;
  const valid = withoutLapsed(situation, draft);
  const wanted = Object.entries(valid.case.progress)
    .filter(([, progress]) => progress.restoring !== undefined)
    .sort(([, a], [, b]) => byRefusal(a, b));
  if (wanted.length === 0) {
    return { go: 'on', draft: valid };
  }
  if (onlyObserves(policy, valid.case)) {
    return byHand(situation, valid, 'restore');
  }
  const stuck = wanted.some(
    ([, { refusedSince }]) =>
      refusedSince !== undefined && now >= plus(refusedSince, REFUSALS * policy.settle),
  );
  const told = stuck ? byHand(situation, valid, 'restore').draft : valid;
  // A call to delete the key that IAM did not answer would hit the restored key.
  const [next] = wanted.filter(([, progress]) => unansweredUntil(progress) === null);
  if (next === undefined) {
    return { go: 'end', rule: 'restore', draft: stuck ? told : waiting(situation, valid) };
  }
  const justTried = situation.last?.action.kind === 'reactivate' && situation.last.action.keyId === next[0];
  if (justTried || justRefused(situation)) {
    return { go: 'end', rule: 'restore', draft: told };
  }
  const claimed = amended(told, {}, { code: 'reactivating', keyId: next[0] });
  return { go: 'end', rule: 'restore', draft: claimed, action: { kind: 'reactivate', keyId: next[0] } };
}

/**
 * Something may be down because of the key, so after refusals for this multiple of `settle` people are asked to do it
 * by hand.
 */
const REFUSALS = 2;

/**
 * S1: a restore that could not be carried out while the request was valid, or whose requester is not an approver any
 * more, lapses. So does one whose answer the table does not have, or that came from a backup; then people get a new link.
 */
function withoutLapsed({ policy, control, now, last }: Seen, draft: Draft): Draft {
  return Object.entries(draft.case.progress).reduce((d, [keyId, { restoring, ...rest }]) => {
    if (restoring === undefined) {
      return d;
    }
    if (last?.unproved === 'restore' && last.action.keyId === keyId) {
      const lapsed = { code: 'restore-lapsed' as const, keyId, by: restoring.by, detail: 'not-proved' };
      return amended(withProgress(d, keyId, rest, lapsed), ANEW);
    }
    const late = now > answerExpires(restoring.at, policy);
    const fromBackup = isFromBackup(control, restoring.at);
    if (!late && !fromBackup && mayDecide(policy, control, restoring, draft.case)) {
      return d;
    }
    const lapsed = withProgress(d, keyId, rest, { code: 'restore-lapsed', keyId, by: restoring.by });
    const { by, address, at, proof: digest = '' } = restoring;
    const answer = { digest, kind: 'restore' as const, by, address, at };
    if (fromBackup) {
      // Whoever still wants it back asks with the link of a new question.
      return amended(dropped(lapsed, { ...answer, fromBackup }, 'not-valid'), ANEW);
    }
    return dropped(lapsed, answer, late ? 'expired' : 'not-an-approver');
  }, draft);
}

/** While nobody knows if a key still exists, people are told why its restore waits. */
function waiting(situation: Seen, draft: Draft): Draft {
  return held(situation, inPhase(draft, 'held', situation.now, { heldFor: 'unknown' }), draft);
}

/** Where Solekey cannot restore a key, people are given the exact command. */
function byHand(situation: Seen, draft: Draft, rule: 'excluded' | 'outside' | 'restore'): Ending {
  const turned = inPhase(draft, 'held', situation.now, { heldFor: 'restore-by-hand' });
  return { go: 'end', rule, draft: held(situation, turned, draft) };
}
