import type { TypedItem } from './tap.ts';

/** A value without DynamoDB's types. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [field: string]: Plain };

/**
 * An item in plain JSON. Nothing is lost: this release stores only strings, numbers, booleans, nulls, lists and maps,
 * whose types JSON keeps. Throws for anything else (a set, binary data, a number that JavaScript cannot represent).
 */
export function plainItem(item: TypedItem): Readonly<Record<string, Plain>> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));
}

function plain(typed: Readonly<Record<string, unknown>>): Plain {
  const [[type, value] = ['nothing', undefined], ...more] = Object.entries(typed);
  if (more.length === 0) {
    if (type === 'S') {
      return value as string;
    }
    if (type === 'N' && String(Number(value)) === value) {
      return Number(value);
    }
    if (type === 'BOOL') {
      return value as boolean;
    }
    if (type === 'NULL') {
      return null;
    }
    if (type === 'L') {
      return (value as Readonly<Record<string, unknown>>[]).map(plain);
    }
    if (type === 'M') {
      return plainItem(value as TypedItem);
    }
  }
  throw new Error(`a frozen item cannot hold ${JSON.stringify(typed)}`);
}
