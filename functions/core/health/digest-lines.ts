import { addressMark } from '../case/requests.ts';
import type { Approver, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { MAIL, personName } from '../words/style.ts';
import { dayAndMonth } from '../words/words.ts';
import type { CheckedSubscriptions } from './reach.ts';
import type { HealthState } from './state.ts';
import { REACHES } from './subscriptions.ts';
import { healthLine } from './words.ts';

/**
 * The lines about Solekey itself in a digest: how it watches, and which other approvers get no mail, because nobody but
 * them would notice.
 */
export function digestLines(
  state: HealthState | null,
  checked: CheckedSubscriptions | null,
  reader: Approver,
  policy: Policy,
  now: Instant,
): readonly string[] {
  const lost = policy.approvers.flatMap(({ id, email }) => {
    const found = email === reader.email ? undefined : checked?.addresses[addressMark(email)];
    return found === undefined || REACHES[found.state]
      ? []
      : `${personName(policy, id, MAIL)} gets no mail since ${dayAndMonth(found.since)}.`;
  });
  return [healthLine(state, now), ...lost];
}
