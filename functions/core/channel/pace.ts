import type { Pool } from '../case/case.ts';
import { isWhollyObserved } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import {
  DAY,
  earliest,
  hourAfter,
  hourOf,
  type Instant,
  latest,
  MINUTE,
  plus,
  type Seconds,
} from '../model/time.ts';
import { type MailClass, PACE_TERMS, type PaceTerms } from './pace-terms.ts';

/** Time in which urgent mails to an address are counted, before further ones are collected in a digest. */
const URGENT_WINDOW: Seconds = 10 * MINUTE;

/** Minimum time between two urgent digests to an address. */
const URGENT_DIGESTS: Seconds = 15 * MINUTE;

/** Time for which the first urgent digest waits for others that belong into it. */
const GATHERING: Seconds = MINUTE / 2;

/** Everything that is stored about the mails to one address. */
export interface Pace {
  /** Earliest time of the next mail. */
  readonly nextAt: Instant;
  /** The clock hour of the latest mail, and the number of mails in it. */
  readonly hour: string;
  readonly used: number;
  /** The clock hour of the latest mail that was requested on a page, and the number of these in it. */
  readonly requestedHour: string;
  readonly requestedUsed: number;
  /** Times of the latest urgent mails that were sent singly, oldest first. */
  readonly urgent: readonly Instant[];
  /** When an urgent digest becomes due; null if none is. */
  readonly urgentDue: Instant | null;
  readonly urgentSentAt: Instant | null;
  /** When a digest becomes due; null if none is. */
  readonly due: Instant | null;
  /** When the latest digest was sent, urgent ones aside; null before the first. */
  readonly sentAt: Instant | null;
  /** True if it only showed its cases, because the whole account was observed. */
  readonly onlyShown: boolean;
  /** When the address was last found to be reached anew, which makes a digest due; null if it never was. */
  readonly arrivedAt: Instant | null;
  /** When a mail asked for a sign-off last; null if none ever did. */
  readonly signOffAt: Instant | null;
  /** True until that digest was written. */
  readonly arriving: boolean;
}

/** An address to which nothing was sent yet. */
export const UNUSED_PACE: Pace = {
  nextAt: '',
  hour: '',
  used: 0,
  requestedHour: '',
  requestedUsed: 0,
  urgent: [],
  urgentDue: null,
  urgentSentAt: null,
  due: null,
  sentAt: null,
  onlyShown: false,
  arrivedAt: null,
  signOffAt: null,
  arriving: false,
};

/** The time of day at which digests are sent: the first one after an instant. */
export type Slot = (after: Instant) => Instant;

/**
 * The answer to somebody who wants to send a mail. `go`: now, and `next` must be stored first. `wait`: another mail was
 * sent in the same second. `full`: no further mail of this class in this hour. `gather`: so many urgent ones belong into
 * a digest.
 */
export type Turn =
  | { readonly kind: 'go'; readonly next: Pace }
  | { readonly kind: 'wait'; readonly until: Instant }
  | { readonly kind: 'full'; readonly until: Instant }
  | { readonly kind: 'gather' };

/** The clocks of two processes differ by less. */
const SKEW: Seconds = MINUTE;

/**
 * The address without times of mails that lie in the future, which nobody writes: somebody who can write to the table must
 * not be able to silence an address for years. When a digest is due needs no such check, because it only becomes sooner.
 */
export function credible(pace: Pace, now: Instant): Pace {
  const { nextAt, urgent, urgentSentAt, sentAt, arrivedAt, signOffAt } = pace;
  const isPast = (at: Instant | null): boolean => at === null || at <= plus(now, SKEW);
  return {
    ...pace,
    nextAt: isPast(nextAt) ? nextAt : '',
    urgent: urgent.filter(isPast),
    urgentSentAt: isPast(urgentSentAt) ? urgentSentAt : null,
    sentAt: isPast(sentAt) ? sentAt : null,
    arrivedAt: isPast(arrivedAt) ? arrivedAt : null,
    signOffAt: isPast(signOffAt) ? signOffAt : null,
  };
}

/** Decides if a mail of a class may be sent to an address now. */
export function turnFor(
  stored: Pace,
  mail: MailClass,
  now: Instant,
  slot: Slot,
  terms: PaceTerms = PACE_TERMS,
): Turn {
  const pace = credible(stored, now);
  if (mail === 'urgent' && isGathering(pace, terms, now)) {
    return { kind: 'gather' };
  }
  const used = usedBy(pace, mail, now);
  if (used >= terms.perHour[mail]) {
    return { kind: 'full', until: hourAfter(now) };
  }
  if (now < pace.nextAt) {
    return { kind: 'wait', until: pace.nextAt };
  }
  if (mail === 'requested') {
    const counted = { requestedHour: hourOf(now), requestedUsed: used + 1 };
    return { kind: 'go', next: { ...pace, nextAt: plus(now, terms.gap), ...counted } };
  }
  const urgent = mail === 'urgent' ? [...pace.urgent, now].slice(-terms.singly) : pace.urgent;
  return {
    kind: 'go',
    next: {
      ...pace,
      nextAt: plus(now, terms.gap),
      hour: hourOf(now),
      used: used + 1,
      urgent,
      due: pace.due ?? slot(now),
    },
  };
}

/** The number of mails in this hour that count for this class. */
function usedBy(pace: Pace, mail: MailClass, now: Instant): number {
  const [hour, used] =
    mail === 'requested' ? [pace.requestedHour, pace.requestedUsed] : [pace.hour, pace.used];
  return hour === hourOf(now) ? used : 0;
}

