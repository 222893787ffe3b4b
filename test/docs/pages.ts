/** Reads our own pages: sections, tables, links, and the commands that people are told to type. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** Folders that are not ours, or hold no pages for people. */
const ELSEWHERE = new Set(['node_modules', 'test', 'cdk.out', 'coverage']);

function below(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      return ELSEWHERE.has(path) || (entry.name.startsWith('.') && entry.name !== '.ci')
        ? []
        : below(path, ending);
    }
    return ending.test(entry.name) ? [path] : [];
  });
}

/** Every page for people, as its path in the repository. */
export const PAGES: readonly string[] = below('.', /\.md$/);

/** Every file of the repository but tests, as its path. */
export const FILES: readonly string[] = below('.', /./);

/** Every file below test/, as its path. */
export const TESTS: readonly string[] = below('test', /./);

/** The text of a page, from its path in the repository. */
export function pageText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** What stands under a heading of the second level. */
export function section(page: string, heading: string): string {
  const [, rest] = page.split(`\n## ${heading}\n`);
  if (rest === undefined) {
    throw new Error(`there is no section "${heading}"`);
  }
  return rest.split('\n## ')[0] ?? '';
}

/** The cells of the first table of a text, its head included. */
export function cellsOf(text: string): string[][] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(from).findIndex((line) => !line.startsWith('|'));
  return lines
    .slice(from, length < 0 ? undefined : from + length)
    .filter((line) => !/^\|[\s:|-]+$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Every block of a page in one language, without the indentation of the list it may stand in. */
export function blocksOf(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'))].map(
    ([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/** Every shell block of a page. */
export const shellBlocks = (page: string): string[] => blocksOf(page, 'sh');

/** A page without its blocks of code. */
export const proseOf = (page: string): string => page.replace(/^ *```[\s\S]*?^ *```$/gm, '');

/** What stands in backticks in the prose of a page. */
export const inBackticks = (page: string): string[] =>
  [...proseOf(page).matchAll(/`([^`]+)`/g)].map(([, words = '']) => words.replace(/\s+/g, ' '));

/** What the shell finds wrong with a block without running it; empty when nothing. */
export function syntaxProblems(block: string): string {
  const { stderr } = spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' });
  return stderr;
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
}
