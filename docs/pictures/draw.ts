/** `npm run pictures`: draws every picture of the docs anew. A test fails when one is not what this makes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawFlow } from './flow.ts';
import { drawLifecycle } from './lifecycle.ts';

const ROOT = join(import.meta.dirname, '../..');

/** File below docs/, and what makes it. */
export const PICTURES: Readonly<Record<string, () => string>> = {
  'flow.svg': drawFlow,
  'lifecycle.md': drawLifecycle,
};

if (process.argv[1] === import.meta.filename) {
  for (const [file, draw] of Object.entries(PICTURES)) {
    writeFileSync(join(ROOT, 'docs', file), draw());
  }
}
