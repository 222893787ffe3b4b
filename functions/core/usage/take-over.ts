import type { Instant } from '../model/time.ts';
import { familyText } from './families.ts';
import type { Family, KeyUsage, NotLookedUp } from './usage.ts';

/**
 * *Take-over*: if the kept key is seen doing what the deactivated one did. `hidden`: how many families or events of the
 * deactivated key are unknown, so that nobody can say that all of it was taken over.
 */
export type TakeOver =
  | { readonly kind: 'taken-over' }
  | { readonly kind: 'partly'; readonly missing: readonly Family[]; readonly hidden: number }
  /** None of it was seen. `missing` is empty if the history shows no use of the deactivated key to begin with. */
  | { readonly kind: 'not-seen'; readonly missing: readonly Family[] }
  | { readonly kind: 'not-looked-up'; readonly why: NotLookedUp };

/**
 * Compares the families of a deactivated key with what the kept key did at or after `since`, which is usually the moment of the
 * deactivation. A family is taken over by calls from the same source by the same kind of program to the same service in the
 * same Region, of which at least one succeeded (unless the deactivated key's all failed, too). Data events, assumed roles and
 * session tokens are in neither history.
 */
export function takeOver(deactivated: KeyUsage, kept: KeyUsage, since: Instant): TakeOver {
  const unread = [deactivated, kept].flatMap(({ lookup }) =>
    lookup.kind === 'not-looked-up' ? [lookup.why] : [],
  );
  const [why] = unread;
  if (why !== undefined) {
    return { kind: 'not-looked-up', why };
  }
  const now = new Map(
    kept.families.filter(({ last }) => last >= since).map((family) => [familyText(family), family]),
  );
  const missing = deactivated.families.filter((family) => !doneBy(now.get(familyText(family)), family));
  const hidden = (deactivated.leftOut ?? 0) + (deactivated.unread ?? 0);
  if (missing.length === deactivated.families.length) {
    return { kind: 'not-seen', missing };
  }
  return missing.length === 0 && hidden === 0 ? { kind: 'taken-over' } : { kind: 'partly', missing, hidden };
}

function doneBy(now: Family | undefined, before: Family): boolean {
  return now !== undefined && (works(now) || !works(before));
}

const works = ({ count, errors }: Family): boolean => errors < count;
