import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startGuarded } from '../world/processes.ts';
import { findPython } from '../world/python.ts';
import type { Stored } from './tap.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');

/** A mailed link and the play that it is from. */
export interface MailedLink {
  readonly from: string;
  readonly url: string;
}

/** A page with its form, as a person had it open. */
export interface OpenPage {
  readonly name: string;
  readonly html: string;
  readonly [about: string]: unknown;
}

/** The result of the plays in test/releases/plays. */
export interface Played {
  readonly stored: readonly Stored[];
  readonly links: readonly MailedLink[];
  readonly pages: readonly OpenPage[];
}

/**
 * Runs the plays, which go through weeks in seconds and reach states that the story does not. They use the product's
 * own code, so they run in a process of their own and leave a file.
 */
export async function recordPlays(file: string): Promise<Played> {
  const { executable: python } = await findPython(process.env);
  let said = '';
  const child = startGuarded({
    python,
    name: 'plays',
    command: [
      ...['/bin/sh', '-c', 'cd "$0" && exec "$@"', ROOT],
      ...[process.execPath, VITEST, 'run', '--config', 'test/releases/plays/vitest.config.ts'],
    ],
    env: {
      PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      HOME: dirname(file),
      SOLEKEY_FREEZE_TO: file,
    },
    output: (text) => {
      said += text;
    },
  });
  if ((await child.ended) !== 0) {
    throw new Error(`the plays were not recorded:\n${said.trim()}`);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Played;
}