/** True while urgent notices to an address are collected: one digest is due or was sent a moment ago, or too many came singly. */
function isGathering(
  { urgent, urgentDue, urgentSentAt }: Pace,
  { singly }: PaceTerms,
  now: Instant,
): boolean {
  const recent = urgent.filter((at) => now < plus(at, URGENT_WINDOW));
  const digested = urgentSentAt !== null && now < plus(urgentSentAt, URGENT_DIGESTS);
  return urgentDue !== null || digested || recent.length >= singly;
}

/** The address with a digest that is due in time for a notice of this kind. Never later than before. */
export function withDigest(
  pace: Pace,
  pool: Pool,
  now: Instant,
  slot: Slot,
  { pooling }: PaceTerms = PACE_TERMS,
): Pace {
  if (pool === 'urgent') {
    const { urgentSentAt } = credible(pace, now);
    const urgentDue = earliest(pace.urgentDue, notBefore(plus(now, GATHERING), urgentSentAt));
    return urgentDue === pace.urgentDue ? pace : { ...pace, urgentDue };
  }
  const due = earliest(pace.due, isSoon(credible(pace, now), pool, now) ? plus(now, pooling) : slot(now));
  return due === pace.due ? pace : { ...pace, due };
}

function isSoon({ sentAt }: Pace, pool: Exclude<Pool, 'urgent'>, now: Instant): boolean {
  switch (pool) {
    case 'new':
      return sentAt === null || now >= plus(sentAt, DAY);
    case 'weekly':
      return sentAt === null;
    case 'reminder':
      return false;
  }
}

/** When the sweep must have a digest written for this address; null if none is due. */
export function digestDue({ due, urgentDue }: Pick<Pace, 'due' | 'urgentDue'>): Instant | null {
  return earliest(due, urgentDue);
}

/** The digests of an address: the one for urgent notices alone, and the daily one. */
export interface Dues {
  readonly urgent: boolean;
  readonly daily: boolean;
}

/** The digests that are due at an address now. */
export function duesNow({ due, urgentDue }: Pace, now: Instant): Dues {
  return { urgent: urgentDue !== null && urgentDue <= now, daily: due !== null && due <= now };
}

/**
 * True if a digest is due. Another process may have sent it since this state was read, so whoever relies on it reads again.
 */
export function isAnyDue(pace: Pace, now: Instant): boolean {
  const { urgent, daily } = duesNow(pace, now);
  return urgent || daily;
}

/** A run that writes a digest and fails is made up for after this time. */
const DIGEST_LEASE: Seconds = 5 * MINUTE;

/** The address while a run writes the digests that are due: another run finds nothing due until the lease ends. */
export function underWay(pace: Pace, now: Instant): Pace {
  const { urgent, daily } = duesNow(pace, now);
  const until = plus(now, DIGEST_LEASE);
  return { ...pace, ...(daily ? { due: until } : {}), ...(urgent ? { urgentDue: until } : {}) };
}

/**
 * The result of writing the digests that are due. `in-part`: some mails of the daily one have to wait. `refused`: all of
 * them have to.
 */
export type DigestEnd = 'sent' | 'in-part' | 'refused' | 'nothing-to-say';

/** True if at least one mail was sent. */
const WAS_SENT = {
  sent: true,
  'in-part': true,
  refused: false,
  'nothing-to-say': false,
} as const satisfies Record<DigestEnd, boolean>;

/**
 * The address after its digests were written; `claimed` is what {@link underWay} made of it. Mails that have to wait are
 * written when the lease ends, or at the next time of digests if that is sooner. Otherwise the next daily time is set in any
 * case, so that a request for a digest that was lost costs a day at most; and an urgent digest that somebody requested
 * meanwhile stays due, because this one may have been written without their notice.
 */
export function afterDigest(
  pace: Pace,
  claimed: Pace,
  { urgent, daily }: Dues,
  end: DigestEnd,
  now: Instant,
  slot: Slot,
  policy: Pick<Policy, 'mode'>,
): Pace {
  const again = daily ? { due: earliest(pace.due, slot(now)) } : {};
  if (end === 'refused') {
    return { ...pace, ...again };
  }
  const sent = WAS_SENT[end];
  const urgentSentAt = sent ? now : pace.urgentSentAt;
  const meanwhile = pace.urgentDue === claimed.urgentDue ? null : pace.urgentDue;
  const told = sent ? { sentAt: now, onlyShown: isWhollyObserved(policy) } : {};
  const next = end === 'in-part' ? again : { due: slot(now), arriving: false, ...told };
  return {
    ...pace,
    ...(daily ? next : {}),
    ...(urgent ? { urgentDue: notBefore(meanwhile, urgentSentAt), urgentSentAt } : {}),
  };
}

/** When an urgent digest is due, kept apart from the one before. */
function notBefore(due: Instant | null, urgentSentAt: Instant | null): Instant | null {
  return due === null || urgentSentAt === null ? due : latest(due, plus(urgentSentAt, URGENT_DIGESTS));
}

/** The latest digest is so old that everything open is listed again, though nothing is new. */
export function isWeeklyDue({ sentAt }: Pick<Pace, 'sentAt'>, now: Instant): boolean {
  return sentAt !== null && now >= plus(sentAt, WEEKLY);
}

/** Half a day less than a week, so that the weekly digest stays on its day. */
const WEEKLY: Seconds = 6.5 * DAY;
