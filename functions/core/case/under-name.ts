import type { KeyEvents } from '../model/key-events.ts';
import type { Case } from './case.ts';
import type { Exposed } from './exposure.ts';

/** Evidence from events that named a user, stored under that name because IAM may not have shown such a user yet. */
export interface UnderName {
  /** Creators of keys. */
  readonly origins: Case['origins'];
  /** Keys that AWS called exposed; absent if there was none. */
  readonly exposed?: Exposed;
  /** The latest change of each key. */
  readonly events: KeyEvents;
}

/** All data stored under a user name. */
export interface NameRecord extends UnderName {
  /** UserId whose case had this name last; null if no case has it. It is only a hint. */
  readonly holder: string | null;
}

/** Nothing stored under a name. */
export const NOTHING_UNDER_NAME: UnderName = { origins: {}, events: {} };
