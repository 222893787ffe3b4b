import { broughtBack } from '../case/brought-back.ts';
import { type Alarmed, type AskedAgain, type Case, keysOfOurs, type NoticeKind } from '../case/case.ts';
import { firstToldFrom, rotationEnds, toldAgainFrom } from '../case/dates.ts';
import { exposedKeys } from '../case/exposure.ts';
import { isSuspicious, type UnexpectedCreators, unexpectedCreators } from '../case/unexpected-creators.ts';
import { activeKeys } from '../model/compliance.ts';
import type { Policy } from '../model/policy.ts';
import { plus } from '../model/time.ts';
import { carryOn } from './carry-on.ts';
import { ANEW, amended, inPhase, telling } from './draft.ts';
import { settled } from './endings.ts';
import { held, questionAfterHold, reminded } from './hold.ts';
import type { Draft, Ending, Seen, Step } from './situation.ts';

/** Judgement 5: at most one Active key, and no decision to deactivate the last one. */
export function atMostOne(situation: Seen, draft: Draft): Step {
  const active = activeKeys(draft.case.keys);
  if (active.length > 1) {
    return { go: 'on', draft };
  }
  if (draft.case.decision !== null) {
    return carryOn(situation, draft, draft.case.decision);
  }
  if (keysOfOurs(draft.case).length === 0) {
    return nothingPending(situation, draft, active.length);
  }
  if (active.length === 0) {
    return { go: 'end', rule: 'no-active-key', draft: withoutKey(situation, draft) };
  }
  // A hold for a key that was used lasts until a person decides or restores the key.
  const stays = draft.case.heldFor === 'used-after-deactivation' && draft.case.askedAgain?.code === 'in-use';
  const asked = stays
    ? held(situation, draft, draft)
    : question(situation, inPhase(questionAfterHold(draft), 'awaiting-decision', situation.now));
  return { go: 'end', rule: 'ask-about-one', draft: asked };
}

/**
 * Compliant, and no change of ours is pending: the case ends. If our own deletions left no key at all, people are
 * notified first.
 */
function nothingPending(situation: Seen, draft: Draft, active: number): Step {
  const removed = Object.values(draft.case.progress).some((progress) => progress.deleted !== undefined);
  if (active === 0 && removed) {
    const held = withoutKey(situation, draft);
    const told = situation.now >= plus(held.case.phaseSince, situation.policy.settle);
    if (!told) {
      return { go: 'end', rule: 'no-active-key', draft: held };
    }
  }
  if (isRestored(draft.case)) {
    return settled(situation, draft, 'by-restore');
  }
  return settled(situation, draft, removed ? 'remediated' : 'by-owner');
}

/** True if the latest change of the keys was a restore that an approver requested. */
function isRestored(current: Case): boolean {
  return current.askedAgain?.code === 'restored' && Object.keys(broughtBack(current)).length > 0;
}

/** S3: no key is Active after a change of ours. */
function withoutKey(situation: Seen, draft: Draft): Draft {
  return held(situation, inPhase(draft, 'held', situation.now, { heldFor: 'no-active-key' }), draft);
}

/**
 * Judgement 7: a new second key counts as a rotation under way. The notice says so, and there are no reminders. A key
 * from an unexpected creator is never a rotation.
 */
export function rotating(situation: Seen, draft: Draft): Step {
  const { policy, now } = situation;
  if (isSuspicious(draft.case, policy)) {
    return { go: 'on', draft };
  }
  if (now >= rotationEnds(draft.case, policy)) {
    return { go: 'on', draft };
  }
  const turned = inPhase(questionAfterHold(draft), 'rotating', now);
  const begun = turned.case.askedAgain !== null || now >= firstToldFrom(turned.case, policy);
  const due = begun && now >= toldAgainFrom(turned.case, policy);
  const told = turned.case.toldAt !== null || !due ? turned : tell(situation, turned, 'rotation');
  return { go: 'end', rule: 'rotating', draft: told };
}

/** Judgement 8: a person must decide. */
export function awaiting(situation: Seen, draft: Draft): Ending {
  const open = questionAfterHold(draft);
  const turned = inPhase(open, 'awaiting-decision', situation.now);
  const anew = draft.case.phase === 'rotating' || open !== draft || isAlarmNew(situation, draft);
  const fresh = anew ? amended(turned, ANEW) : turned;
  return { go: 'end', rule: 'awaiting', draft: question(situation, fresh, anew) };
}

/**
 * True if an unexpected creator of an Active key is known, or an exposed one, of which people were not notified in this case. Then the
 * earlier notice is not enough. They are not notified again of the same key, however often its
 * status changes.
 */
function isAlarmNew({ current, policy }: Seen, draft: Draft): boolean {
  const { alarmed, number } = draft.case;
  const told =
    alarmed === undefined
      ? { creators: toldByOlderRelease(current, number, policy) }
      : toldIn(alarmed, number);
  const isNew = Object.keys(exposedKeys(draft.case)).some((id) => told.exposed?.includes(id) !== true);
  return (
    isNew ||
    Object.entries(unexpectedCreators(draft.case, policy)).some(([id, by]) => told.creators[id] !== by)
  );
}

function toldIn(alarmed: Alarmed, number: number): Pick<Alarmed, 'creators' | 'exposed'> {
  return alarmed.number === number ? alarmed : { creators: {} };
}

/** Releases before 0.3.0 did not record of which creators people were notified in a case. */
function toldByOlderRelease(current: Case | null, number: number, policy: Policy): UnexpectedCreators {
  return current?.number === number && current.remindedAt !== null ? unexpectedCreators(current, policy) : {};
}

/**
 * The first notice of a question, then reminders and escalation when they are due. A key from an unexpected creator
 * is reported immediately.
 */
function question(situation: Seen, draft: Draft, atOnce = false): Draft {
  const { policy, now } = situation;
  if (draft.case.toldAt !== null) {
    return reminded(situation, draft);
  }
  const isUrgent = atOnce && isSuspicious(draft.case, policy);
  if (now < toldAgainFrom(draft.case, policy) && !isUrgent) {
    return draft;
  }
  const hurry = atOnce || draft.case.askedAgain !== null || isSuspicious(draft.case, policy);
  const due = hurry || now >= firstToldFrom(draft.case, policy);
  return due ? tell(situation, draft, 'detected') : draft;
}

/** The kind of notice that asks again, by the reason for it. */
const TOLD_AS = {
  'keys-changed': 'asked-again',
  reactivated: 'asked-again',
  restored: 'restored',
  'in-use': 'asked-again',
  'kept-key-gone': 'asked-again',
  'decision-expired': 'asked-again',
  'approver-removed': 'asked-again',
  'exclusion-ended': 'asked-again',
  'exception-ended': 'asked-again',
  'exception-alarm': 'asked-again',
} as const satisfies Record<AskedAgain['code'], NoticeKind>;

/** Notifies everybody of the present question. */
function tell(situation: Seen, draft: Draft, first: NoticeKind): Draft {
  const { askedAgain } = draft.case;
  return telling(draft, situation, askedAgain === null ? first : TOLD_AS[askedAgain.code]);
}
