/** `npm run schemas`: writes docs/schemas and the examples of the pages again. A test fails if any of it is out of date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECTIONS, withExamples } from './examples.ts';
import { SCHEMAS } from './schemas.ts';

const ROOT = join(import.meta.dirname, '../../..');

for (const [file, text] of Object.entries(SCHEMAS)) {
  writeFileSync(join(ROOT, 'docs/schemas', file), text);
}
for (const page of Object.keys(SECTIONS)) {
  const path = join(ROOT, page);
  writeFileSync(path, withExamples(page, readFileSync(path, 'utf8')));
}
