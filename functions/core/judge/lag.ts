import type { Case } from '../case/case.ts';
import { isExcluded } from '../model/exclusion.ts';
import type { KeyStatus, Lag, LastUsed, Observation, ObservedKey, SeenUser } from '../model/observation.ts';
import { scopeOf } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import { type Instant, latest, plus } from '../model/time.ts';
import type { Attempt, Situation } from './situation.ts';

/** The data besides the observation that tells if it goes back in time. */
interface Known {
  readonly current: Case;
  readonly policy: Policy;
  readonly now: Instant;
  readonly last: Attempt | null;
}

/**
 * The observation as far as it is believed. IAM's reads may go back in time within `settle` (law 3): a status, an
 * absence or an exclusion that ended less than `settle` ago, as the case recorded it, is not believed when it is seen
 * again, and what was recorded counts. It may also be a real change back, so `lag` says when to evaluate again.
 */
export function withoutLag(
  observed: Observation,
  { current, ...more }: { readonly current: Case | null } & Omit<Known, 'current'>,
): Observation {
  if (observed.kind !== 'user' || current === null || current.phase === 'closed') {
    return observed;
  }
  const known = { current, ...more };
  const ids = [...new Set([...observed.keys, ...current.keys].map(({ id }) => id))];
  const back = ids.flatMap((id) => {
    const until = keyBelievedFrom(id, observed, known);
    return until === null ? [] : [{ id, until }];
  });
  const tagsUntil = exclusionBelievedFrom(observed, known);
  const scopeUntil = scopeBelievedFrom(observed, known);
  if (back.length === 0 && tagsUntil === null && scopeUntil === null) {
    return observed;
  }
  const keys = back.map(({ id }) => id);
  const lag: Lag = {
    until: latest(tagsUntil ?? '', scopeUntil, ...back.map(({ until }) => until)),
    keys,
    excluded: tagsUntil === null ? null : current.excluded,
    ...(scopeUntil === null ? {} : { outside: current.outside === true }),
  };
  return { ...observed, keys: asRecorded(observed.keys, current, keys), lag };
}

/** When a reading that says the same will be believed; null if all of this one is. */
export function believedFrom({ observed }: Pick<Situation, 'observed'>): Instant | null {
  return observed.kind === 'user' ? (observed.lag?.until ?? null) : null;
}

/** When the observation of a key may be believed; null if it may be now. */
function keyBelievedFrom(
  id: string,
  observed: SeenUser,
  { current, policy, now, last }: Known,
): Instant | null {
  const seen = statusOf(observed.keys, id);
  const recorded = current.keys.find((key) => key.id === id);
  // What the previous write of this pass was to bring about is its result, and not the past.
  const ours = last?.outcome === 'done' && last.action.keyId === id;
  if (seen === (recorded?.status ?? null) || ours) {
    return null;
  }
  const ends = current.former.flatMap(({ keys, until }) => (statusOf(keys, id) === seen ? [until] : []));
  const created = recorded !== undefined && seen === null ? [recorded.created] : [];
  return future([...ends, ...created], policy, now);
}

/** When the tags in an observation may be believed; null if they may be now. */
function exclusionBelievedFrom(observed: SeenUser, { current, policy, now }: Known): Instant | null {
  const excluded = isExcluded(observed, policy.exclude);
  if (excluded === current.excluded) {
    return null;
  }
  const ends = current.former.flatMap((facts) => (facts.excluded === excluded ? [facts.until] : []));
  return future(ends, policy, now);
}

/** When a reading that shows the user on the other side of `only` may be believed; null if it may be now. */
function scopeBelievedFrom(observed: SeenUser, { current, policy, now }: Known): Instant | null {
  const { outside } = scopeOf(current, observed, policy);
  if (outside === current.outside) {
    return null;
  }
  const ends = current.former.flatMap((facts) => (facts.outside === outside ? [facts.until] : []));
  return future(ends, policy, now);
}

/** The time `settle` after the latest of these changes; null if it has passed or there are none. */
function future(changes: readonly Instant[], { settle }: Policy, now: Instant): Instant | null {
  const until = latest('', ...changes.map((at) => plus(at, settle)));
  return until > now ? until : null;
}

function statusOf(keys: readonly { readonly id: string; readonly status: KeyStatus }[], id: string) {
  return keys.find((key) => key.id === id)?.status ?? null;
}

/**
 * The observed keys, with these as the case recorded them, or without them if it recorded their absence. Nobody read now when a
 * key was last used that the list does not have, so what was read before clears no change (S6).
 */
function asRecorded(keys: readonly ObservedKey[], current: Case, back: readonly string[]): ObservedKey[] {
  const believed = keys.filter(({ id }) => !back.includes(id));
  const recorded = current.keys.filter(({ id }) => back.includes(id));
  const use = (id: string): LastUsed => keys.find((key) => key.id === id)?.lastUsed ?? { kind: 'not-read' };
  return [...believed, ...recorded.map((key) => ({ ...key, lastUsed: use(key.id) }))];
}
