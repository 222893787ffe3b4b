import type { HeldReason } from '../case/case.ts';
import type { KeyStatus } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { RowHead } from './row.ts';

/** A key that is gone. */
export interface Gone {
  readonly state: 'deleted';
  readonly at: Instant;
  /** `others`: Solekey did not delete it, or deleted the whole user. */
  readonly by: 'solekey' | 'others';
}

/** A key that stays: nothing of this case will delete it. */
export interface Stays {
  readonly state: 'remaining';
  /**
   * `deletion-never`: the settings keep deactivated keys · `restored`: on request · `by-hand`: somebody else reactivated it ·
   * `expired`: AWS did, and it can never be used again · `kept`: a later decision leaves it Active · `not-decided`: the decision
   * is void, and no later one deletes it.
   */
  readonly why: 'deletion-never' | 'restored' | 'by-hand' | 'expired' | 'kept' | 'not-decided';
}

/** A key that is to be deleted. */
export interface Pending {
  readonly state: 'pending';
  /**
   * `to-deactivate`: it is Active yet · `held`: a safety rule stopped Solekey · `observe-mode`, `paused`: nothing is changed now ·
   * `put-off`: a person asked for a later date · `confirmation`: a person must confirm it · `deleting`: the deletion began ·
   * `announced`: people were told the date · `grace`: its grace period.
   */
  readonly why:
    | 'to-deactivate'
    | 'held'
    | 'observe-mode'
    | 'paused'
    | 'put-off'
    | 'confirmation'
    | 'deleting'
    | 'announced'
    | 'grace';
  /** The earliest date under the present settings; null if no date leads to it. */
  readonly due: Instant | null;
}

/** The fate of a key that a decision removes. */
export type Fate = Gone | Stays | Pending;

/** *Deletion log*: the fate of each key that a decision removes. */
export interface DeletionRow extends RowHead {
  readonly keyId: string;
  readonly state: Fate['state'];
  /** When it was seen gone; null unless `deleted`. */
  readonly deletedAt: Instant | null;
  readonly deletedBy: Gone['by'] | null;
  /** The reason why it remains or is pending; null if it is deleted. */
  readonly why: Stays['why'] | Pending['why'] | null;
  readonly due: Instant | null;
  readonly heldFor: HeldReason | null;
  /** As last listed; null if IAM does not list it. */
  readonly status: KeyStatus | null;
  readonly deactivatedAt: Instant | null;
  /** When the deletion was last announced to somebody. */
  readonly announcedAt: Instant | null;
  /** The id of the approver who confirmed the deletion, and when. */
  readonly confirmedBy: string | null;
  readonly confirmedAt: Instant | null;
}
