import type { Pace } from '../core/channel/pace.ts';
import type { Seconds } from '../core/model/time.ts';
import type { DueDigest } from './store-ports.ts';
import type { DigestWish, MailLinkWish } from './wake.ts';

/** The pace of the mails to each address of an account. */
export interface PaceStore {
  /**
   * Replaces what is stored by what `by` makes of it, if nobody else changed it in between; otherwise asks `by` again. Null
   * changes nothing. Returns the result that `by` gave last. A state that this process stored or read before may be used
   * without reading it again: the times of mails and their numbers only grow, so an old state refuses nothing that a newer
   * one allows. When a digest is due does not only grow, so `unsure` says that an old state may be wrong about it: then
   * `by` is asked again with what is stored.
   */
  change<T>(about: DueDigest, by: (pace: Pace) => PaceChange<T>): Promise<T>;
}

/** An answer to the pace of an address. */
export interface PaceChange<T> {
  readonly next: Pace | null;
  readonly result: T;
  readonly unsure?: boolean;
}

/** Requests digests. */
export interface DigestSender {
  /** Sends the request with a delay in seconds, at most 15 minutes. */
  ask(wish: DigestWish, delay: Seconds): Promise<void>;
}

/** Asks reconcile to mail a link upon a stored request. */
export interface MailLinkSender {
  ask(wish: MailLinkWish): Promise<void>;
}
