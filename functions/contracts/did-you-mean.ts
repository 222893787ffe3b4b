/** Shorter words begin too many others to say which one was meant. */
const TELLING = 4;

/**
 * The choice that somebody seems to have meant by a word; null if none is similar enough: a few letters differ, or one
 * begins with the other. Among equally similar ones it is the first.
 */
export function meant(word: string, choices: readonly string[]): string | null {
  const typed = word.toLowerCase();
  const [nearest] = choices
    .map((choice) => ({ choice, edits: distance(typed, choice.toLowerCase()) }))
    .filter(
      ({ choice, edits }) => edits <= Math.max(1, Math.floor(choice.length / 3)) || begins(typed, choice),
    )
    .sort((a, b) => a.edits - b.edits);
  return nearest?.choice ?? null;
}

/** ` (did you mean "observe"?)` for a value that is similar to one of the choices, else the empty string. */
export function didYouMean(value: unknown, choices: readonly string[]): string {
  const near = typeof value === 'string' ? meant(value, choices) : null;
  return near === null ? '' : ` (did you mean ${JSON.stringify(near)}?)`;
}

function begins(typed: string, choice: string): boolean {
  const [short = '', long = ''] = [typed, choice.toLowerCase()].sort((a, b) => a.length - b.length);
  return short.length >= TELLING && long.startsWith(short);
}

/** The edit distance of two words: letters inserted, deleted, replaced, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = [...b, ''].map((_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + same,
        swapped ? (before[j - 2] ?? 0) + 1 : a.length + b.length,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** ` Did you mean pause?` if a choice is similar enough to the word, else the empty string. */
export function suggestion(word: string, choices: readonly string[]): string {
  const near = meant(word, choices);
  return near === null ? '' : ` Did you mean ${near}?`;
}
