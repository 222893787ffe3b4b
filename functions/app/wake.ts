import type { KeyOrigin } from '../core/case/case.ts';
import type { KeyStatus } from '../core/model/observation.ts';
import type { Instant } from '../core/model/time.ts';

/** What the sender of a wake believes to be true by now; if IAM does not show it yet, we look again later. */
export interface Expectation {
  keyId: string;
  status: KeyStatus | 'Deleted';
}

/** *Wake*: "look at this user again". It never says what to do and carries no authority. */
export interface Wake {
  kind: 'user';
  account: string;
  /** At least one of the three says who is meant. */
  userId?: string;
  userName?: string;
  accessKeyId?: string;
  expects?: Expectation;
  /** Who made the key in question, as evidence. */
  origin?: KeyOrigin & { keyId: string };
  /** How often this wake was sent on, from 0. */
  look: number;
}

/** A wish that AWS Config should show what changed at `since`. Like every wake it carries no authority. */
export interface RefreshWish {
  kind: 'refresh';
  account: string;
  since: Instant;
  /** How often this wish was sent on, from 0. */
  hops: number;
}
