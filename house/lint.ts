import { posix } from 'node:path';
import { ROOMS } from './rooms.ts';

/** The deepest level of folders inside a room that contains no other rooms. */
export const DEEPEST = 2;

/** One override in the linter's configuration: the imports forbidden to files at one depth of a room. */
interface Override {
  readonly includes: readonly string[];
  readonly linter: unknown;
}

const table: Readonly<Record<string, readonly string[]>> = ROOMS;
const names = Object.keys(table);

/** True if other rooms are below this one. Then only the files directly in its folder belong to it. */
const hasRooms = (room: string): boolean => names.some((other) => other.startsWith(`${room}/`));

/** The import patterns that one entry of the table allows, relative to a folder. */
function doors(entry: string, folder: string): string[] {
  if (!/^(?:functions|ops)\//.test(entry)) {
    return [`!${entry}`, `!${entry}/**`];
  }
  const path = posix.relative(folder, entry);
  const way = path.startsWith('.') ? path : `./${path}`;
  if (entry.endsWith('.ts')) {
    return [`!${way}`];
  }
  return [names.includes(entry) && hasRooms(entry) ? `!${way}/*.ts` : `!${way}/**`];
}

function override(room: string, depth: number): Override {
  const entries = table[room] ?? [];
  const folder = posix.join(room, ...Array.from({ length: depth }, () => 'x'));
  const inside = depth === 0 ? [] : ['!../**', `${'../'.repeat(depth + 1)}**`];
  const own = hasRooms(room) ? '!./*.ts' : '!./**';
  const group = ['**', own, ...inside, ...entries.flatMap((entry) => doors(entry, folder))];
  const message = `${room} stands on ${entries.join(', ') || 'nothing'} (house/rooms.ts).`;
  const options = { patterns: [{ group, message }] };
  return {
    includes: [`${folder.replaceAll('/x', '/*')}/*.ts`],
    linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } },
  };
}

/** The linter's rules for all rooms. `npm run rooms` writes them to house/lint.json. */
export function lintRules(): { readonly overrides: readonly Override[] } {
  const depths = (room: string) => Array.from({ length: hasRooms(room) ? 1 : DEEPEST + 1 }, (_, n) => n);
  return { overrides: names.flatMap((room) => depths(room).map((depth) => override(room, depth))) };
}
