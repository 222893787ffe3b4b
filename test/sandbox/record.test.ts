import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recorded, type StoryRecord, writeRecord } from '../../sandbox/story/record.ts';
import { recordOf } from '../../sandbox/story/report.ts';
import { Steps } from '../../sandbox/story/steps.ts';

const AT = '2026-11-24T10:00:00.000Z';
const USER = {
  account: '123456789012',
  userName: 'ci-deploy',
  before: [
    { id: 'AKIAOLD', status: 'Active' },
    { id: 'AKIANEW', status: 'Active' },
  ],
  decision: { keep: 'AKIANEW', by: 'sec-lead', at: AT },
  after: [{ id: 'AKIANEW', status: 'Active' }],
  outcome: 'remediated',
} as const;
const RECORD: StoryRecord = {
  passed: true,
  users: [USER],
  steps: [{ at: AT, title: 'ci-deploy: got a key', ok: true }],
};

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'solekey-record-'));
  file = join(directory, 'story.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const written = async (): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));
const play = (work: () => Promise<{ readonly record: StoryRecord }>) => {
  const steps = new Steps(() => undefined);
  steps.add('ci-deploy: got a key');
  return recorded(file, steps, work);
};

describe('story.json', () => {
  it('has this shape', async () => {
    for (const decision of [USER.decision, null]) {
      const record = { ...RECORD, users: [{ ...USER, decision }] };
      writeRecord(file, record);
      expect(await written()).toEqual(record);
    }
    expect(await readdir(directory)).toEqual(['story.json']);
  });

  it.each<[string, object]>([
    ['more at the top', { ...RECORD, config: null }],
    ['more about a user', { ...RECORD, users: [{ ...USER, remark: 'x' }] }],
    ['more about a key', { ...RECORD, users: [{ ...USER, after: [{ ...USER.after[0], created: AT }] }] }],
    ['more about a step', { ...RECORD, steps: [{ ...RECORD.steps[0], userName: 'x' }] }],
    ['no users', { passed: true, steps: [] }],
    ['a user without an account', { ...RECORD, users: [{ ...USER, account: undefined }] }],
    ['no word about a decision', { ...RECORD, users: [{ ...USER, decision: undefined }] }],
    ['another outcome', { ...RECORD, users: [{ ...USER, outcome: 'done' }] }],
    ['another status', { ...RECORD, users: [{ ...USER, before: [{ id: 'AKIAOLD', status: 'on' }] }] }],
  ])('has no other: %s', async (_, record) => {
    expect(() => writeRecord(file, record as StoryRecord)).toThrow();
    expect(await readdir(directory)).toEqual([]);
  });

  it('of an earlier run is gone while a story is played, and the new one is there at once', async () => {
    await writeFile(file, JSON.stringify(RECORD));
    const record = { ...RECORD, passed: false };
    const told = await play(async () => {
      expect(await readdir(directory)).toEqual([]);
      return { record };
    });
    expect(told.record).toBe(record);
    expect(await written()).toEqual(record);
  });

  it('of a story that broke off has not passed, and says why', async () => {
    await writeFile(file, JSON.stringify(RECORD));
    const broken = play(() => Promise.reject(new Error('no Python')));
    await expect(broken).rejects.toThrow('no Python');
    expect(await written()).toEqual({
      passed: false,
      users: [],
      steps: [
        { at: expect.any(String), title: 'ci-deploy: got a key', ok: true },
        { at: expect.any(String), title: 'The story broke off: no Python', ok: false },
      ],
    });
  });
});

describe('a story passed', () => {
  const row = { user: USER, remark: undefined, problems: [] };
  const view = { agreeing: 1, compared: 1, runs: 2, evaluations: 3, error: null };
  const agreed = { ...view, disagreements: new Map<string, string>() };
  const of = (more: Partial<Parameters<typeof recordOf>[0]> = {}) =>
    recordOf({ rows: [row], steps: RECORD.steps, wrong: 0, view: agreed, ...more });

  it('when every user ended as decided and AWS Config, the last step, agrees with IAM', () => {
    const { passed, users, steps } = of();
    expect({ passed, users, first: steps[0] }).toEqual({
      passed: true,
      users: [USER],
      first: RECORD.steps[0],
    });
    expect(steps.slice(1)).toEqual([
      {
        at: expect.any(String),
        title: 'AWS Config agrees for 1 of 1 users, after 2 runs and 3 evaluations.',
        ok: true,
      },
    ]);
    expect(of({ view: undefined }).passed).toBe(true);
  });

  it.each<[string, Partial<Parameters<typeof recordOf>[0]>, boolean]>([
    ['a user ended otherwise', { rows: [{ ...row, problems: ['the user is gone'] }] }, true],
    ['a key changed without a decision', { wrong: 1 }, true],
    [
      'AWS Config disagrees',
      { view: { ...agreed, disagreements: new Map([['AIDA1', 'shows nothing']]) } },
      false,
    ],
    ['the last run of the rule failed', { view: { ...agreed, error: 'boom' } }, false],
  ])('not when %s', (_, more, compared) => {
    const { passed, steps } = of(more);
    expect([passed, steps.at(-1)?.ok]).toEqual([false, compared]);
  });
});
