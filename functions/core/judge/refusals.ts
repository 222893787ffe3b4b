import type { Case } from '../case/case.ts';
import { answerExpires } from '../case/dates.ts';
import type { DropReason } from '../case/dropped.ts';
import { type Giver, givenBy, giverOf, isAbout, isFor } from '../case/mailed-to.ts';
import { type OwnKey, ownAnswer } from '../case/own-key.ts';
import {
  type Ask,
  type CheckedRequest,
  type DecisionRequest,
  isChoosing,
  type LinkClaim,
  linkAllows,
  mayDecide,
} from '../case/requests.ts';
import { onlyObserves } from '../model/only.ts';
import { isFromBackup, type Policy } from '../model/policy.ts';
import { MINUTE, plus } from '../model/time.ts';
import { ANEW, amended } from './draft.ts';
import { type Dropped, droppedRequest } from './drop.ts';
import type { Draft, Seen } from './situation.ts';

/** Clocks of two functions differ a little. A request from further in the future is refused. */
const CLOCK_SKEW = 5 * MINUTE;

/** Reason why a request is refused. It is recorded, and nothing is assumed instead. */
export type Refusal =
  | 'not-signed'
  | 'other-case'
  | 'wrong-purpose'
  | 'not-an-approver'
  | 'link-expired'
  | 'too-old'
  | 'from-the-future'
  | 'observe-mode'
  | 'not-these-keys'
  | 'not-asked'
  | 'not-for-a-list'
  | 'too-long'
  | 'ended'
  | 'own-exception'
  | 'own-key'
  | 'from-backup'
  | 'too-late';

/**
 * The person whose request it is, or the reason why it is refused: its link must be signed by us and permit this
 * request now (S1). `misfit` is what is wrong with the request itself.
 */
export function checkedBy(
  situation: Seen,
  current: Case,
  { request, claim }: CheckedRequest,
  misfit: Refusal | null,
): Giver | { readonly why: Refusal } {
  if (claim === null) {
    return { why: 'not-signed' };
  }
  const { policy, control } = situation;
  const misplaced = notHere(current, request, claim);
  const giver = givenBy(claim, policy);
  if (giver === null || !mayDecide(policy, control, giver, current)) {
    return { why: misplaced ?? 'not-an-approver' };
  }
  const own = ownAnswerBy(giver, current, request.ask, situation) === 'withheld' ? 'own-key' : null;
  const why = misplaced ?? notNow(situation, current, request, claim) ?? misfit ?? own;
  return why === null ? giver : { why };
}

/** The effect on an answer of the rule that nobody approves their own key; null if it does not apply. */
export function ownAnswerBy(
  { by, address }: Giver,
  current: Case,
  ask: Ask,
  { policy, control }: Pick<Seen, 'policy' | 'control'>,
): OwnKey | null {
  const people = policy.approvers.filter((one) => isFor({ recipient: by, address }, giverOf(one)));
  const found = people.map((one) => ownAnswer(current, ask, one, policy, control));
  return found.find((own) => own !== null) ?? null;
}

/** The reason why a link never permits this request: the case or the purpose; null if it does. */
function notHere(current: Case, request: DecisionRequest, claim: LinkClaim): Refusal | null {
  if (!isAbout(claim, current)) {
    return 'other-case';
  }
  return linkAllows(claim.purpose, request.ask) ? null : 'wrong-purpose';
}

/** The reason why a link does not permit this request now; null if it does. */
function notNow(
  { policy, control, now }: Seen,
  current: Case,
  request: DecisionRequest,
  claim: LinkClaim,
): Refusal | null {
  if (isFromBackup(control, request.at)) {
    return 'from-backup';
  }
  if (request.at > claim.expires) {
    return 'link-expired';
  }
  if (request.at > plus(now, CLOCK_SKEW)) {
    return 'from-the-future';
  }
  if (now > answerExpires(request.at, policy)) {
    return 'too-old';
  }
  return onlyObserves(policy, current) && request.ask.kind !== 'restore' ? 'observe-mode' : null;
}

/** The id on record where a link has only a mark and nobody in the settings has it; people read `someone`. */
const NOBODY_KNOWN = '';

/**
 * A refused request must not block its question, so the question is asked again under a new digest. Its author is
 * told; if they may not decide any more, everybody else is asked again at once, with that reason. So is everybody if only
 * somebody else may give that answer (until now nobody may have known whose key it is), or if it came from a backup.
 */
export function refused(draft: Draft, why: Refusal, checked: CheckedRequest, policy: Policy): Draft {
  const { claim, request } = checked;
  const giver = claim === null ? null : givenBy(claim, policy);
  const by = giver === null ? {} : { by: giver.by };
  const asked = amended(
    draft,
    { asking: draft.case.asking + 1 },
    { code: 'request-refused', detail: why, ...by },
  );
  const told = droppedRequest(asked, checked, DROPPED_AS[why], policy, moreOn(why));
  if (why === 'own-key' || why === 'from-backup') {
    return amended(told, { askedAgain: null, ...ANEW });
  }
  return claim !== null && why === 'not-an-approver' && isChoosing(request.ask)
    ? amended(told, { askedAgain: { code: 'approver-removed', by: giver?.by ?? NOBODY_KNOWN }, ...ANEW })
    : told;
}

/** The reason that people are given besides `not-valid`: a variant of its own could not be read by the release before. */
function moreOn(why: Refusal): Pick<Dropped, 'ownKey' | 'fromBackup'> {
  return {
    ...(why === 'own-key' ? { ownKey: true } : {}),
    ...(why === 'from-backup' ? { fromBackup: true } : {}),
  };
}

/** The reason that people are given for each refusal. */
const DROPPED_AS = {
  'not-signed': 'not-valid',
  'other-case': 'not-valid',
  'wrong-purpose': 'not-valid',
  'not-an-approver': 'not-an-approver',
  'link-expired': 'not-valid',
  'too-old': 'expired',
  'from-the-future': 'not-valid',
  'observe-mode': 'observe-mode',
  'not-these-keys': 'keys-changed',
  'not-asked': 'asked-anew',
  'not-for-a-list': 'not-for-a-list',
  'too-long': 'too-long',
  ended: 'ended',
  'own-exception': 'own-exception',
  'own-key': 'not-valid',
  'from-backup': 'not-valid',
  'too-late': 'too-late',
} as const satisfies Record<Refusal, DropReason>;
