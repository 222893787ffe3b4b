import type { KeyStatus, ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { Family, KeyUsage } from '../usage/usage.ts';
import { automationOf } from './automation.ts';
import type { Grant } from './grants.ts';
import { isPrivileged, type Privilege } from './privilege.ts';
import { keyName, type OtherCredentials, type ReadHow, type SurveyedUser } from './surveyed.ts';

/** Version of the rows. It rises when a field changes its meaning or goes, not when one is added (docs/inventory.md). */
export const INVENTORY_SCHEMA = 1;

/** The usage of a key as the row holds it. */
export interface RowUsage {
  /** When the event history was read. */
  readonly at: Instant;
  /** The earliest time that the samples cover without a gap. */
  readonly back: Instant;
  readonly families: readonly Family[];
}

/** One key in the inventory. `id` is the last four characters unless whole ids were asked for. */
export interface RowKey {
  readonly id: string;
  readonly status: KeyStatus;
  readonly created: Instant;
  /** Null: never used, or not known; `lastUsedKnown` says which. */
  readonly lastUsed: Instant | null;
  readonly lastUsedKnown: boolean;
  readonly lastUsedService: string | null;
  readonly lastUsedRegion: string | null;
  /** Null if it was not looked up, which does not mean unused. */
  readonly usage: RowUsage | null;
}

/** One IAM user in the inventory. Null means not known, unless a field says otherwise. */
export interface InventoryRow {
  readonly account: string;
  readonly userName: string;
  readonly userId: string | null;
  readonly arn: string;
  readonly path: string;
  readonly created: Instant;
  /** All tags, those of {@link FIRST_TAGS} first. */
  readonly tags: Readonly<Record<string, string>> | null;
  /** The owner by tag; null also if there is no such tag. */
  readonly owner: string | null;
  /** True if the user has a console password. */
  readonly console: boolean | null;
  /** True if the user is an administrator or can become one. */
  readonly privileged: boolean | null;
  readonly privilege: Privilege['kind'];
  /** The policies that make the user privileged. */
  readonly privilegedBy: readonly Grant[];
  /** True for software, false for a person. */
  readonly automation: boolean | null;
  /** The sign that says so: `tag`, `path` or `console-password`. */
  readonly automationBy: string | null;
  readonly otherCredentials: OtherCredentials;
  readonly read: ReadHow;
  /** The time of the facts about the keys; null if the user could not be read. */
  readonly asOf: Instant | null;
  /**
   * When this survey wanted to read the keys from IAM and could not (no answer, or no time was left), so that the row has older
   * facts or none; null if it did not want to, or could.
   */
  readonly unreadAt: Instant | null;
  readonly activeKeys: number;
  readonly keys: readonly RowKey[];
}

/** The parts of a row that a survey does not have. */
export interface RowContext {
  readonly account: string;
  readonly owner: string | null;
  readonly fullIds: boolean;
  /** By key id. A key that is not in it was not looked up. */
  readonly usage: ReadonlyMap<string, KeyUsage>;
}

/** The row of a user. */
export function inventoryRow(user: SurveyedUser, context: RowContext): InventoryRow {
  const { userName, userId, arn, path, created, console, privilege, otherCredentials, how, asOf } = user;
  const { account, owner } = context;
  const automation = automationOf(user);
  return {
    account,
    userName,
    userId,
    arn,
    path,
    created,
    tags: user.tags === null ? null : firstTagsFirst(user.tags),
    owner,
    console,
    privileged: isPrivileged(privilege),
    privilege: privilege.kind,
    privilegedBy: 'by' in privilege ? privilege.by : [],
    automation: automation.kind === 'unknown' ? null : automation.kind === 'automation',
    automationBy: automation.kind === 'unknown' ? null : automation.by,
    otherCredentials,
    read: how,
    asOf,
    unreadAt: user.unreadAt ?? null,
    activeKeys: user.keys.filter(({ status }) => status === 'Active').length,
    keys: user.keys.map((key) => rowKey(key, context)),
  };
}

function rowKey({ id, status, created, lastUsed }: ObservedKey, { fullIds, usage }: RowContext): RowKey {
  const used = lastUsed.kind === 'used' ? lastUsed : null;
  return {
    id: fullIds ? id : keyName(id),
    status,
    created,
    lastUsed: used?.at ?? null,
    lastUsedKnown: lastUsed.kind !== 'not-read',
    lastUsedService: used?.service ?? null,
    lastUsedRegion: used?.region ?? null,
    usage: rowUsage(usage.get(id)),
  };
}

function rowUsage(usage: KeyUsage | undefined): RowUsage | null {
  return usage?.lookup.kind === 'looked-up'
    ? { at: usage.lookup.at, back: usage.lookup.back, families: usage.families }
    : null;
}

/** Tags that come first, whatever their letter case. */
export const FIRST_TAGS = ['Environment', 'Application', 'Owner', 'CostCenter'] as const;

function firstTagsFirst(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const rank = (key: string) => {
    const found = FIRST_TAGS.findIndex((first) => first.toLowerCase() === key.toLowerCase());
    return found < 0 ? FIRST_TAGS.length : found;
  };
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => rank(a) - rank(b)));
}
