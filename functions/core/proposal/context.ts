import { type BroughtBack, broughtBack } from '../case/brought-back.ts';
import type { Case } from '../case/case.ts';
import { type ExposedKeys, exposedKeys } from '../case/exposure.ts';
import { type UnexpectedCreators, unexpectedCreators } from '../case/unexpected-creators.ts';
import type { About } from '../inventory/about.ts';
import type { Reserved } from '../inventory/reserved.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant, Seconds } from '../model/time.ts';
import { type KeyUsage, notYetLookedUp } from '../usage/usage.ts';
import type { UserUsage } from '../usage/user-usage.ts';

/**
 * Evidence that others can write. It explains and may only lower the confidence (S15). Usage can also lift what S14 alone
 * withholds.
 */
export interface Evidence {
  /** Usage by key id; absent if nobody asked for it. A key without an entry waits for its lookup. */
  readonly usage?: Readonly<Record<string, KeyUsage>>;
  /** The things that tags say are for rare use, if they were read. */
  readonly reserved?: Reserved;
  /** The facts about the user as the last survey found them; absent if none has yet. */
  readonly about?: About;
}

/** The evidence as it is stored beside a case. */
export interface StoredEvidence {
  /** The users of the keys; null if they were never looked up. */
  readonly usage: UserUsage | null;
  /** Null if no survey has found the user yet. */
  readonly about: About | null;
}

/** The evidence stored about a user. Without the setting `usage` nothing is said about any use. */
export function evidenceFrom({ usage, about }: StoredEvidence, policy: Pick<Policy, 'usage'>): Evidence {
  const used = { usage: Object.fromEntries((usage?.keys ?? []).map((one) => [one.keyId, one])) };
  return {
    ...(policy.usage === null ? {} : used),
    ...(about === null ? {} : { about, reserved: about.reserved }),
  };
}

/** The usage of one key. A key of which nothing is known yet waits for its lookup. */
export function usageOf(usage: NonNullable<Evidence['usage']>, keyId: string): KeyUsage {
  return usage[keyId] ?? notYetLookedUp(keyId);
}

/** The circumstances on which a proposal depends beside the keys themselves. */
export interface ProposalContext extends Evidence {
  readonly now: Instant;
  /** A key used within this time is in use. */
  readonly quietPeriod: Seconds;
  /** A younger key may be half of a rotation under way. */
  readonly rotationWindow: Seconds;
  /** Creators of the keys that no expected creator made, by key id. */
  readonly unexpected: UnexpectedCreators;
  /** The keys that AWS called exposed, by key id. */
  readonly exposed: ExposedKeys;
  /** Keys that were deactivated by a decision and are Active again. */
  readonly back: BroughtBack;
}

/** The context for a proposal about the keys of a case. */
export function proposalContext(
  current: Case,
  policy: Policy,
  now: Instant,
  evidence: Evidence = {},
): ProposalContext {
  const { quietPeriod, rotationWindow } = policy;
  return {
    now,
    quietPeriod,
    rotationWindow,
    unexpected: unexpectedCreators(current, policy),
    exposed: exposedKeys(current),
    back: broughtBack(current),
    ...evidence,
  };
}
