import { knownUse, type ObservedKey } from '../model/observation.ts';

/** By creation, then by key id, because creation times have a resolution of one second. */
export function newestFirst(a: ObservedKey, b: ObservedKey): number {
  return order(b.created, a.created) || order(a.id, b.id);
}

/** A key whose use was not read may be in use, so it comes before one that was never used. */
export function lastUsedFirst(a: ObservedKey, b: ObservedKey): number {
  return order(signOf(b), signOf(a)) || newestFirst(a, b);
}

/** Sort key for the last use. An unread one (`-`) sorts before every instant, and no use before that. */
function signOf({ lastUsed }: ObservedKey): string {
  switch (lastUsed.kind) {
    case 'used':
      return lastUsed.at;
    case 'not-read':
      return knownUse(lastUsed) ?? '-';
    case 'never':
      return '';
  }
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
