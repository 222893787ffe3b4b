import {
  type CallChooser,
  type EventChooser,
  type EventFault,
  type Faults,
  THROTTLED,
} from '../gateway/faults.ts';

/** The number of disturbed events, by kind of disturbance. */
export interface Tally {
  readonly seen: number;
  readonly lost: number;
  readonly doubled: number;
  readonly late: number;
  /** Throttled reads of IAM by Solekey. They are not events, so `seen` does not include them. */
  readonly throttled: number;
}

export interface Disturbance {
  readonly tally: Tally;
}

export interface DisturbanceOptions {
  readonly faults: Faults;
  readonly seed: number;
  /** True if Solekey has a case of this user. */
  readonly hasCase: (userName: string) => boolean;
}

/** Printed once, so that nobody takes the runs for more than they are. */
export const NOT_DISTURBED =
  'The event of a new key of a user without a case, or of a quarantine, is never lost, only late or duplicated: only a survey of all users would find that user, and nothing else tells of a quarantine.';

/** The call with which AWS quarantines a user. IAM's lists of keys do not show it. */
const QUARANTINE = 'AttachUserPolicy';

const LATEST_MS = 6_000;

/** Deployed functions call under their own names, all other callers under a key id. */
const OURS = /^Solekey-/;

const READS = ['GetUser', 'ListAccessKeys', 'GetAccessKeyLastUsed', 'ListUsers'];

/** AWS's client retries a throttled call, so a larger share would only slow the story down. */
const THROTTLED_SHARE = 0.03;

/**
 * From now on loses, doubles or delays events at random and sometimes throttles Solekey's reads of IAM. The fault of
 * the n-th event of a kind about a user, or of the n-th call of a kind, depends only on the seed, not on the order in
 * which they arrive.
 */
export function disturbEvents({ faults, seed, hasCase }: DisturbanceOptions): Disturbance {
  const counted = new Map<string, number>();
  const tally = { seen: 0, lost: 0, doubled: 0, late: 0, throttled: 0 };
  const nthOf = (kind: string): number => {
    const nth = (counted.get(kind) ?? 0) + 1;
    counted.set(kind, nth);
    return nth;
  };
  const choose: EventChooser = ({ eventName, userName = '' }) => {
    const kind = `${userName}/${eventName}`;
    const random = randomFrom(`${seed}/${kind}/${nthOf(kind)}`);
    const mayBeLost = eventName !== QUARANTINE && (eventName !== 'CreateAccessKey' || hasCase(userName));
    const fault = faultFor(random, mayBeLost);
    tally.seen += 1;
    tally.lost += fault === 'lose' ? 1 : 0;
    tally.doubled += fault === 'double' ? 1 : 0;
    tally.late += typeof fault === 'object' ? 1 : 0;
    return fault;
  };
  const throttle: CallChooser = ({ service, action, caller }) => {
    if (service !== 'iam' || !READS.includes(action) || !OURS.test(caller)) {
      return undefined;
    }
    const kind = `call/${action}`;
    if (randomFrom(`${seed}/${kind}/${nthOf(kind)}`)() >= THROTTLED_SHARE) {
      return undefined;
    }
    tally.throttled += 1;
    return { refuse: THROTTLED };
  };
  faults.disturbEveryEvent(choose);
  faults.disturbEveryCall(throttle);
  return { tally };
}

/** Of ten events three are lost (if this one may be), two doubled and three late; the others are delivered normally. */
function faultFor(random: () => number, mayBeLost: boolean): EventFault | undefined {
  const lot = random();
  if (lot < 0.3 && mayBeLost) {
    return 'lose';
  }
  if (lot < 0.5) {
    return 'double';
  }
  return lot < 0.8 ? { delayMs: Math.round(random() * LATEST_MS) } : undefined;
}

/** A generator of numbers from 0 (inclusive) to 1 (exclusive): mulberry32, seeded with the FNV-1a hash of a text. */
function randomFrom(text: string): () => number {
  let state = 0x811c9dc5;
  for (const character of text) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32;
  };
}
