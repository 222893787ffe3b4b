import { type BroughtBack, broughtBack } from '../case/brought-back.ts';
import type { Case } from '../case/case.ts';
import { type UnexpectedCreators, unexpectedCreators } from '../case/unexpected-creators.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import { DAY, type Instant, plus, type Seconds } from '../model/time.ts';

/** How sure we are that nothing breaks when the other keys go. */
export type Confidence = 'high' | 'medium' | 'low';

/**
 * Why we propose what we propose; each becomes one sentence about the key `keyId`. First come the keys that somebody made
 * whom nobody expects to, then keys that came back, then the key to keep, then one reason for each other key, newest first, then what follows.
 */
export type Reason =
  /** Its recorded creator is neither the user nor trusted to make keys for others. */
  | { readonly code: 'unexpected-creator'; readonly keyId: string; readonly by: string }
  /** It was off as decided, and came back: something seems to need it. */
  | { readonly code: 'brought-back'; readonly keyId: string; readonly how: 'on-request' | 'by-hand' }
  /** It is the only active key. */
  | { readonly code: 'only-active'; readonly keyId: string }
  /** The key to keep was used within the quiet period. */
  | { readonly code: 'in-use'; readonly keyId: string }
  /** No key was used within the quiet period; this one was used last. */
  | { readonly code: 'last-used'; readonly keyId: string; readonly quietPeriod: Seconds }
  /** No use of any key is known; this one is the newest. */
  | { readonly code: 'newest'; readonly keyId: string }
  /** Another key was used within the quiet period, too. */
  | { readonly code: 'also-in-use'; readonly keyId: string }
  /** An older key out of use, next to a newer one in use: the rotation looks finished. */
  | { readonly code: 'taken-over'; readonly keyId: string; readonly by: string }
  /** Used once, but not in use. */
  | { readonly code: 'idle'; readonly keyId: string }
  /** A fresh key without a use next to a used one: the rotation seems to have only begun. */
  | { readonly code: 'rotation-under-way'; readonly keyId: string; readonly used: string }
  /** No use is known of a key old enough for that to mean something. */
  | { readonly code: 'never-used'; readonly keyId: string }
  /** No use is known of a key younger than a day: no evidence. */
  | { readonly code: 'too-young'; readonly keyId: string }
  /** Its last use was not read: no evidence either. */
  | { readonly code: 'not-read'; readonly keyId: string }
  /** Several keys are in use: whoever uses the one that goes should move first. */
  | { readonly code: 'move-first' };

/** *Proposal*: the key we would keep, and why. Never more than advice: only a person decides. */
export interface Proposal {
  readonly keep: string;
  /** The other Active keys, newest first. */
  readonly others: string[];
  readonly confidence: Confidence;
  readonly reasons: Reason[];
}

export interface ProposalContext {
  readonly now: Instant;
  /** A key used within this time is in use. */
  readonly quietPeriod: Seconds;
  /** A key younger than this may be half of a rotation under way; one idle for longer is out of use for good. */
  readonly rotationWindow: Seconds;
  /** Keys that somebody made whom nobody expects to make keys for this user. */
  readonly unexpected: UnexpectedCreators;
  /** Keys that were off as decided and came back. */
  readonly back: BroughtBack;
}

/** What a proposal about the keys of a case is judged by. */
export function proposalContext(current: Case, policy: Policy, now: Instant): ProposalContext {
  const { quietPeriod, rotationWindow } = policy;
  return {
    now,
    quietPeriod,
    rotationWindow,
    unexpected: unexpectedCreators(current, policy),
    back: broughtBack(current),
  };
}

/** Under this age, no known use says nothing: IAM may lag by hours. */
const YOUNG: Seconds = DAY;

/** Whether IAM knows of a use after `since`. */
export function inUse(key: ObservedKey, since: Instant): boolean {
  return key.lastUsed.kind === 'used' && key.lastUsed.at > since;
}

/** The Active key used last, because today's work depends on it; without any use the newest. */
export function inService(keys: readonly ObservedKey[]): ObservedKey | undefined {
  return activeKeys(keys).sort(lastUsedFirst)[0];
}

/**
 * The proposal for a user's Active keys, however many and in whatever order; null when there is none. The key in service
 * stays. All the rest is how sure we are, and why. Where a stranger made that key, nothing is proposed: see doubt.ts.
 */
export function propose(keys: readonly ObservedKey[], context: ProposalContext): Proposal | null {
  const kept = inService(keys);
  if (kept === undefined || kept.id in context.unexpected) {
    return null;
  }
  const rest = activeKeys(keys)
    .filter(({ id }) => id !== kept.id)
    .sort(newestFirst);
  const verdicts = rest.map((other) => verdict(kept, other, context));
  const several = verdicts.some(({ reason }) => reason.code === 'also-in-use');
  const back = aboutBroughtBack([kept, ...rest], context);
  return {
    keep: kept.id,
    others: rest.map(({ id }) => id),
    confidence: back.length > 0 ? 'low' : weakest(verdicts),
    reasons: [
      ...aboutCreators(rest, context),
      ...back,
      ...aboutKept(kept, rest.length === 0, context),
      ...verdicts.map(({ reason }) => reason),
      ...(several ? [{ code: 'move-first' } as const] : []),
    ],
  };
}

