import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** An item of a frozen release, and the story or play that it is from. */
export interface Sample<Item = Record<string, unknown>> {
  from: string;
  item: Item;
}

/** All that was stored about one user. */
export interface WholeUser {
  from: string;
  items: Record<string, unknown>[];
}

/** A page as somebody had it open. */
export interface FrozenPage {
  name: string;
  path: string;
  purpose: string;
  known: unknown;
  /** What its form sends; null where it has none. */
  sent: string | null;
}

/** The files of a frozen release. */
export function frozen(version: string) {
  const folder = join(import.meta.dirname, version);
  const text = (file: string) => readFileSync(join(folder, file), 'utf8');
  const json = <Content>(file: string) => JSON.parse(text(file)) as Content;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
  const items = <Item = Record<string, unknown>>(kind: string) => json<Sample<Item>[]>(`items/${kind}.json`);
  const under = (start: string) => files.filter((file) => file.startsWith(start) && file.endsWith('.json'));
  return {
    folder,
    files,
    text,
    json,
    items,
    /** Every case item, whichever phase. */
    cases: under('items/case/').flatMap((file) => json<Sample[]>(file)),
    users: under('items/users/').map((file) => json<WholeUser>(file)),
    pages: json<FrozenPage[]>('pages.json'),
    bytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
  };
}

/** Every value that a field of this name has, anywhere in here. */
export function valuesOf(field: string, within: unknown): unknown[] {
  if (typeof within !== 'object' || within === null) {
    return [];
  }
  return Object.entries(within).flatMap(([name, value]) => [
    ...(name === field && !Array.isArray(within) ? [value] : []),
    ...valuesOf(field, value),
  ]);
}
