import type { ExposedHow } from '../case/exposure.ts';
import type { Instant, Seconds } from '../model/time.ts';
import type { Family, NotLookedUp } from '../usage/usage.ts';

/** How likely it is that nothing breaks without the other keys. `low`: ask the owner. */
export type Confidence = 'high' | 'medium' | 'low';

/** The origin of calls: from where, and by which program. */
export type Origin = Pick<Family, 'source' | 'agent'>;

/**
 * A reason for the proposal; each becomes one or two sentences about the key `keyId`. The order is: exposed keys, keys from unexpected
 * creators, keys that were reactivated, the key to keep, one reason for each other key (newest first), consequences, tags,
 * usage. Reasons are computed anew for every mail and page and are never stored.
 */
export type Reason =
  /** AWS called it exposed, so it is not proposed, however much it is used. */
  | { readonly code: 'exposed'; readonly keyId: string; readonly how: ExposedHow }
  /** It is proposed only because AWS called the key `instead` exposed, which IAM would suggest. */
  | { readonly code: 'not-exposed'; readonly keyId: string; readonly instead: string }
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
  /** The key to keep is in use, but too new to have been through everything that the others did. */
  | { readonly code: 'new-key'; readonly keyId: string }
  /** Another key was used within the quiet period as well. */
  | { readonly code: 'also-in-use'; readonly keyId: string }
  /** It was used not long ago, so something that runs now and then may need it. */
  | { readonly code: 'used-lately'; readonly keyId: string }
  /** It went on being used for months beside the other key, so each may have a job of its own. */
  | { readonly code: 'side-by-side'; readonly keyId: string; readonly beside: string }
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
  | { readonly code: 'move-first' }
  /** A tag says that the key, or the user, is for rare occasions. */
  | { readonly code: 'in-reserve'; readonly keyId: string }
  | UsageReason;

/** A reason from the event history. None of them raises the confidence. */
export type UsageReason =
  /** It explains: these use the key to keep, most recent first. */
  | { readonly code: 'seen-with'; readonly keyId: string; readonly origins: readonly Origin[] }
  /** It explains: everything seen with this key has since been seen with the one to keep. */
  | { readonly code: 'moved'; readonly keyId: string; readonly to: string }
  /** These used it, and have not been seen with the key to keep since. */
  | { readonly code: 'not-moved'; readonly keyId: string; readonly origins: readonly Origin[] }
  /** The key to keep is new and does nothing that this one did. */
  | { readonly code: 'disjoint'; readonly keyId: string; readonly kept: string }
  /** The event history shows a later use than IAM. */
  | {
      readonly code: 'seen-since';
      readonly keyId: string;
      readonly at: Instant;
      readonly origins: readonly Origin[];
    }
  /** IAM shows a use that the event history does not have, so the rest of the key's work may be missing there, too. */
  | { readonly code: 'unseen'; readonly keyId: string }
  /** It was used of late according to IAM, and nobody knows by whom. */
  | { readonly code: 'not-looked-up'; readonly keyId: string; readonly why: Exclude<NotLookedUp, 'off'> }
  /** All calls seen with the key to keep failed. */
  | { readonly code: 'only-errors'; readonly keyId: string }
  /** The key to keep only opens sessions or reads lists, so its real work cannot be seen, or there is none. */
  | { readonly code: 'only-checks'; readonly keyId: string }
  /** Different programs in different places use it. */
  | { readonly code: 'shared'; readonly keyId: string; readonly origins: readonly Origin[] }
  /** A tool that manages infrastructure as code uses it, and may create such keys, too. */
  | { readonly code: 'managed-by-code'; readonly keyId: string; readonly origins: readonly Origin[] };

const SURENESS = { low: 0, medium: 1, high: 2 } as const satisfies Record<Confidence, number>;

/** The lowest of these; `high` if there are none. */
export function lowest(all: readonly Confidence[]): Confidence {
  return all.reduce((a, b) => (SURENESS[b] < SURENESS[a] ? b : a), 'high');
}

/** A reason, and the most confidence that it leaves. */
export interface Weighed<R extends Reason = Reason> {
  readonly reason: R;
  readonly confidence: Confidence;
}
