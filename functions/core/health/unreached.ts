import { addressMark } from '../case/requests.ts';
import type { Approver, Policy } from '../model/policy.ts';
import { personName, type Style } from '../words/style.ts';
import { dayAndMonth } from '../words/words.ts';
import type { CheckedSubscriptions } from './reach.ts';
import { REACHES } from './subscriptions.ts';

/**
 * A sentence for each approver whose address gets no mail, as the last check found it; none without a check. `reader` is left
 * out: whoever reads a mail gets it. Null for a page, whose reader may well get none.
 */
export function unreachedSentences(
  checked: CheckedSubscriptions | null,
  policy: Pick<Policy, 'approvers'>,
  reader: Approver | null,
  style: Style,
): string[] {
  return policy.approvers.flatMap(({ id, email }) => {
    const found = email === reader?.email ? undefined : checked?.addresses[addressMark(email)];
    return found === undefined || REACHES[found.state]
      ? []
      : `${personName(policy, id, style)} has been getting no mail since ${dayAndMonth(found.since)}.`;
  });
}
