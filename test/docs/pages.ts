/** Reads our own pages: sections, tables, and the commands that people are told to type. */
import { spawnSync } from 'node:child_process';

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

/** Every shell block of a page, without the indentation of the list it may stand in. */
export function shellBlocks(page: string): string[] {
  return [...page.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/** What the shell finds wrong with a block without running it; empty when nothing. */
export function syntaxProblems(block: string): string {
  const { stderr } = spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' });
  return stderr;
}
