import type { Case } from '../case/case.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import { sameDay } from '../words/words.ts';

/** The time since which a user has several Active keys. `seen`: Solekey saw it then, and it may be older. */
export interface ViolationSince {
  readonly at: Instant;
  readonly seen: boolean;
}

/**
 * The time since which a user has several Active keys, as far as the case tells; null if it does not. IAM does not say when a key
 * became Active, only when it was created. So the day on which Solekey saw the keys is exact only if enough of them were
 * created on that day.
 */
export function violationSince(keys: readonly ObservedKey[], current: Case | null): ViolationSince | null {
  const at = current === null ? null : seenFrom(current);
  if (at === null) {
    return null;
  }
  const [, second] = activeKeys(keys)
    .map(({ created }) => created)
    .sort();
  return { at, seen: second === undefined || !sameDay(second, at) };
}

/** The case began with the keys, unless one of them was deactivated in the meantime. Then its present question did. */
function seenFrom(current: Case): Instant | null {
  const { opened, reopenedAt, phase, phaseSince } = current;
  if (!wasInterrupted(current)) {
    return reopenedAt ?? opened;
  }
  return phase === 'awaiting-decision' || phase === 'rotating' ? phaseSince : null;
}

/** True if a key of this case may have been Inactive for a while. */
function wasInterrupted({ progress, restored = {}, askedAgain }: Case): boolean {
  return (
    Object.values(progress).some(({ deactivated }) => deactivated !== undefined) ||
    Object.keys(restored).length > 0 ||
    askedAgain?.code === 'reactivated'
  );
}
