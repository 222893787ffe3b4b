import type { Case } from '../case/case.ts';
import { type Decision, keptBy } from '../case/decision.ts';
import { allDue } from '../case/deletion.ts';
import { DAY, HOUR, type Instant, plus, type Seconds, secondsBetween } from '../model/time.ts';
import { covers, freshInGrace, regionsOf, shownFrom } from '../proposal/needed-lookup.ts';
import { type NotMoved, type Unproved, type Work, workOf } from '../proposal/unproved.ts';
import { amended } from './draft.ts';
import type { Draft, Seen } from './situation.ts';

/**
 * S14 for a deletion that is due. `free`: nobody has to ask for the work of these keys · `moved`: all of it was seen with the
 * kept key · `ask`: only a person may let it happen · `wait`: a lookup may still show that nobody must.
 */
export type MovedWork =
  | { readonly kind: 'free' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'ask'; readonly missing: readonly Unproved[] }
  | { readonly kind: 'wait'; readonly until: Instant };

/** A deletion waits no longer than this for a lookup, counted from the time at which it was due. */
const LOOKUP_AWAITED: Seconds = 7 * DAY;

/** The first wait for a lookup, as a multiple of `settle`. Each one is as long as all before it, up to {@link LONGEST_WAIT}. */
const FIRST_WAIT = 10;
const LONGEST_WAIT: Seconds = HOUR;

/**
 * S14: if the consumers of the keys that are due for deletion were seen with the kept key. A lookup that says they were counts
 * whenever it was made since CloudTrail shows all calls with those keys, because later ones can only confirm it. One that
 * says they were not must be as recent as lookups are during the grace period. A confirmed deletion is a person's own
 * responsibility.
 */
export function movedWork(situation: Seen, draft: Draft, decision: Decision): MovedWork {
  const { policy, control, now } = situation;
  const { case: current } = draft;
  if (policy.usage === null || decision.confirmed !== null) {
    return { kind: 'free' };
  }
  if (decision.workMoved !== undefined) {
    return { kind: 'moved' };
  }
  const missing = stillMissing(situation, current, decision, policy.usage);
  if (missing === null) {
    return { kind: 'free' };
  }
  if (missing.length === 0) {
    return { kind: 'moved' };
  }
  const due = allDue(current, decision, policy, control, now);
  const latest = plus(due, LOOKUP_AWAITED);
  const recent = plus(now, -freshInGrace(decision, policy));
  if (now >= latest || missing.some((one) => isFinal(one, recent < due ? recent : due))) {
    return { kind: 'ask', missing };
  }
  const wait = Math.min(LONGEST_WAIT, Math.max(FIRST_WAIT * policy.settle, secondsBetween(due, now)));
  const until = plus(now, wait);
  return { kind: 'wait', until: until < latest ? until : latest };
}

/** Records the time at which all work was first seen with the kept key, which no later lookup takes back. */
export function notingMoved(situation: Seen, draft: Draft, decision: Decision): Draft {
  const { policy, now } = situation;
  if (policy.usage === null || decision.workMoved !== undefined) {
    return draft;
  }
  const missing = stillMissing(situation, draft.case, decision, policy.usage);
  return missing?.length === 0 ? amended(draft, { decision: { ...decision, workMoved: now } }) : draft;
}

/**
 * The keys whose work is not proved to have moved; null if none of them was in use, so that nobody has to ask. `looked` is the
 * setting `usage`. Lookups that lack a Region in which the work may be now prove nothing.
 */
function stillMissing(
  { policy, besides }: Seen,
  current: Case,
  decision: Decision,
  looked: readonly string[],
): Unproved[] | null {
  const usage = besides?.usage ?? {};
  const work = workOf(current, { usage });
  if (work.length === 0) {
    return null;
  }
  const regions = regionsOf(current, looked);
  const compared = [...work.map(({ id }) => id), keptBy(decision)].filter((id) => id !== null);
  const isComplete = compared.every((id) => covers(usage[id]?.lookup, regions));
  return work.flatMap((one) => notMoved(one, isComplete, policy) ?? []);
}

/**
 * The same with the reason why its work is not proved to have moved; null if it is. A lookup from before CloudTrail showed
 * every call with the key, or one that is not complete, counts as none.
 */
function notMoved({ verdict, ...work }: Work, isComplete: boolean, policy: Seen['policy']): Unproved | null {
  if (!isComplete || (work.at !== null && work.at < shownFrom(work.since, policy))) {
    return { ...work, verdict: { kind: 'not-looked-up', why: 'waiting' } };
  }
  return verdict.kind === 'taken-over' ? null : { ...work, verdict };
}

/** True if another lookup would hardly differ from this one, which must be no older than `recent`. */
export function isFinal(
  { verdict, at }: { readonly verdict: NotMoved; readonly at: Instant | null },
  recent: Instant,
): boolean {
  switch (verdict.kind) {
    case 'none-kept':
    case 'several-kept':
      return true;
    case 'not-looked-up':
      return false;
    case 'partly':
    case 'not-seen':
      return at !== null && at > recent;
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
