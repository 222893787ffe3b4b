import type { Instant } from '../model/time.ts';

/**
 * One call that a key signed, as CloudTrail's event history has it. The texts are what a caller sent or AWS wrote: they are
 * sorted into closed lists and networks, and never shown.
 */
export interface UsageEvent {
  readonly at: Instant;
  /** The service's short name: `s3` for `s3.amazonaws.com`. */
  readonly service: string;
  readonly region: string;
  /** An address, or the service of AWS that made the call; empty if the event names none. */
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly eventName: string;
  /** Null if the call succeeded. */
  readonly errorCode: string | null;
  /** True if the call only reads; null if the event does not say. */
  readonly readOnly: boolean | null;
  /** The service of AWS that called on the user's behalf, for example `cloudformation.amazonaws.com`. */
  readonly invokedBy: string | null;
  /** The whole id; null if the event names none. */
  readonly accessKeyId: string | null;
}
