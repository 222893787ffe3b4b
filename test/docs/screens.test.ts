/**
 * The pictures of docs/pages.md. They are not compared with the pages of today, which change with every word; `npm run shots`
 * takes them again before a release.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SCREENS_FOLDER, SHOTS } from '../browser/shots.ts';
import { everyState } from '../browser/states.ts';
import { pageText, ROOT } from './pages.ts';

const FOLDER = join(ROOT, 'docs', SCREENS_FOLDER);
const LARGEST = 1_300_000;

it('docs/pages.md shows exactly the pictures that `npm run shots` takes', () => {
  const shown = [...pageText('docs/pages.md').matchAll(/\]\(screens\/([a-z-]+)\.png\)/g)].map(
    ([, name]) => name,
  );
  expect(shown.sort()).toEqual(Object.keys(SHOTS).sort());
  expect(readdirSync(FOLDER).sort()).toEqual(
    Object.keys(SHOTS)
      .map((name) => `${name}.png`)
      .sort(),
  );
});

it('they are pictures of a phone, and together small', () => {
  const pictures = readdirSync(FOLDER).map((file) => readFileSync(join(FOLDER, file)));
  expect(pictures.map((png) => [png.toString('latin1', 1, 4), png.readUInt32BE(16)])).toEqual(
    pictures.map(() => ['PNG', 2 * 390]),
  );
  expect(pictures.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(LARGEST);
});

it('every picture has a state to show', async () => {
  const states = (await everyState()).map(({ name }) => name);
  expect(Object.values(SHOTS).filter((state) => !states.includes(state))).toEqual([]);
});
