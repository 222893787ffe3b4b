import type { Approver, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { MAIL } from '../words/style.ts';
import type { CheckedSubscriptions } from './reach.ts';
import type { HealthState } from './state.ts';
import { unreachedSentences } from './unreached.ts';
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
  return [healthLine(state, now, policy.digest.zone), ...unreachedSentences(checked, policy, reader, MAIL)];
}
