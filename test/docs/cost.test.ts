import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ASSUMED, TIERS } from '../../functions/core/config/cost.ts';
import { bench } from '../../ops/bench.ts';
import { section } from './pages.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const costs = section(readme, 'What it costs');

it('the README shows what `npm run bench` computes', () => {
  expect(costs).toContain(`\n${bench()}\n`);
});

it('the README names the prices and assumptions behind it', () => {
  for (const { dollars } of TIERS) {
    expect(costs).toContain(`$${dollars}`);
  }
  expect(costs).toContain(`${ASSUMED.violating * 100} % of the users have several active keys`);
  expect(costs.replace(/\s+/g, ' ')).toContain(`of the others ${ASSUMED.changing * 100} % change each day`);
});
