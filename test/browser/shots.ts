/** `npm run shots`: takes the pictures of the main pages for docs/pages.md again, as a phone shows them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { photograph } from '../../docs/pictures/photograph.ts';
import { everyState } from './states.ts';

/** The folder of the pictures, below docs/. */
export const SCREENS_FOLDER = 'screens';

/** The state that each picture shows, by file name without its end. */
export const SHOTS: Readonly<Record<string, string>> = {
  choose: 'decide: a clear question',
  check: 'check: as proposed',
  'check-in-use': 'check: against the proposal, a key in use',
  mistake: 'check: a use not acknowledged (422)',
  changed: 'decide: somebody else answered first (409)',
  rotation: 'decide: rotation',
  grace: 'decide: grace',
  'restore-check': 'restore: second page',
  'restore-typed': 'restore: second page, typed because compromised',
  review: 'list: together',
  'review-check': 'review: check',
  delete: 'delete: deletion to confirm',
  report: 'report: everything',
  'sign-off': 'sign-off: due',
  'sign-off-check': 'sign-off: check, accepted',
  concern: 'concern: a key in its grace period',
};

if (process.argv[1] === import.meta.filename) {
  const states = await everyState();
  const names = Object.keys(SHOTS);
  const pages = names.map(async (name) => {
    const state = states.find((one) => one.name === SHOTS[name]);
    if (state === undefined) {
      throw new Error(`There is no state "${SHOTS[name]}".`);
    }
    return (await state.pages.fetch(new Request(`http://127.0.0.1${state.path}`))).text();
  });
  const pictures = await photograph(await Promise.all(pages));
  const folder = join(import.meta.dirname, '../../docs', SCREENS_FOLDER);
  mkdirSync(folder, { recursive: true });
  pictures.forEach((png, n) => {
    writeFileSync(join(folder, `${names[n]}.png`), png);
  });
  const size = pictures.reduce((sum, { length }) => sum + length, 0);
  process.stdout.write(`${pictures.length} pictures, ${Math.round(size / 1_000)} kB\n`);
}
