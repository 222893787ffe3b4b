import { type Plain, plainItem } from './plain.ts';
import type { Stored } from './tap.ts';

type Fields = { readonly [field: string]: Plain };

/** Everything stored about one user at the end: the case, its whole history, and related items. */
export interface Whole {
  readonly from: string;
  readonly items: readonly Fields[];
}

/** The event codes and rules in a user's history. */
function codesOf({ items }: Whole): string[] {
  return items.flatMap(({ entry }) => {
    const { rule, events } = (entry ?? { events: [] }) as {
      readonly rule: string;
      readonly events: readonly { readonly code: string }[];
    };
    return [`rule ${rule}`, ...events.map(({ code }) => code)];
  });
}

/**
 * A selection of users whose histories together contain every event code and rule, each with everything stored about
 * them.
 */
export function wholeUsers(stored: readonly Stored[]): Whole[] {
  const users = new Map<string, Map<string, Fields>>();
  for (const { from, what } of stored) {
    if (typeof what === 'string' || !from.includes(': ')) {
      continue;
    }
    const item = plainItem(what) as Fields;
    const own = users.get(from) ?? new Map<string, Fields>();
    own.set(`${String(item.pk)} ${String(item.sk)}`, item);
    users.set(from, own);
  }
  const seen = new Set<string>();
  return [...users]
    .map(([from, items]): Whole => ({ from, items: [...items].sort(byPlace).map(([, item]) => item) }))
    .filter((whole) => {
      const before = seen.size;
      for (const code of codesOf(whole)) {
        seen.add(code);
      }
      return seen.size > before;
    });
}

function byPlace([a]: readonly [string, Fields], [b]: readonly [string, Fields]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
