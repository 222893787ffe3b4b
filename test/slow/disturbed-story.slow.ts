import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StoryRecord } from '../../sandbox/story/record.ts';
import type { UserRecord } from '../../sandbox/story/verdict.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** `SEEDS=4711,12 npm run check:slow` plays others, and `npm run check:deep` many more. */
const SEEDS = (process.env.SEEDS ?? '1,2,3').split(',').map(Number);

/** The record of a calm story that was played a moment ago, as `.ci/run` has one; without it one is played here. */
const { CALM_STORY } = process.env;

/** Plays the story in a process of its own and reads its record; a story that did not pass is an error with its end. */
async function play(record: string, ...args: readonly string[]): Promise<StoryRecord> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/start.ts', ...args], { cwd: ROOT });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) {
    // CI shows the first line of an error only.
    const bad = said.split('\n').filter((line) => /FAILED: | BUT |^Error/.test(line));
    throw new Error(`the story ended with ${code}: ${bad.join(' | ')}\n${said}`);
  }
  return recordIn(record);
}

async function recordIn(record: string): Promise<StoryRecord> {
  return JSON.parse(await readFile(`${ROOT}.sandbox/${record}`, 'utf8')) as StoryRecord;
}

/** What became of a user, without the ids, which are others in every run: a key is named by its place in the beginning. */
function fateOf({ before, decision, after, outcome }: UserRecord): object {
  const place = (id: string) => {
    const index = before.findIndex((key) => key.id === id);
    return index < 0 ? 'made later' : `key ${index + 1}`;
  };
  return {
    outcome,
    kept: decision === null ? null : decision.keep === null ? 'none' : place(decision.keep),
    after: after.map(({ id, status }) => `${place(id)} ${status}`),
  };
}

const worldOf = ({ users }: StoryRecord): object =>
  Object.fromEntries(users.map((user) => [user.userName, fateOf(user)]));

describe('the story with events lost, doubled and late at random ends in the same world as on a calm day', () => {
  let calm: object;
  beforeAll(async () => {
    const before = CALM_STORY === undefined ? null : await recordIn(CALM_STORY);
    calm = worldOf(before?.passed === true ? before : await play('story.json'));
  });

  it.each(SEEDS)('with seed %i', async (seed) => {
    const record = await play(`story-seed-${seed}.json`, '--disturb', '--seed', String(seed));
    expect(record.passed).toBe(true);
    expect(worldOf(record)).toEqual(calm);
  });
});
