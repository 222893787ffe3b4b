import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PHRASES, RELATIVE_CLAUSE } from './comment-phrases.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['docs/pictures', 'functions', 'house', 'infra', 'ops', 'sandbox'];

interface Comment {
  /** `file:line` of its first line. */
  readonly at: string;
  readonly isDoc: boolean;
  /** On one line, without the comment's marks. */
  readonly text: string;
}

const DOC = /^([ \t]*)\/\*\*([\s\S]*?)\*\//gm;
const LINES = /^[ \t]*\/\/(?! biome-ignore).*(?:\n[ \t]*\/\/(?! biome-ignore).*)*/gm;
const MARKS = /\n?^[ \t]*(?:\/\/|\*)[ \t]?/gm;

/** The comments that have lines of their own. */
function commentsIn(source: string, file: string): Comment[] {
  const found = (pattern: RegExp, isDoc: boolean) =>
    [...source.matchAll(pattern)].map((match): Comment => {
      const line = source.slice(0, match.index).split('\n').length;
      const text = (isDoc ? (match[2] ?? '') : match[0]).replace(MARKS, ' ').replace(/\s+/g, ' ').trim();
      return { at: `${file}:${line}`, isDoc, text };
    });
  return [...found(DOC, true), ...found(LINES, false)];
}

const COMMENTS = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(ROOT, folder, file)),
).flatMap((path) => commentsIn(readFileSync(path, 'utf8'), relative(ROOT, path)));

describe('comments in the code', () => {
  it('are found, on one line or several', () => {
    const source =
      '/** One\n * thing. */\nconst a = 1;\n  // Two\n  // things.\n  // biome-ignore x\nconst b = 2; // not this\n';
    expect(commentsIn(source, 'a.ts')).toEqual([
      { at: 'a.ts:1', isDoc: true, text: 'One thing.' },
      { at: 'a.ts:4', isDoc: false, text: 'Two things.' },
    ]);
    expect(COMMENTS.filter(({ isDoc }) => isDoc).length).toBeGreaterThan(1_000);
  });

  it('do not begin with a relative clause if they are doc comments', () => {
    expect(RELATIVE_CLAUSE.test('Whether a key is in use.')).toBe(true);
    expect(COMMENTS.filter(({ isDoc, text }) => isDoc && RELATIVE_CLAUSE.test(text))).toEqual([]);
  });

  it.each(PHRASES)('do not say $phrase but: $instead', ({ phrase, catches }) => {
    expect(catches).toMatch(phrase);
    expect(COMMENTS.filter(({ text }) => phrase.test(text))).toEqual([]);
  });
});
