/** `npm run schemas`: writes the JSON Schemas for people and machines. A test fails if a committed file differs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../ops/control/results.ts';
import { controlSchema } from './control.ts';

writeFileSync(join(import.meta.dirname, `control.v${VERSION}.json`), controlSchema());