/** Who made a key although nobody expects that. */
function aboutCreators(keys: readonly ObservedKey[], { unexpected }: ProposalContext): Reason[] {
  return keys.flatMap(({ id: keyId }) => {
    const by = unexpected[keyId];
    return by === undefined ? [] : [{ code: 'unexpected-creator', keyId, by }];
  });
}

/** Which keys came back after they had been off: whatever IAM says of uses, somebody missed them. */
function aboutBroughtBack(keys: readonly ObservedKey[], { back }: ProposalContext): Reason[] {
  return keys.flatMap(({ id: keyId }) => {
    const how = back[keyId];
    return how === undefined ? [] : [{ code: 'brought-back', keyId, how }];
  });
}

/** Why this key stays. */
function aboutKept(kept: ObservedKey, alone: boolean, context: ProposalContext): Reason[] {
  const { id: keyId, lastUsed } = kept;
  const { now, quietPeriod } = context;
  if (alone) {
    return [{ code: 'only-active', keyId }];
  }
  if (lastUsed.kind === 'not-read') {
    return [{ code: 'not-read', keyId }];
  }
  if (lastUsed.kind === 'used') {
    const used = inUse(kept, plus(now, -quietPeriod));
    return [used ? { code: 'in-use', keyId } : { code: 'last-used', keyId, quietPeriod }];
  }
  const newest: Reason = { code: 'newest', keyId };
  return isYounger(kept, YOUNG, now) ? [newest, { code: 'too-young', keyId }] : [newest];
}

/** What is to be said of a key that would go, and how sure we are about this one. */
interface Comparison {
  readonly reason: Reason;
  readonly confidence: Confidence;
}

function verdict(kept: ObservedKey, other: ObservedKey, context: ProposalContext): Comparison {
  const { id: keyId, lastUsed } = other;
  if (lastUsed.kind === 'not-read') {
    return { reason: { code: 'not-read', keyId }, confidence: 'low' };
  }
  const { now, quietPeriod, rotationWindow } = context;
  const quietSince = plus(now, -quietPeriod);
  const keptInUse = inUse(kept, quietSince);
  if (lastUsed.kind === 'never') {
    return unused(kept, keptInUse, other, context);
  }
  if (inUse(other, quietSince)) {
    return { reason: { code: 'also-in-use', keyId }, confidence: 'low' };
  }
  if (keptInUse && newestFirst(kept, other) < 0) {
    return { reason: { code: 'taken-over', keyId, by: kept.id }, confidence: 'high' };
  }
  const reason: Reason = { code: 'idle', keyId };
  if (!keptInUse) {
    return { reason, confidence: 'low' };
  }
  return { reason, confidence: inUse(other, plus(now, -rotationWindow)) ? 'medium' : 'high' };
}

/**
 * A key without a known use. A fresh one next to a used one is likely to be the one to keep soon; until it is used,
 * switching it off breaks a rotation but no work, so it is not what we propose to keep, and we are not sure.
 */
function unused(
  kept: ObservedKey,
  keptInUse: boolean,
  other: ObservedKey,
  context: ProposalContext,
): Comparison {
  const { now, rotationWindow } = context;
  const keyId = other.id;
  const everUsed = kept.lastUsed.kind === 'used';
  const rotates = newestFirst(other, kept) < 0 && !(keyId in context.unexpected);
  if (everUsed && rotates && isYounger(other, rotationWindow, now)) {
    return { reason: { code: 'rotation-under-way', keyId, used: kept.id }, confidence: 'low' };
  }
  if (isYounger(other, YOUNG, now)) {
    return { reason: { code: 'too-young', keyId }, confidence: 'low' };
  }
  const confidence = keptInUse ? 'high' : everUsed ? 'medium' : 'low';
  return { reason: { code: 'never-used', keyId }, confidence };
}

const SURENESS = { low: 0, medium: 1, high: 2 } as const satisfies Record<Confidence, number>;

/** A proposal is as sure as its weakest part. */
function weakest(verdicts: readonly Comparison[]): Confidence {
  const parts = verdicts.map(({ confidence }) => confidence);
  return parts.reduce((a, b) => (SURENESS[b] < SURENESS[a] ? b : a), 'high');
}

function isYounger(key: ObservedKey, age: Seconds, now: Instant): boolean {
  return key.created > plus(now, -age);
}

/** By creation, then by key id, because creation times have a resolution of one second. */
function newestFirst(a: ObservedKey, b: ObservedKey): number {
  return order(b.created, a.created) || order(a.id, b.id);
}

/** A key whose use was not read may be in use, so it comes before one that never was. */
function lastUsedFirst(a: ObservedKey, b: ObservedKey): number {
  const sign = ({ lastUsed }: ObservedKey) =>
    lastUsed.kind === 'used' ? lastUsed.at : lastUsed.kind === 'not-read' ? '-' : '';
  return order(sign(b), sign(a)) || newestFirst(a, b);
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
