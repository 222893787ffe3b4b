/** `npm run pictures`: draws every picture of the docs anew. A test fails when one is not what this makes. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawFlow } from './flow.ts';
import { drawLifecycle } from './lifecycle.ts';

const ROOT = join(import.meta.dirname, '../..');

/** File below docs/, and what makes it. */
export const PICTURES: Readonly<Record<string, () => string>> = {
  'flow.svg': drawFlow,
  'lifecycle.md': () => formatted('docs/lifecycle.md', drawLifecycle()),
};

/** As the formatter wants it, so that a drawn page passes `npm run check` like a written one. */
function formatted(path: string, content: string): string {
  const biome = join(ROOT, 'node_modules/.bin/biome');
  const args = ['format', `--stdin-file-path=${path}`];
  return execFileSync(biome, args, { cwd: ROOT, input: content, encoding: 'utf8' });
}

if (process.argv[1] === import.meta.filename) {
  for (const [file, draw] of Object.entries(PICTURES)) writeFileSync(join(ROOT, 'docs', file), draw());
}
