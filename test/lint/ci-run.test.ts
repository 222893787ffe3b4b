import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const made: string[] = [];
afterAll(() => {
  for (const folder of made) {
    rmSync(folder, { recursive: true, force: true });
  }
});

const tests = (passed: number, failed: number) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults: [] });
const story = (passed: boolean, troubled: string[] = []) =>
  JSON.stringify({
    passed,
    users: ['ci-deploy', 'undo-me', 'selfie'].map((userName) => ({ userName })),
    steps: troubled.map((userName) => ({ title: `${userName}: it went wrong`, ok: false })),
  });

interface Played {
  /** What `npm <name>` does, in shell; by default it succeeds and leaves nothing. */
  readonly npm?: Record<string, string>;
  readonly scripts?: string[];
  readonly python?: string;
}

/** Runs .ci/run in a folder of its own, with stand-ins for npm, python3 and apt-get. */
function run({ npm = {}, scripts = [], python = 'exit 0' }: Played) {
  const folder = mkdtempSync(join(tmpdir(), 'solekey-ci-'));
  made.push(folder);
  cpSync(join(ROOT, '.ci'), join(folder, '.ci'), { recursive: true });
  mkdirSync(join(folder, '.sandbox'));
  mkdirSync(join(folder, 'bin'));
  const manifest = { scripts: Object.fromEntries(scripts.map((name) => [name, 'true'])) };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const branches = Object.entries(npm).map(([name, shell]) => `"${name}") ${shell};;`);
  const commands = {
    npm: `case "\${*%% --no*}" in ${branches.join('\n')}\nesac`,
    python3: python,
    'apt-get': 'echo "apt-get $*"',
    sudo: 'shift 2; exec "$@"',
  };
  for (const [name, shell] of Object.entries(commands)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${shell}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  writeFileSync(join(folder, '.sandbox/tests.json'), tests(1000, 0)); // of an earlier run
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, HOME: folder };
  const { status, stdout } = spawnSync(join(folder, '.ci/run'), { cwd: '/', env, encoding: 'utf8' });
  const lines = stdout.trimEnd().split('\n');
  return { status, stdout, last: lines.at(-1), headings: lines.filter((line) => line.startsWith('=== ')) };
}

const leaves = (report: string, file: string, code = 0) =>
  `printf %s '${report}' > .sandbox/${file}.json; exit ${code}`;
const GREEN = {
  'run check': leaves(tests(40, 0), 'tests'),
  start: leaves(story(true), 'story'),
};

describe('.ci/run', () => {
  it('ends with the number of tests and chapters that passed', () => {
    const { status, last, headings } = run({ npm: GREEN });
    expect([status, last]).toEqual([0, '43 passed, 0 failed']);
    expect(headings).toHaveLength(4);
  });

  it('runs the slower checks where there are any, and counts them', () => {
    const npm = { ...GREEN, 'run check:slow': leaves(tests(5, 0), 'slow-tests') };
    expect(run({ npm, scripts: ['check:slow'] }).last).toBe('48 passed, 0 failed');
    expect(run({ npm: GREEN, scripts: ['check:slow'] }).last).toBe('43 passed, 0 failed');
    const failing = { ...GREEN, 'run check:slow': 'exit 1' };
    expect(run({ npm: failing, scripts: ['check:slow'] }).last).toBe('43 passed, 1 failed');
  });

  it('counts what each step left, even if a later step writes over it', () => {
    const npm = { ...GREEN, 'run check:slow': leaves(story(false), 'story', 0) };
    expect(run({ npm, scripts: ['check:slow'] }).last).toBe('43 passed, 0 failed');
  });

  it.each([
    ['tests', { ...GREEN, 'run check': leaves(tests(38, 2), 'tests', 1) }, '41 passed, 2 failed'],
    ['a format, before any test', { ...GREEN, 'run check': 'exit 1' }, '3 passed, 1 failed'],
    [
      'the synth, after all tests',
      { ...GREEN, 'run check': leaves(tests(40, 0), 'tests', 1) },
      '43 passed, 1 failed',
    ],
    [
      'chapters',
      { ...GREEN, start: leaves(story(false, ['selfie', 'undo-me']), 'story', 1) },
      '41 passed, 2 failed',
    ],
    ['the story as a whole', { ...GREEN, start: leaves(story(false), 'story', 1) }, '42 passed, 1 failed'],
    ['to leave a report', { ...GREEN, start: 'exit 0' }, '40 passed, 1 failed'],
  ])('goes on to the end when something fails: %s', (_, npm, last) => {
    const played = run({ npm });
    expect([played.status, played.last]).toEqual([1, last]);
    expect(played.headings).toHaveLength(4);
  });

  it('names what failed, shortly before its last line', () => {
    const testResults = [
      {
        name: 'test/a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'does' },
          {
            status: 'failed',
            fullName: 'does not',
            failureMessages: ['expected 1 to be 2\n    at a.test.ts'],
          },
        ],
      },
      { name: 'test/b.test.ts', status: 'failed', message: 'cannot be loaded', assertionResults: [] },
    ];
    const report = JSON.stringify({ numPassedTests: 1, numFailedTests: 1, testResults });
    const npm = {
      'run check': leaves(report, 'tests', 1),
      start: leaves(story(false, ['selfie']), 'story', 1),
    };
    const { stdout } = run({ npm });
    expect(stdout.split('\n').filter((line) => line.startsWith('not passed: '))).toEqual([
      'not passed: test/a.test.ts does not: expected 1 to be 2',
      'not passed: test/b.test.ts: cannot be loaded',
      'not passed: selfie: it went wrong',
    ]);
  });

  it('counts a test file that could not be loaded', () => {
    const report = JSON.stringify({
      numPassedTests: 7,
      numFailedTests: 0,
      testResults: [{ status: 'failed', assertionResults: [] }],
    });
    const npm = { ...GREEN, 'run check': leaves(report, 'tests', 1) };
    expect(run({ npm }).last).toBe('10 passed, 1 failed');
  });

  it('stops where nothing could work: without the packages of npm', () => {
    const played = run({ npm: { ...GREEN, ci: 'exit 1' } });
    expect([played.status, played.last]).toEqual([1, '0 passed, 2 failed']);
    expect(played.headings).toHaveLength(2);
  });

  it('installs the venv module where it is missing, and only there', () => {
    expect(run({ npm: GREEN }).stdout).not.toContain('apt-get');
    const played = run({ npm: GREEN, python: 'exit 1' });
    expect(played.stdout).toContain('apt-get install -q -y --no-install-recommends python3 python3-venv');
    expect(played.status).toBe(0);
  });
});
