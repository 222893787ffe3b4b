/** `npm run corpus`: measures the proposals, prints the result, and writes it into docs/proposals.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measured } from './page.ts';

const PAGE = join(import.meta.dirname, '../../../../docs/proposals.md');
const MARKS = /(<!-- npm run corpus -->\n)[\s\S]*(<!-- end -->)/;

const result = measured();
const page = readFileSync(PAGE, 'utf8');
writeFileSync(
  PAGE,
  page.replace(MARKS, (_all, begin, end) => `${begin}\n${result}\n\n${end}`),
);
process.stdout.write(`${result}\n`);
