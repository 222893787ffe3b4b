/** Reads what was saved in a folder: `table.jsonl`, one plain item of the table a line, and `anchors/NUMBER/…`. */
import type { KeyObject } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { anchorFrom } from '../../functions/adapters/records/anchor-folder.ts';
import { instantSchema } from '../../functions/contracts/case-item.ts';
import { CONTROL_KEY, userPartition } from '../../functions/contracts/items.ts';
import { ledgerPartition } from '../../functions/contracts/ledger-item.ts';
import { storedLedger } from '../../functions/contracts/stored-ledger.ts';
import { isOfRecord, storedUser, userIdIn } from '../../functions/contracts/stored-user.ts';
import { ANCHORS } from '../../functions/core/records/anchor.ts';
import type { ReadAnchor } from '../../functions/core/verify/anchors.ts';
import type { ReadLedger } from '../../functions/core/verify/ledger.ts';
import type { ReadUser } from '../../functions/core/verify/user.ts';
import { type Line, linesOf, textAt } from './lines.ts';

export const TABLE_FILE = 'table.jsonl';
/** Partitions that were read again later, which stand for those of the table. */
export const AGAIN_FILE = 'again.jsonl';
export const ABOUT_FILE = 'about.json';

/** A plain item of the table. */
export type Item = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string };

/** How a folder was filled. A folder without it was put together by hand. */
export const aboutSchema = z.object({
  account: z.string().nullable().default(null),
  /** When the reading began; null if nobody knows. */
  readAt: instantSchema.nullable().default(null),
  /** Keys of the bucket of which there are older versions. */
  replaced: z.array(z.string()).default([]),
  /** Keys below `anchors/` that belong to no anchor, and were not saved. */
  stray: z.array(z.string()).default([]),
});

export type About = z.infer<typeof aboutSchema>;

/** A file beside the folders of anchors that only says where to look first. */
export const HINT = 'latest.json';

/** The name of a folder that holds an anchor. */
const FOLDER = /^\d{9}$/;

/** How the folder was filled. */
export function savedAbout(folder: string): About {
  const file = join(folder, ABOUT_FILE);
  return aboutSchema.parse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
}

/** The anchors in a folder, each read when it is asked for. */
export function savedAnchors(
  folder: string,
  key: KeyObject,
  { replaced, stray }: Pick<About, 'replaced' | 'stray'>,
): { readonly anchors: Iterable<ReadAnchor>; readonly stray: readonly string[] } {
  const root = join(folder, ANCHORS);
  const names = existsSync(root) ? readdirSync(root).sort() : [];
  const isAnchor = (name: string) => FOLDER.test(name);
  return {
    anchors: anchorsIn(root, names.filter(isAnchor), key, replaced),
    stray: [
      ...stray,
      ...names.filter((name) => !isAnchor(name) && name !== HINT).map((name) => `${ANCHORS}${name}`),
    ],
  };
}

function* anchorsIn(
  root: string,
  names: readonly string[],
  key: KeyObject,
  replaced: readonly string[],
): Generator<ReadAnchor> {
  for (const name of names) {
    const own = `${ANCHORS}${name}/`;
    const files = readdirSync(join(root, name), { withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => ({ name: file.name, bytes: readFileSync(join(root, name, file.name)) }));
    const older = replaced.filter((path) => path.startsWith(own));
    yield anchorFrom(
      Number(name),
      files,
      key,
      older.map((path) => path.slice(own.length)),
    );
  }
}

/** True if an item is of a user's record, of a ledger, or the control item. All others follow from those. */
function isChecked(pk: string, sk: string): boolean {
  return pk.startsWith(userPartition('', '').slice(0, -1))
    ? isOfRecord(sk)
    : pk === CONTROL_KEY.pk || pk.startsWith(ledgerPartition(''));
}

/** The items of a saved table. */
export interface SavedTable {
  readonly users: (account: string) => Iterable<ReadUser>;
  readonly ledger: (account: string) => ReadLedger;
  readonly close: () => void;
}

type Place = Pick<Line, 'offset' | 'length'>;

/** Opens a saved table. The items of a user may stand anywhere in it: only their places are kept in memory. */
export function savedTable(folder: string): SavedTable {
  const file = openSync(join(folder, TABLE_FILE), 'r');
  const places = placesIn(file);
  const again = join(folder, AGAIN_FILE);
  const newer = existsSync(again) ? itemsIn(again) : new Map<string, readonly Item[]>();
  const itemsOf = (pk: string): readonly Item[] =>
    newer.get(pk) ?? (places.get(pk) ?? []).map((place) => itemOf(textAt(file, place)));
  return {
    *users(account) {
      for (const pk of new Set([...places.keys(), ...newer.keys()])) {
        const userId = userIdIn(pk, account);
        const user = userId === null ? null : storedUser(userId, itemsOf(pk));
        if (user !== null) {
          yield user;
        }
      }
    },

    ledger: (account) => storedLedger(account, itemsOf(ledgerPartition(account)), itemsOf(CONTROL_KEY.pk)),

    close: () => closeSync(file),
  };
}

/** The places of the items that are checked, by partition. */
function placesIn(file: number): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const { text, ...place } of linesOf(file)) {
    const { pk, sk } = itemOf(text);
    if (isChecked(pk, sk)) {
      const known = places.get(pk) ?? [];
      known.push(place);
      places.set(pk, known);
    }
  }
  return places;
}

function itemsIn(path: string): Map<string, readonly Item[]> {
  const items = new Map<string, Item[]>();
  for (const line of readFileSync(path, 'utf8')
    .split('\n')
    .filter((text) => text !== '')) {
    const item = itemOf(line);
    items.set(item.pk, [...(items.get(item.pk) ?? []), item]);
  }
  return items;
}

const itemSchema = z.looseObject({ pk: z.string(), sk: z.string() });

/** An item from a line. Throws if the line has none, so that no part of a table is silently left out. */
function itemOf(text: string): Item {
  return itemSchema.parse(JSON.parse(text));
}
