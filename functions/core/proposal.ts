import type { KeyOrigin } from './case.ts';
import { activeKeys } from './compliance.ts';
import type { ObservedKey } from './model.ts';
import { DAY, type Instant, plus, type Seconds } from './time.ts';

export type Confidence = 'high' | 'medium' | 'low';

/** Why we propose what we propose; each becomes one sentence. */
export type Reason =
  | { code: 'only-key'; keyId: string }
  | { code: 'in-use'; keyId: string }
  | { code: 'idle'; keyId: string; since: Instant }
  | { code: 'never-used'; keyId: string }
  | { code: 'too-young-to-tell'; keyId: string }
  | { code: 'traffic-moved'; keyId: string }
  | { code: 'rotation-under-way'; keyId: string; inUse: string }
  | { code: 'both-in-use'; keyIds: readonly string[] }
  | { code: 'most-recently-used'; keyId: string }
  | { code: 'newest'; keyId: string };

/** Which key we would keep. Never more than advice: only a person decides. */
export interface Proposal {
  keep: string;
  /** The other Active keys, in the order of the listing by age, newest first. */
  others: string[];
  confidence: Confidence;
  reasons: Reason[];
}

export interface ProposalContext {
  now: Instant;
  /** A key used within this time counts as in use. */
  quietPeriod: Seconds;
  /** A key younger than this may be half of a rotation under way. */
  rotationWindow: Seconds;
  origins: Readonly<Record<string, KeyOrigin>>;
}

/** A key younger than this may have been used without IAM saying so yet. */
const YOUNG = DAY;

/** The key to keep, with reasons; null when none is Active. The order of the listing does not matter. */
export function propose(keys: readonly ObservedKey[], context: ProposalContext): Proposal | null {
  const active = activeKeys(keys).sort(newestFirst);
  const [newest, ...older] = active;
  if (newest === undefined) return null;
  const result = (keep: ObservedKey, confidence: Confidence, ...reasons: Reason[]): Proposal => ({
    keep: keep.id,
    others: active.filter((key) => key !== keep).map((key) => key.id),
    confidence,
    reasons,
  });
  if (older.length === 0) return result(newest, 'high', { code: 'only-key', keyId: newest.id });
  const quietSince = plus(context.now, -context.quietPeriod);
  const inUseNow = active.filter((key) => inUse(key, quietSince)).sort(lastUsedFirst);
  const everUsed = active.filter((key) => key.lastUsed.kind === 'used').sort(lastUsedFirst);
  const [busiest, ...alsoBusy] = inUseNow;
  if (busiest === undefined) return noneInUse(newest, everUsed, context, result);
  if (alsoBusy.length > 0) {
    const both: Reason = { code: 'both-in-use', keyIds: inUseNow.map((key) => key.id) };
    return result(busiest, 'low', both, { code: 'most-recently-used', keyId: busiest.id });
  }
  const others = active.filter((key) => key !== busiest);
  const idle = others.map(idleReason(context));
  if (busiest === newest)
    return result(newest, 'high', { code: 'in-use', keyId: newest.id }, ...idle, {
      code: 'traffic-moved',
      keyId: newest.id,
    });
  const freshUnused =
    newest.lastUsed.kind !== 'used' && newest.created > plus(context.now, -context.rotationWindow);
  if (freshUnused) {
    const rotation: Reason = { code: 'rotation-under-way', keyId: newest.id, inUse: busiest.id };
    return result(busiest, 'low', { code: 'in-use', keyId: busiest.id }, rotation);
  }
  const certain = others.every((key) => !isYoung(key, context.now));
  return result(busiest, certain ? 'high' : 'medium', { code: 'in-use', keyId: busiest.id }, ...idle);
}

/** Nothing was used of late: the most recently used key is the best guess, or the newest if none ever was. */
function noneInUse(
  newest: ObservedKey,
  everUsed: readonly ObservedKey[],
  context: ProposalContext,
  result: (keep: ObservedKey, confidence: Confidence, ...reasons: Reason[]) => Proposal,
): Proposal {
  const [last] = everUsed;
  const why = (key: ObservedKey) => idleReason(context)(key);
  if (last === undefined) return result(newest, 'low', why(newest), { code: 'newest', keyId: newest.id });
  const confidence = last === newest ? 'medium' : 'low';
  return result(last, confidence, { code: 'most-recently-used', keyId: last.id }, why(last));
}

function idleReason({ now }: ProposalContext): (key: ObservedKey) => Reason {
  return (key) => {
    if (key.lastUsed.kind === 'used') return { code: 'idle', keyId: key.id, since: key.lastUsed.at };
    return { code: isYoung(key, now) ? 'too-young-to-tell' : 'never-used', keyId: key.id };
  };
}

/** Whether IAM knows of a use after `since`. */
export function inUse(key: ObservedKey, since: Instant): boolean {
  return key.lastUsed.kind === 'used' && key.lastUsed.at > since;
}

function isYoung(key: ObservedKey, now: Instant): boolean {
  return key.created > plus(now, -YOUNG);
}

/** By creation, then by id, because creation times have one-second resolution. */
function newestFirst(a: ObservedKey, b: ObservedKey): number {
  return order(b.created, a.created) || order(a.id, b.id);
}

function lastUsedFirst(a: ObservedKey, b: ObservedKey): number {
  const at = (key: ObservedKey) => (key.lastUsed.kind === 'used' ? key.lastUsed.at : '');
  return order(at(b), at(a)) || newestFirst(a, b);
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
