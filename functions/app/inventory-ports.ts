/** The ports of the inventory: what was read of all users, stored as files. */
import type { ListedUser } from '../core/config/survey.ts';
import type { About } from '../core/inventory/about.ts';
import type { AccountPolicies, UserPermissions } from '../core/inventory/documents.ts';
import type { InventoryRow } from '../core/inventory/row.ts';
import type { KeysRead } from '../core/inventory/turn.ts';
import type { Instant } from '../core/model/time.ts';
import type { LiveOrder } from '../core/validation/order.ts';

/** A user with everything in IAM that gives them permissions. */
export interface PermittedUser extends ListedUser {
  readonly permissions: UserPermissions;
}

/** Reads all users of the account with the policies that they have, in a few calls. */
export interface AccountReader {
  details(): Promise<{ readonly users: readonly PermittedUser[]; readonly policies: AccountPolicies }>;
}

/** The readings of one turn of the background reading. */
export interface TurnRead {
  readonly turn: number;
  /** When it began. */
  readonly asOf: Instant;
  readonly users: readonly KeysRead[];
}

/** All IAM users of an account at one time. */
export interface Inventory {
  readonly account: string;
  readonly takenAt: Instant;
  /** When the list of users was requested. Users created later are not in it. */
  readonly listedAt: Instant;
  /** When IAM generated the credential report behind it. */
  readonly reportOf: Instant;
  /** Time of the order whose users were read live for it; null if there was none. */
  readonly ordered: Instant | null;
  readonly rows: readonly InventoryRow[];
}

export interface InventoryStore {
  /** When the readings of each turn were stored last, by turn. A turn that never was is missing. */
  turns(): Promise<Map<number, Instant>>;
  /** All stored readings. One that cannot be read is left out, as if its turn had never come. */
  readings(): Promise<TurnRead[]>;
  keepTurn(read: TurnRead): Promise<void>;
  /** When the latest inventory was taken; null if there is none. */
  latest(): Promise<Instant | null>;
  /** Time of the order that the latest inventory was taken for; null if there is none, or no inventory. */
  ordered(): Promise<Instant | null>;
  /** Stores the files of an inventory, and then points to them as the latest: a reader never finds half of one. */
  keep(inventory: Inventory): Promise<void>;
}

/** The order in which `records` says which users the next inventory reads live. */
export interface OrderReader {
  /** Null if there is none, or none that can be read. */
  order(): Promise<LiveOrder | null>;
}

/** The facts about users beside their cases, which is all that the survey may write in the table. */
export interface AboutStore {
  /** The stored facts about these users, at most a hundred, by UserId. A user of whom nothing readable is stored is missing. */
  stored(account: string, userIds: readonly string[]): Promise<Map<string, About>>;
  keep(account: string, userId: string, about: About): Promise<void>;
}
