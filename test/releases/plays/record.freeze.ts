import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { LIVES } from './lives.ts';
import { linksOf, openPages } from './pages.ts';

/** The file that the command wants the record in. */
const FILE = process.env.SOLEKEY_FREEZE_TO ?? '';

test('every play is recorded', async () => {
  const recordings = [];
  for (const [name, life] of Object.entries(LIVES)) {
    recordings.push(await life(name));
  }
  const stored = recordings.flatMap((one) => one.stored);
  const links = recordings.flatMap(({ m, play }) => linksOf(m, play));
  writeFileSync(FILE, JSON.stringify({ stored, links, pages: await openPages() }));
});
