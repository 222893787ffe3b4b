import { type BroughtBack, broughtBack } from '../case/brought-back.ts';
import type { Case } from '../case/case.ts';
import { type UnexpectedCreators, unexpectedCreators } from '../case/unexpected-creators.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import { DAY, type Instant, plus, type Seconds } from '../model/time.ts';
import { lastUsedFirst, newestFirst } from './sorting.ts';

/** How likely it is that nothing breaks without the other keys. */
export type Confidence = 'high' | 'medium' | 'low';

/**
 * A reason for the proposal; each becomes one sentence about the key `keyId`. The order is: keys from unexpected
 * creators, keys that were reactivated, the key to keep, one reason for each other key (newest first), consequences.
 */
export type Reason =
  /** Its recorded creator is neither the user nor trusted to create keys for others. */
  | { readonly code: 'unexpected-creator'; readonly keyId: string; readonly by: string }
  /** It was deactivated by a decision and is Active again, so something seems to need it. */
  | { readonly code: 'brought-back'; readonly keyId: string; readonly how: 'on-request' | 'by-hand' }
  /** It is the only Active key. */
  | { readonly code: 'only-active'; readonly keyId: string }
  /** The key to keep was used within the quiet period. */
  | { readonly code: 'in-use'; readonly keyId: string }
  /** No key was used within the quiet period; this one was used last. */
  | { readonly code: 'last-used'; readonly keyId: string; readonly quietPeriod: Seconds }
  /** No use of any key is known; this one is the newest. */
  | { readonly code: 'newest'; readonly keyId: string }
  /** Another key was used within the quiet period as well. */
  | { readonly code: 'also-in-use'; readonly keyId: string }
  /** An older key that is not in use, beside a newer one that is: the rotation looks finished. */
  | { readonly code: 'taken-over'; readonly keyId: string; readonly by: string }
  /** It was used before, but is not in use now. */
  | { readonly code: 'idle'; readonly keyId: string }
  /** A new key without a use beside a used one: the rotation seems to have just begun. */
  | { readonly code: 'rotation-under-way'; readonly keyId: string; readonly used: string }
  /** No use is known of a key that is old enough for this to mean something. */
  | { readonly code: 'never-used'; readonly keyId: string }
  /** No use is known of a key younger than a day, which proves nothing. */
  | { readonly code: 'too-young'; readonly keyId: string }
  /** Its last use was not read, which proves nothing either. */
  | { readonly code: 'not-read'; readonly keyId: string }
  /** Several keys are in use: the users of a key must switch to another one before it is deactivated. */
  | { readonly code: 'move-first' };

/** *Proposal*: the key to keep, and why. It is only advice: a person decides. */
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
  /** A younger key may be half of a rotation under way. A key idle for longer is out of use. */
  readonly rotationWindow: Seconds;
  /** Creators of the keys that no expected creator made, by key id. */
  readonly unexpected: UnexpectedCreators;
  /** Keys that were deactivated by a decision and are Active again. */
  readonly back: BroughtBack;
}

/** The context for a proposal about the keys of a case. */
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

/** Of a younger key, the absence of known uses proves nothing, because IAM may lag by hours. */
const YOUNG: Seconds = DAY;

/** True if IAM has recorded a use after `since`. */
export function inUse(key: ObservedKey, since: Instant): boolean {
  return key.lastUsed.kind === 'used' && key.lastUsed.at > since;
}

/** The Active key that was used last, because present work depends on it; without any use the newest. */
export function inService(keys: readonly ObservedKey[]): ObservedKey | undefined {
  return activeKeys(keys).sort(lastUsedFirst)[0];
}

/**
 * The proposal for a user's Active keys, in any number and order: keep the key in service, with our confidence and
 * the reasons. Null if there is no such key, or if an unexpected creator made it (see doubt.ts).
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

/** Reasons for keys from unexpected creators. */
function aboutCreators(keys: readonly ObservedKey[], { unexpected }: ProposalContext): Reason[] {
  return keys.flatMap(({ id: keyId }) => {
    const by = unexpected[keyId];
    return by === undefined ? [] : [{ code: 'unexpected-creator', keyId, by }];
  });
}

/** Reasons for keys that were reactivated: whatever IAM says about uses, somebody needed them. */
function aboutBroughtBack(keys: readonly ObservedKey[], { back }: ProposalContext): Reason[] {
  return keys.flatMap(({ id: keyId }) => {
    const how = back[keyId];
    return how === undefined ? [] : [{ code: 'brought-back', keyId, how }];
  });
}

/** The reason for keeping this key. */
function aboutKept(kept: ObservedKey, alone: boolean, context: ProposalContext): Reason[] {
  const { id: keyId, lastUsed } = kept;
  const { now, quietPeriod } = context;
  if (alone) {
    return [{ code: 'only-active', keyId }];
  }
  const newest: Reason = { code: 'newest', keyId };
  switch (lastUsed.kind) {
    case 'not-read':
      return [{ code: 'not-read', keyId }];
    case 'used':
      return [
        inUse(kept, plus(now, -quietPeriod))
          ? { code: 'in-use', keyId }
          : { code: 'last-used', keyId, quietPeriod },
      ];
    case 'never':
      return isYounger(kept, YOUNG, now) ? [newest, { code: 'too-young', keyId }] : [newest];
  }
}

/** The reason about a key not to keep, and our confidence about that key. */
interface Comparison {
  readonly reason: Reason;
  readonly confidence: Confidence;
}

function verdict(kept: ObservedKey, other: ObservedKey, context: ProposalContext): Comparison {
  const keptInUse = inUse(kept, plus(context.now, -context.quietPeriod));
  switch (other.lastUsed.kind) {
    case 'not-read':
      return { reason: { code: 'not-read', keyId: other.id }, confidence: 'low' };
    case 'never':
      return unused(kept, keptInUse, other, context);
    case 'used':
      return used(kept, keptInUse, other, context);
  }
}

/** A key with a known use. */
function used(
  kept: ObservedKey,
  keptInUse: boolean,
  other: ObservedKey,
  { now, quietPeriod, rotationWindow }: ProposalContext,
): Comparison {
  const { id: keyId } = other;
  const quietSince = plus(now, -quietPeriod);
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
 * Compares a key without a known use. A new one beside a used one will probably be the one to keep soon. Until it is
 * used, deactivating it interrupts a rotation but no work, so we do not propose to keep it, with less confidence.
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

/** The confidence in a proposal is that in its weakest part. */
function weakest(verdicts: readonly Comparison[]): Confidence {
  const parts = verdicts.map(({ confidence }) => confidence);
  return parts.reduce((a, b) => (SURENESS[b] < SURENESS[a] ? b : a), 'high');
}

function isYounger(key: ObservedKey, age: Seconds, now: Instant): boolean {
  return key.created > plus(now, -age);
}
