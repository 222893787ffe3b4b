import { expect, it } from 'vitest';
import { ASSUMED, TIERS } from '../../functions/core/config/cost.ts';
import { bench } from '../../ops/bench.ts';
import { pageText } from './pages.ts';

const costs = pageText('docs/cost.md');

it('docs/cost.md shows what `npm run bench` computes', () => {
  expect(costs).toContain(`\n${bench()}\n`);
});

it('docs/cost.md names the prices and assumptions behind it', () => {
  for (const { dollars } of TIERS) {
    expect(costs).toContain(`$${dollars}`);
  }
  const words = costs.replace(/\s+/g, ' ');
  expect(words).toContain(`${ASSUMED.violating * 100} % of the users have several active keys`);
  expect(words).toContain(`of the others ${ASSUMED.changing * 100} % change each day`);
});

it('the README names the price of 5,000 users as `npm run bench` has it', () => {
  const [, dollars = ''] = /^\| 5,000 \| 24 hours \| [\d,]+ \| ([\d.]+) /m.exec(bench()) ?? [];
  expect(pageText('README.md')).toContain(`about $${Math.round(Number(dollars))} a month for 5,000 users`);
});
