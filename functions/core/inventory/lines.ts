import { privilegeInShort } from './privilege-words.ts';
import { FIRST_TAGS, INVENTORY_SCHEMA, type InventoryRow, type RowKey } from './row.ts';
import { isRead } from './surveyed.ts';

/** Keys of a user that have columns of their own in the CSV; the JSON Lines have all. */
const COLUMNS = 2;

export type Cell = string | number | boolean | null;

/** Characters that change how the text around them is shown: controls, directions, separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A value as JSON, in which every character that is not seen is written as an escape; on one line unless it is indented.
 */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(UNSEEN, (found) =>
    found === '\n' ? found : escaped(found),
  );
}

function escaped(characters: string): string {
  return Array.from(
    { length: characters.length },
    (_, at) => `\\u${characters.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** A text in a cell of a CSV file: on one line, without characters that are not seen. */
export function cellText(text: string): string {
  return text.replace(UNSEEN, ' ');
}

/** A row as one line of JSON Lines, with its line break. */
export function jsonLine(row: InventoryRow): string {
  return `${jsonText({ schema: INVENTORY_SCHEMA, ...row })}\n`;
}

const NUMBERS = Array.from({ length: COLUMNS }, (_, index) => index + 1);

const ABOUT = {
  user: (row) => row.userName,
  user_id: (row) => row.userId,
  arn: (row) => row.arn,
  account: (row) => row.account,
  path: (row) => row.path,
  created: (row) => row.created,
  environment: (row) => tagOf(row, FIRST_TAGS[0]),
  application: (row) => tagOf(row, FIRST_TAGS[1]),
  owner: (row) => row.owner,
  cost_center: (row) => tagOf(row, FIRST_TAGS[3]),
  console: (row) => known(row.console),
  privileged: (row) => known(row.privileged),
  privileged_by: (row) => row.privilegedBy.map(privilegeInShort).join('; '),
  automation: (row) => known(row.automation),
  certificates: (row) => known(row.otherCredentials.certificates),
  service_specific_credentials: (row) => known(row.otherCredentials.serviceSpecific),
  read: (row) => row.read,
  as_of: (row) => row.asOf,
  unread_at: (row) => row.unreadAt,
  active_keys: (row) => (isRead(row.read) ? row.activeKeys : 'not read'),
  keys: (row) => (isRead(row.read) ? row.keys.length : 'not read'),
  tags: (row) => (row.tags === null ? 'not read' : jsonText(row.tags)),
} as const satisfies Record<string, (row: InventoryRow) => Cell>;

const PER_KEY = {
  id: (key) => key.id,
  status: (key) => key.status,
  created: (key) => key.created,
  last_used: (key) => key.lastUsed ?? (key.lastUsedKnown ? 'never' : 'not read'),
  last_used_service: (key) => key.lastUsedService,
  last_used_region: (key) => key.lastUsedRegion,
} as const satisfies Record<string, (key: RowKey) => Cell>;

/** The columns of inventory.csv, in their order. */
export const INVENTORY_COLUMNS: readonly string[] = [
  ...Object.keys(ABOUT),
  ...NUMBERS.flatMap((n) => Object.keys(PER_KEY).map((field) => `key_${n}_${field}`)),
];

/** A row as the cells of inventory.csv, by column. A formula must be made harmless by whoever writes the file. */
export function inventoryCells(row: InventoryRow): Readonly<Record<string, Cell>> {
  const about = Object.entries(ABOUT).map(([name, of]): [string, Cell] => [name, of(row)]);
  const keys = NUMBERS.flatMap((n) => {
    const key = row.keys[n - 1];
    return Object.entries(PER_KEY).map(([field, of]): [string, Cell] => [
      `key_${n}_${field}`,
      key === undefined ? null : of(key),
    ]);
  });
  return Object.fromEntries(
    [...about, ...keys].map(([name, cell]) => [name, typeof cell === 'string' ? cellText(cell) : cell]),
  );
}

const known = (value: boolean | number | null): Cell => value ?? 'not known';

function tagOf({ tags }: InventoryRow, wanted: (typeof FIRST_TAGS)[number]): string | null {
  const found = Object.entries(tags ?? {}).find(([key]) => key.toLowerCase() === wanted.toLowerCase());
  return found?.[1] ?? null;
}
