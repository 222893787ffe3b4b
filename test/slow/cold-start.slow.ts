import { expect, it } from 'vitest';
import { coldStarts } from '../../ops/cold-start.ts';

it('`npm run bench` imports every bundle with the variables that a deployment gives it', async () => {
  const table = await coldStarts(1);
  const names = [...table.matchAll(/^\| ([a-z-]+) \| \d+ kB \| \d+ ms \| \d/gm)].map(([, name]) => name);
  expect(names.sort()).toEqual([
    'approve',
    'evaluate',
    'health',
    'hello-world',
    'reconcile',
    'records',
    'sweep',
    'witness',
  ]);
});
