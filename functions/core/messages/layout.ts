import { printable } from '../words/words.ts';

/** Lines are broken at this width if possible. */
const WIDTH = 95;

/**
 * A longer word is cut, because it would break the layout of every mail program. Only names chosen by others are so
 * long.
 */
const LONGEST_WORD = 80;

/** Every line as printable ASCII, without a limit on its length. */
export function ascii(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line, Number.POSITIVE_INFINITY))
    .join('\n');
}

/**
 * A paragraph. Lines are broken between sentences if possible, and within them only if necessary. Empty sentences are
 * left out.
 */
export function prose(...sentences: readonly string[]): string {
  const lines: string[] = [];
  for (const sentence of sentences.filter((text) => text !== '')) {
    const last = lines.pop();
    const joined = last === undefined ? sentence : `${last} ${sentence}`;
    if (last === undefined || joined.length <= WIDTH) {
      lines.push(...wrapped(joined));
    } else {
      lines.push(last, ...wrapped(sentence));
    }
  }
  return lines.join('\n');
}

/** One entry of a list, with its further lines indented. */
export function item(text: string): string {
  return wrapped(`- ${text}`).join('\n  ');
}

/** A place where a line may be broken: not within parentheses, and not between a time and its zone. */
const GAP = / (?!UTC|[^(]*\))/;

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(GAP).map(shortened)) {
    const last = lines.pop();
    if (last === undefined) {
      lines.push(word);
    } else if (last.length + 1 + word.length <= WIDTH) {
      lines.push(`${last} ${word}`);
    } else {
      lines.push(last, word);
    }
  }
  return lines;
}

function shortened(word: string): string {
  return word.length <= LONGEST_WORD ? word : `${word.slice(0, LONGEST_WORD - 3)}...`;
}

/** Rows with aligned columns, indented by two spaces. The first row is the head. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(ascii));
  const width = (column: number) =>
    Math.max(...cells.flatMap((row) => row.slice(column, column + 1).map(({ length }) => length)));
  return cells
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(width(column))).join('   ')}`.trimEnd())
    .join('\n');
}
