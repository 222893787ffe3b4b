import type { Concern } from '../../core/signoff/state.ts';
import type { TypedOf } from '../../core/signoff/typed.ts';
import type { StatementStore } from '../signoff-ports.ts';

/** The words of concerns, by number; `erased` if an operator erased them, null if they are not as they were given. */
export type ConcernWords = ReadonlyMap<number, TypedOf['concern'] | 'erased' | null>;

/** Concerns of which a page shows the words. It names the others. */
export const MOST_WITH_WORDS = 20;

/** Reads the words of the oldest open concerns. */
export async function concernWords(
  statements: Pick<StatementStore, 'typed'>,
  account: string,
  open: readonly Concern[],
): Promise<ConcernWords> {
  const oldest = open.slice(0, MOST_WITH_WORDS);
  const words = await statements.typed(account, 'concern', oldest);
  return new Map(oldest.map(({ number }, index) => [number, words[index] ?? null]));
}
