import { keysOfOurs } from '../case/case.ts';
import { answerExpires } from '../case/dates.ts';
import { stillDecides } from '../case/requests.ts';
import { activeKeys } from '../model/compliance.ts';
import { onlyObserves } from '../model/policy.ts';
import { plus } from '../model/time.ts';
import { ANEW, amended, byRefusal, inPhase, justRefused, undecided, withProgress } from './draft.ts';
import { settled } from './endings.ts';
import { held } from './hold.ts';
import type { Draft, Ending, Seen, Step } from './situation.ts';

/** Rule 3: who is excluded is never changed, but stays visible. */
export function excluded(situation: Seen, draft: Draft): Step {
  const { now, current } = situation;
  if (!draft.case.excluded) {
    const ended = current?.excluded === true;
    return {
      go: 'on',
      draft: ended ? amended(draft, { askedAgain: { code: 'exclusion-ended' }, ...ANEW }) : draft,
    };
  }
  const free = draft.case.decision === null ? draft : undecided(draft);
  if (keysOfOurs(free.case).length > 0) {
    return byHand(situation, free, 'excluded');
  }
  if (activeKeys(free.case.keys).length <= 1) {
    return settled(situation, free, 'by-owner');
  }
  return { go: 'end', rule: 'excluded', draft: inPhase(free, 'excluded', now) };
}

/**
 * A restore that a person asked for: one key a look, repeated until it is seen Active, the one that IAM refused longest
 * ago first. Nothing but IAM itself stops it; while that refuses, people get the exact command.
 */
export function restore(situation: Seen, draft: Draft): Step {
  const { policy, now } = situation;
  const valid = withoutLapsed(situation, draft);
  const wanted = Object.entries(valid.case.progress)
    .filter(([, progress]) => progress.restoring !== undefined)
    .sort(([, a], [, b]) => byRefusal(a, b));
  const [next] = wanted;
  if (next === undefined) {
    return { go: 'on', draft: valid };
  }
  if (onlyObserves(policy)) {
    return byHand(situation, valid, 'restore');
  }
  const stuck = wanted.some(
    ([, { refusedSince }]) =>
      refusedSince !== undefined && now >= plus(refusedSince, REFUSALS * policy.settle),
  );
  const told = stuck ? byHand(situation, valid, 'restore').draft : valid;
  const justTried = situation.last?.action.kind === 'reactivate' && situation.last.action.keyId === next[0];
  if (justTried || justRefused(situation)) {
    return { go: 'end', rule: 'restore', draft: told };
  }
  const claimed = amended(told, {}, { code: 'reactivating', keyId: next[0] });
  return { go: 'end', rule: 'restore', draft: claimed, action: { kind: 'reactivate', keyId: next[0] } };
}

/** An outage may hang on it: after so many times `settle` of refusals a person is told to do it by hand. */
const REFUSALS = 2;

/** S1: what could not be done while it was valid, by somebody who may still ask for it, is not done any more. */
function withoutLapsed({ policy, control, now }: Seen, draft: Draft): Draft {
  return Object.entries(draft.case.progress).reduce((d, [keyId, { restoring, ...rest }]) => {
    if (restoring === undefined) {
      return d;
    }
    const late = now > answerExpires(restoring.at, policy);
    if (!late && stillDecides(restoring, policy, control)) {
      return d;
    }
    return withProgress(d, keyId, rest, { code: 'restore-lapsed', keyId, by: restoring.by });
  }, draft);
}

/** Where IAM forbids us to bring a key back, a person gets the exact command. */
function byHand(situation: Seen, draft: Draft, rule: 'excluded' | 'restore'): Ending {
  const turned = inPhase(draft, 'held', situation.now, { heldFor: 'restore-by-hand' });
  return { go: 'end', rule, draft: held(situation, turned, draft) };
}
