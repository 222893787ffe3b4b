/** The commands that a page tells people to type. */
import { spawnSync } from 'node:child_process';

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
