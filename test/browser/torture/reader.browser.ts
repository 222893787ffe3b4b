import { expect, it } from 'vitest';
import { drawBy } from '../../core/proposal/corpus/random.ts';
import { atDepth } from '../../depth.ts';
import { scene } from './scenes.ts';
import { storedSince, submitAll } from './walk.ts';

/** SECURITY.md has the numbers of ten seeds, as `SOLEKEY_DEPTH=all` plays them. */
const SEEDS = atDepth({ sample: 1, share: 1, all: 10 });
const TIMES = 200;

/** What a program that writes words of the page into its boxes may ask for, and nothing else. */
it.each([
  ['reader', 'decide: a question', ['keep', 'restore']],
  ['reader', 'decide: a question, both in use', ['keep', 'restore']],
  ['reader', 'row: a question', ['keep', 'restore']],
  ['copier', 'delete: a deletion to confirm', ['confirm']],
  ['copier', 'restore: grace, compromised', ['restore']],
] as const)('a %s at the link "%s" asks for %s at most', async (writer, name, asked) => {
  const through: string[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const one = await scene(name);
    const { decidedAfter } = await submitAll(one, { draw: drawBy(seed * 7), writer, times: TIMES });
    const stored = storedSince(one);
    expect(asked).toEqual(expect.arrayContaining(stored));
    if (stored.length > 0) {
      through.push(decidedAfter === null ? stored.join() : `${stored.join()} after ${decidedAfter}`);
    }
  }
  process.stdout.write(`${writer} at "${name}": ${through.length} of ${SEEDS} (${through.join('; ')})\n`);
});
