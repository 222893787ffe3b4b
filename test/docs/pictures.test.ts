import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PHOTOGRAPHS, PICTURES, takenSoFar } from '../../docs/pictures/draw.ts';
import { TRANSITIONS } from '../../functions/core/case/transitions.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { pageText, ROOT } from './pages.ts';

const DOCS = join(ROOT, 'docs');

it.each(Object.entries(PICTURES))('docs/%s is what `npm run pictures` draws', (file, draw) => {
  expect(readFileSync(join(DOCS, file), 'utf8')).toBe(draw());
});

it('the README shows what an assessment prints, and readers of the docs find a whole report', () => {
  expect(pageText('README.md')).toContain('](docs/pictures/assess.svg)');
  expect(pageText('docs/assess.md')).toContain('](example-report.html)');
  const svg = PICTURES['pictures/assess.svg']?.() ?? '';
  expect(svg).toContain('  * administrator</text>');
  expect(svg).toContain('@media (prefers-color-scheme: dark)');
  expect(PICTURES['example-report.html']?.()).toContain('<strong>can become administrator</strong>');
});

describe.each(Object.entries(PHOTOGRAPHS))('docs/%s', (file, render) => {
  const png = readFileSync(join(DOCS, file));

  it('shows the words of today; else: npm run pictures', async () => {
    expect(takenSoFar()[file]?.html).toBe(sha256(await render()));
  });

  it('is the picture that was taken then, of a phone, and small enough for a README', () => {
    expect(takenSoFar()[file]?.png).toBe(sha256(png.toString('base64')));
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(2 * 390);
    expect(png.length).toBeLessThan(150_000);
    expect(pageText('README.md')).toContain(`docs/${file}`);
  });
});

it('nothing is recorded of photographs that nobody takes any more', () => {
  expect(Object.keys(takenSoFar()).sort()).toEqual(Object.keys(PHOTOGRAPHS).sort());
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
