import type { KeyOrigin } from '../core/case/case.ts';
import type { KeyStatus } from '../core/model/observation.ts';
import type { Instant } from '../core/model/time.ts';

/** What the sender of a wake believes to be true by now; if IAM does not show it yet, we look again later. */
export interface Expectation {
  readonly keyId: string;
  readonly status: KeyStatus | 'Deleted';
}

/** *Wake*: "look at this user again". It never says what to do and carries no authority. */
export interface Wake {
  readonly kind: 'user';
  readonly account: string;
  /** At least one of the three says who is meant. */
  readonly userId?: string;
  readonly userName?: string;
  readonly accessKeyId?: string;
  readonly expects?: Expectation;
  /** Who made the key in question, as evidence. */
  readonly origin?: KeyOrigin & { readonly keyId: string };
  /** How often this wake was sent on, from 0. */
  readonly attempt: number;
}

/** A wish that AWS Config should show what changed at `since`. Like every wake it carries no authority. */
export interface RefreshWish {
  readonly kind: 'refresh';
  readonly account: string;
  readonly since: Instant;
  /** How often this wish was sent on, from 0. */
  readonly hops: number;
}
