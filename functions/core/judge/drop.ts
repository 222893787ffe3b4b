import type { Case } from '../case/case.ts';
import { type DroppedAnswer, type DropReason, withDropped } from '../case/dropped.ts';
import { sameKeys } from '../case/facts.ts';
import { givenBy, isAbout } from '../case/mailed-to.ts';
import type { CheckedRequest } from '../case/requests.ts';
import type { Policy } from '../model/policy.ts';
import { amended } from './draft.ts';
import type { Draft, Seen } from './situation.ts';

/** The answer that is dropped, with whoever gave it. */
export type Dropped = Pick<
  DroppedAnswer,
  'digest' | 'kind' | 'by' | 'address' | 'at' | 'ownKey' | 'fromBackup'
>;

/** The draft in which an answer is on record as dropped, so that whoever gave it is told. */
export function dropped(draft: Draft, answer: Dropped, why: DropReason): Draft {
  const { number, asking } = draft.case;
  const one = { number, asking, ...answer, why, owed: true };
  return amended(
    draft,
    { dropped: withDropped(draft.case, one) },
    { code: 'answer-dropped', by: answer.by, detail: why },
  );
}

/**
 * The draft in which a request is on record as dropped. Without a link of ours, or with one for another case or for
 * nobody in the settings, nobody is known to have given it. `more`: the reason where `why` is too general.
 */
export function droppedRequest(
  draft: Draft,
  { request, claim }: CheckedRequest,
  why: DropReason,
  policy: Policy,
  more: Pick<Dropped, 'ownKey' | 'fromBackup'> = {},
): Draft {
  const giver = claim !== null && isAbout(claim, draft.case) ? givenBy(claim, policy) : null;
  if (giver === null) {
    return draft;
  }
  const { digest, at, ask } = request;
  return dropped(draft, { digest, at, kind: ask.kind, ...giver, ...more }, why);
}

/**
 * The draft in which an answer is dropped because its question is not the present one any more. The question gets a new
 * number, so that the answer does not count either if the keys are later as they were shown.
 */
export function overtakenRequest(
  { observed, policy }: Seen,
  before: Case,
  draft: Draft,
  checked: CheckedRequest,
): Draft {
  const why = sameKeys(before.keys, observed.keys) ? 'asked-anew' : 'keys-changed';
  return droppedRequest(askedAnew(before, draft), checked, why, policy);
}

/** The draft with a new number of the question, unless this pass has given it one. */
export function askedAnew({ asking }: Case, draft: Draft): Draft {
  return draft.case.asking === asking ? amended(draft, { asking: asking + 1 }) : draft;
}
