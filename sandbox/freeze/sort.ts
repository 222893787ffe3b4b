import { featuresOf, type Sample, telling } from './choose.ts';
import { type Plain, plainItem } from './plain.ts';
import type { Stored } from './tap.ts';
import type { Whole } from './whole.ts';

type Fields = { readonly [field: string]: Plain };

/** Samples by the name of their file in `items/`. */
export type Sorted = ReadonlyMap<string, readonly Sample[]>;

/** File names by pattern of the item's key, as this release writes it. */
const KINDS: readonly (readonly [pattern: RegExp, file: string])[] = [
  [/^USER#\S* HIST#/, 'history'],
  [/^USER#\S* DECIDED#/, 'decided'],
  [/^USER#\S* EVIDENCE$/, 'evidence'],
  [/^ABOUT#/, 'about'],
  [/^PACE#/, 'pace'],
  [/^DECISION#/, 'requests'],
  [/^NAME#/, 'names'],
  [/^BUDGET#/, 'budget'],
  [/^SETBACKS#/, 'setbacks'],
  [/^CONFIG#/, 'refresh'],
  [/^CONTROL /, 'control'],
  [/^LEDGER#/, 'ledger'],
  [/^USAGE#/, 'usage'],
  [/^HEALTH#/, 'health'],
  [/^STAMP#/, 'stamps'],
  [/^LINE#/, 'lines'],
];

/** The file for an item: by kind; for cases by phase and variant; for messages by the function that reads them. */
function fileOf({ where, what }: Stored, onceTable: RegExp): string {
  if (typeof what === 'string') {
    return /^\{"kind":"usage"/.test(what) ? 'questions' : 'messages';
  }
  if (onceTable.test(where)) {
    return 'once';
  }
  const item = plainItem(what) as Fields;
  if (item.sk === 'CASE') {
    const { phase, heldFor, closedAs } = item.case as Fields;
    return `case/${[phase, heldFor ?? closedAs ?? []].flat().join('-')}`;
  }
  if ('linkRequest' in item) {
    return 'link-requests';
  }
  const place = `${String(item.pk)} ${String(item.sk)}`;
  const [, file] = KINDS.find(([pattern]) => pattern.test(place)) ?? [];
  if (file === undefined) {
    throw new Error(`the freezer does not know the item ${place}: add it to freeze/sort.ts`);
  }
  return file;
}

/**
 * Sorts everything stored into files by kind and keeps of each kind the samples that show something new. Whole users
 * are stored separately, so single history entries are kept only for features that those do not show.
 */
export function sortItems(stored: readonly Stored[], onceTable: RegExp, users: readonly Whole[]): Sorted {
  const files = new Map<string, Sample[]>();
  for (const one of stored) {
    const { from, what } = one;
    const item = typeof what === 'string' ? (JSON.parse(what) as Plain) : plainItem(what);
    const file = fileOf(one, onceTable);
    files.set(file, [...(files.get(file) ?? []), { from, item }]);
  }
  const names = [...files.keys()].sort();
  const entries = users.flatMap(({ items }) => items.filter((item) => 'entry' in item));
  const shown = new Set(entries.flatMap((item) => featuresOf(item)));
  return new Map(
    names.map((name) => [name, telling(files.get(name) ?? [], name === 'history' ? shown : new Set())]),
  );
}
