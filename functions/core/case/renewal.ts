/** *Renewal*: an exception that leaves a key of the last one. Another approver gives it, as long as one may (ADR 033). */
import { type Control, deciders, type Policy } from '../model/policy.ts';
import type { Case } from './case.ts';
import { isReached } from './dates.ts';
import { renews } from './exception.ts';
import { type Giver, giverOf } from './mailed-to.ts';
import { ownKept } from './own-key.ts';

/**
 * True if a person would renew an exception that they gave themselves, while somebody else may give it and can be reached. An
 * approver with the same id or the same address counts as the same person, and the rule that nobody approves their own key
 * withholds it from others: so the two rules together leave somebody who may.
 */
export function renewsTheirOwn(
  current: Pick<Case, 'account' | 'origins' | 'exceptions'>,
  giver: Giver,
  spare: readonly string[],
  policy: Policy,
  control: Control,
): boolean {
  const last = renews(current, spare);
  if (last === null || !isSamePerson(last, giver)) {
    return false;
  }
  return deciders(policy, control, current).some((one) => {
    const other = giverOf(one);
    const isOther = !isSamePerson(other, giver) && !isSamePerson(other, last);
    return isOther && isReached(one, control) && ownKept(current, spare, one, policy, control) !== 'withheld';
  });
}

function isSamePerson(one: Giver, other: Giver): boolean {
  return one.by === other.by || one.address === other.address;
}
