import { activeKeys } from '../compliance.ts';
import { keysOfOurs } from '../case.ts';
import { amended, inPhase } from './draft.ts';
import { closed } from './endings.ts';
import { held } from './hold.ts';
import type { Draft, Seen, Step } from './situation.ts';

/** Rule 3: who is excluded is never changed, but stays visible. */
export function excluded(situation: Seen, draft: Draft): Step {
  const { now, known } = situation;
  if (!draft.case.excluded) {
    const ended = known?.excluded === true;
    return {
      go: 'on',
      draft: ended ? amended(draft, { askedAgain: { code: 'exclusion-ended' }, toldAt: null }) : draft,
    };
  }
  const free =
    draft.case.decision === null ? draft : amended(draft, { decision: null, asking: draft.case.asking + 1 });
  if (keysOfOurs(free.case).length > 0) return byHand(situation, free, 'excluded');
  if (activeKeys(free.case.keys).length <= 1)
    return { go: 'end', rule: 'settled', draft: closed(situation, free, 'by-owner') };
  return { go: 'end', rule: 'excluded', draft: inPhase(free, 'excluded', now) };
}

/** A restore that a person asked for: one key a pass, repeated until it is seen Active. Nothing but IAM itself stops it. */
export function restore(situation: Seen, draft: Draft): Step {
  const wanted = Object.entries(draft.case.progress).find(([, progress]) => progress.restoring !== undefined);
  if (wanted === undefined) return { go: 'on', draft };
  if (situation.policy.mode === 'observe') return byHand(situation, draft, 'restore');
  const justTried = situation.last?.action.kind === 'reactivate' && situation.last.action.keyId === wanted[0];
  if (justTried) return { go: 'end', rule: 'restore', draft };
  const claimed = amended(draft, {}, { code: 'reactivating', keyId: wanted[0] });
  return { go: 'end', rule: 'restore', draft: claimed, action: { kind: 'reactivate', keyId: wanted[0] } };
}

/** Where IAM forbids us to bring a key back, a person gets the exact command. */
function byHand(situation: Seen, draft: Draft, rule: 'excluded' | 'restore'): Step {
  const turned = inPhase(draft, 'held', situation.now, { heldFor: 'restore-by-hand' });
  return { go: 'end', rule, draft: held(situation, turned, draft) };
}
