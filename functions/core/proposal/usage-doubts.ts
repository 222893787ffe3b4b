import type { ObservedKey } from '../model/observation.ts';
import { HOUR, type Instant, plus, type Seconds } from '../model/time.ts';
import type { Family, KeyUsage, NotLookedUp } from '../usage/usage.ts';
import { inUse, isYounger, QUARTER, SETTLED } from './compare.ts';
import { type ProposalContext, usageOf } from './context.ts';
import type { UsageReason, Weighed } from './reason.ts';
import { moved, notMoved, originsOf } from './usage-families.ts';
import { aboutWork } from './usage-work.ts';

type Doubt = Weighed<UsageReason>;

/** IAM's last use may lag so far behind without contradicting the event history. */
const LAG: Seconds = 6 * HOUR;

/**
 * The event history's part in a proposal: explanations, and doubts with the most confidence that each leaves. It
 * never raises a confidence (S15), so that nobody gains by forging it. Nothing if no usage was asked for.
 */
export function fromUsage(
  kept: ObservedKey,
  others: readonly ObservedKey[],
  context: ProposalContext,
): Doubt[] {
  const { usage } = context;
  if (usage === undefined) {
    return [];
  }
  return [
    ...aboutWork(
      usageOf(usage, kept.id),
      others.map(({ id }) => usageOf(usage, id)),
    ),
    ...others.flatMap((other) => aboutOther(kept, other, usage, context.now)),
  ];
}

function aboutOther(
  kept: ObservedKey,
  other: ObservedKey,
  usage: NonNullable<ProposalContext['usage']>,
  now: Instant,
): Doubt[] {
  const mine = usageOf(usage, kept.id);
  const theirs = usageOf(usage, other.id);
  const recent = inUse(other, plus(now, -QUARTER));
  if (theirs.lookup.kind === 'not-looked-up') {
    // Of a key unused for a quarter there would be nothing to see.
    return recent ? notLookedUp(other.id, theirs.lookup.why) : [];
  }
  if (theirs.families.length === 0) {
    return [
      ...(recent ? [low({ code: 'unseen', keyId: other.id })] : []),
      ...(isStranger(kept, other, mine, now)
        ? [low({ code: 'disjoint', keyId: other.id, kept: kept.id })]
        : []),
    ];
  }
  if (mine.lookup.kind === 'not-looked-up') {
    return [...later(other, theirs.families), ...notLookedUp(kept.id, mine.lookup.why)];
  }
  return [...later(other, theirs.families), ...compared(kept, other.id, mine, theirs, now)];
}

/** A use that IAM does not show. */
function later({ id: keyId, lastUsed }: ObservedKey, families: readonly Family[]): Doubt[] {
  const at = families.reduce((latest, { last }) => (last > latest ? last : latest), '');
  const known = lastUsed.kind === 'used' ? plus(lastUsed.at, LAG) : '';
  return at > known && lastUsed.kind !== 'not-read'
    ? [
        low({
          code: 'seen-since',
          keyId,
          at,
          origins: originsOf(families.filter(({ last }) => last > known)),
        }),
      ]
    : [];
}

function compared(kept: ObservedKey, keyId: string, mine: KeyUsage, theirs: KeyUsage, now: Instant): Doubt[] {
  const missing = notMoved(theirs.families, mine.families);
  if (missing.length === 0) {
    // Of what was left out or could not be read nobody knows where it went.
    return (theirs.leftOut ?? 0) + (theirs.unread ?? 0) > 0 ? [] : [moved(keyId, kept.id)];
  }
  return isYounger(kept, SETTLED, now) && missing.length === theirs.families.length
    ? [low({ code: 'disjoint', keyId, kept: kept.id })]
    : [low({ code: 'not-moved', keyId, origins: originsOf(missing) })];
}

/** True if a new key does nothing in the service for which IAM shows the other's last use. */
function isStranger(kept: ObservedKey, { lastUsed }: ObservedKey, mine: KeyUsage, now: Instant): boolean {
  return (
    isYounger(kept, SETTLED, now) &&
    lastUsed.kind === 'used' &&
    mine.lookup.kind === 'looked-up' &&
    !mine.families.some(({ service }) => service === lastUsed.service)
  );
}

/** With the setting off nobody expects a lookup. */
function notLookedUp(keyId: string, why: NotLookedUp): Doubt[] {
  return why === 'off' ? [] : [low({ code: 'not-looked-up', keyId, why })];
}

function low(reason: UsageReason): Doubt {
  return { reason, confidence: 'low' };
}
