import { type ObservedKey, shortKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { Privilege } from './privilege.ts';

/**
 * The way in which the keys of a user became known. `live`: read one by one from IAM. `report`: from the credential
 * report, which has two columns for keys, without their ids. `unread`: IAM gave no answer, so nothing is known.
 */
export type ReadHow = 'live' | 'report' | 'unread';

const KNOWN = { live: true, report: true, unread: false } as const satisfies Record<ReadHow, boolean>;

/** False if nothing is known about the user's keys. */
export function isRead(how: ReadHow): boolean {
  return KNOWN[how];
}

/** Further credentials of a user that do not expire by themselves, counted and never touched; null where not known. */
export interface OtherCredentials {
  /** Active X.509 signing certificates. */
  readonly certificates: number | null;
  /** For example for CodeCommit or Amazon Keyspaces. */
  readonly serviceSpecific: number | null;
}

/** Nothing is known of a user's other credentials. */
export const CREDENTIALS_NOT_READ: OtherCredentials = { certificates: null, serviceSpecific: null };

/** One IAM user as a survey found them. Nothing in it is newer than `asOf`. */
export interface SurveyedUser {
  /** The unique id; null if the credential report is all there is. */
  readonly userId: string | null;
  readonly userName: string;
  readonly path: string;
  readonly arn: string;
  readonly created: Instant;
  /** Null if they were not read. */
  readonly tags: Readonly<Record<string, string>> | null;
  /** True if the user has a console password; null if that is not known. */
  readonly console: boolean | null;
  readonly privilege: Privilege;
  readonly otherCredentials: OtherCredentials;
  readonly how: ReadHow;
  /** Keys from the report have a {@link slotId} instead of an id. Empty if the user could not be read. */
  readonly keys: readonly ObservedKey[];
  /** The time of the facts about the keys; null if the user could not be read. */
  readonly asOf: Instant | null;
  /** When a survey wanted to read the keys and could not; absent if it could, or did not want to. Older facts may be known. */
  readonly unreadAt?: Instant;
}

const SLOT = /^key \d$/;

/** Stands for the id of a key that only the credential report knows: `key 1`, `key 2`. */
export function slotId(column: 1 | 2): string {
  return `key ${column}`;
}

/** True if the key's id is known, so that AWS can be asked about it. */
export function hasId(id: string): boolean {
  return !SLOT.test(id);
}

/** A key as people see it: `…3QXK`, or `key 1` if its id is not known. */
export function keyName(id: string): string {
  return hasId(id) ? shortKey(id) : id;
}
