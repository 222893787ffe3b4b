import { printable } from '../words/words.ts';

/** Every line as printable ASCII, without a limit on its length. */
export function ascii(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line, Number.POSITIVE_INFINITY))
    .join('\n');
}

/**
 * A paragraph on one line, because a phone breaks lines better than we can. Empty sentences are left out.
 */
export function prose(...sentences: readonly string[]): string {
  return sentences.filter((text) => text !== '').join(' ');
}

/** Lines without the empty ones. */
export function lines(...all: readonly string[]): string {
  return all.filter((text) => text !== '').join('\n');
}
