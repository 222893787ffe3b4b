/** `npm run rooms`: generates house/lint.json from the table of rooms. A test fails if the committed file differs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintRules } from './lint.ts';

const file = join(import.meta.dirname, 'lint.json');
const lines = lintRules().overrides.map((override) => JSON.stringify(override));
writeFileSync(file, `{"overrides": [\n${lines.join(',\n')}\n]}\n`);
