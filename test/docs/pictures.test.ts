import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PICTURES } from '../../docs/pictures/draw.ts';
import { TRANSITIONS } from '../../functions/core/case/transitions.ts';

const DOCS = join(import.meta.dirname, '../../docs');

it.each(Object.entries(PICTURES))('docs/%s is what `npm run pictures` draws', (file, draw) => {
  expect(readFileSync(join(DOCS, file), 'utf8')).toBe(draw());
});

it('the table of the lifecycle has a dot for every transition, and no other', () => {
  const dots = PICTURES['lifecycle.md']?.().match(/●/g) ?? [];
  expect(dots).toHaveLength(Object.values(TRANSITIONS).flat().length);
});

it('the flow is readable in light and dark mode, and for those who do not see it', () => {
  const svg = PICTURES['flow.svg']?.() ?? '';
  expect(svg).toContain('@media (prefers-color-scheme: dark)');
  expect(svg).toContain('<title>');
});
