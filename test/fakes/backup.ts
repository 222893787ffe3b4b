import type { MemoryWorld } from './world.ts';

/** Keeps what the table has now. Returns how to restore it, as from a backup. */
export function backup({ table }: Pick<MemoryWorld, 'table'>): () => void {
  const { rows, history, requests, ranks, decisions } = table;
  const [maps, made] = [[rows, history, requests, ranks] as Map<string, unknown>[], [...decisions]];
  const kept = maps.map((one) => [...one]);
  return () => {
    for (const [index, map] of maps.entries()) {
      map.clear();
      for (const [key, value] of kept[index] ?? []) {
        map.set(key, value);
      }
    }
    decisions.splice(0, decisions.length, ...made);
  };
}
