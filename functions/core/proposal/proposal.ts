import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import { aboutKept, compare } from './compare.ts';
import type { ProposalContext } from './context.ts';
import { type Confidence, lowest, type Reason, type Weighed } from './reason.ts';
import { doubtsFromTags } from './reserve.ts';
import { lastUsedFirst, newestFirst } from './sorting.ts';
import { fromUsage } from './usage-doubts.ts';

/** *Proposal*: the key to keep, and why. It is only advice: a person decides. */
export interface Proposal {
  readonly keep: string;
  /** The other Active keys, newest first. */
  readonly others: string[];
  readonly confidence: Confidence;
  readonly reasons: Reason[];
}

/** The Active key that was used last, because present work depends on it; without any use the newest. */
export function inService(keys: readonly ObservedKey[]): ObservedKey | undefined {
  return activeKeys(keys).sort(lastUsedFirst)[0];
}

/** The key in service among those that nobody else is known to have; undefined if AWS called all of them exposed. */
export function safeInService(
  keys: readonly ObservedKey[],
  { exposed }: Pick<ProposalContext, 'exposed'>,
): ObservedKey | undefined {
  return inService(keys.filter(({ id }) => !(id in exposed)));
}

/**
 * The proposal for a user's Active keys, in any number and order: keep the key in service, with our confidence and
 * the reasons. Null if there is no such key, or if an unexpected creator made it (see doubt.ts). IAM alone chooses the key
 * and allows the confidence; usage and tags only lower it, and an exposed key is passed over.
 */
export function propose(keys: readonly ObservedKey[], context: ProposalContext): Proposal | null {
  const kept = safeInService(keys, context);
  if (kept === undefined || kept.id in context.unexpected) {
    return null;
  }
  const rest = activeKeys(keys)
    .filter(({ id }) => id !== kept.id)
    .sort(newestFirst);
  if (rest.length === 0) {
    return alone(kept, context);
  }
  const instead = passedOver(keys, kept);
  const comparisons = rest.map((other) => compare(kept, other, context));
  const several = comparisons.some(({ reason }) => reason.code === 'also-in-use');
  const back = aboutBroughtBack([kept, ...rest], context);
  const about = instead === null ? aboutKept(kept, comparisons, context) : [insteadOf(kept, instead)];
  const weighed = [...about, ...comparisons];
  const evidence = [...doubtsFromTags(rest, context.reserved), ...fromUsage(kept, rest, context)];
  return {
    keep: kept.id,
    others: rest.map(({ id }) => id),
    confidence:
      back.length > 0 ? 'low' : lowest([...weighed, ...evidence].map(({ confidence }) => confidence)),
    reasons: [
      ...aboutExposed(rest, context),
      ...aboutCreators(rest, context),
      ...back,
      ...weighed.map(({ reason }) => reason),
      ...(several ? [{ code: 'move-first' } as const] : []),
      ...evidence.map(({ reason }) => reason),
    ],
  };
}

/** The only Active key: there is nothing to choose. */
function alone(kept: ObservedKey, context: ProposalContext): Proposal {
  const back = aboutBroughtBack([kept], context);
  const confidence = back.length > 0 ? 'low' : 'high';
  return {
    keep: kept.id,
    others: [],
    confidence,
    reasons: [...back, { code: 'only-active', keyId: kept.id }],
  };
}

/** The key that IAM would suggest, if it is passed over because it is exposed; null otherwise. */
function passedOver(keys: readonly ObservedKey[], kept: ObservedKey): string | null {
  const [first] = activeKeys(keys).sort(lastUsedFirst);
  return first === undefined || first.id === kept.id ? null : first.id;
}

/**
 * The reason for a key that IAM would not suggest. Work goes on with the exposed one, so nothing is sure: what is said of a
 * key that is kept for its use would not be true.
 */
function insteadOf({ id: keyId }: ObservedKey, instead: string): Weighed {
  return { reason: { code: 'not-exposed', keyId, instead }, confidence: 'low' };
}

/** Reasons for keys that AWS called exposed. */
function aboutExposed(keys: readonly ObservedKey[], { exposed }: ProposalContext): Reason[] {
  return keys.flatMap(({ id: keyId }) => {
    const how = exposed[keyId];
    return how === undefined ? [] : [{ code: 'exposed', keyId, how }];
  });
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
