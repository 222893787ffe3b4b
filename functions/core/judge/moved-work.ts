import type { Decision } from '../case/decision.ts';
import { allDue } from '../case/deletion.ts';
import { DAY, HOUR, type Instant, MINUTE, plus, type Seconds, secondsBetween } from '../model/time.ts';
import { STALE_IN_GRACE } from '../proposal/needed-lookup.ts';
import { type Unproved, unproved } from '../proposal/unproved.ts';
import { amended } from './draft.ts';
import type { Draft, Seen } from './situation.ts';

/** S14 for a deletion that is due. `ask`: only a person may let it happen. `wait`: a lookup may still show that nobody must. */
export type MovedWork =
  | { readonly kind: 'moved' }
  | { readonly kind: 'ask'; readonly missing: readonly Unproved[] }
  | { readonly kind: 'wait'; readonly until: Instant };

/** A deletion waits no longer than this for a lookup, counted from the time at which it was due. */
const LOOKUP_AWAITED: Seconds = 7 * DAY;

/** The first wait for a lookup. Each one is as long as all before it, up to {@link LONGEST_WAIT}. */
const FIRST_WAIT: Seconds = 10 * MINUTE;
const LONGEST_WAIT: Seconds = HOUR;

/**
 * S14: if the consumers of the keys that are due for deletion were seen with the kept key. A lookup that says they were counts
 * whenever it was made, because later ones can only confirm it. One that says they were not must be as recent as lookups
 * are during the grace period. A confirmed deletion is a person's own responsibility.
 */
export function movedWork(
  { policy, control, now, besides }: Seen,
  { case: current }: Draft,
  decision: Decision,
): MovedWork {
  if (policy.usage === null || decision.confirmed !== null) {
    return { kind: 'moved' };
  }
  const missing = unproved(current, { usage: besides?.usage ?? {} });
  if (missing.length === 0) {
    return { kind: 'moved' };
  }
  const due = allDue(current, decision, policy, control, now);
  const latest = plus(due, LOOKUP_AWAITED);
  if (now >= latest || missing.some((one) => isFinal(one, now))) {
    return { kind: 'ask', missing };
  }
  const wait = Math.min(LONGEST_WAIT, Math.max(FIRST_WAIT, secondsBetween(due, now)));
  const until = plus(now, wait);
  return { kind: 'wait', until: until < latest ? until : latest };
}

/** True if another lookup would hardly say anything else. */
export function isFinal({ verdict, at }: Unproved, now: Instant): boolean {
  switch (verdict.kind) {
    case 'none-kept':
      return true;
    case 'not-looked-up':
      return false;
    case 'partly':
    case 'not-seen':
      return at !== null && now < plus(at, STALE_IN_GRACE);
  }
}

/** Records for which keys a person must confirm the deletion, and why. */
export function notingMissing(draft: Draft, missing: readonly Unproved[]): Draft {
  return missing.reduce(
    (d, { id, verdict }) =>
      amended(d, {}, { code: 'awaiting-confirmation', keyId: id, detail: verdict.kind }),
    draft,
  );
}
