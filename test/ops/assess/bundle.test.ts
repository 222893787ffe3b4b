import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleAssess } from '../../../ops/assess/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'solekey-bundle-'));
const file = join(folder, 'assess.mjs');
let bytes = 0;
beforeAll(async () => {
  bytes = await bundleAssess(file);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the file far from the packages of this repository. */
const run = (...args: string[]) =>
  spawnSync(process.execPath, [file, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: '', HOME: folder },
  });

describe('the assessment as one file', () => {
  it('is small enough to be uploaded by hand', () => {
    expect(bytes).toBeLessThan(1_000_000);
  });

  it('runs with plain node', () => {
    expect(run('--help')).toMatchObject({ status: 0, stderr: '' });
    const { status, stderr } = run('--credential-report', 'none.csv');
    expect([status, stderr]).toEqual([
      1,
      "A file could not be read or written: ENOENT: no such file or directory, open 'none.csv'\n",
    ]);
  });

  it('says in one line that there are no credentials, and shows no stack', () => {
    const { status, stderr } = run('--profile', 'nobody', '-q');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^No AWS credentials found for the profile nobody\.[^\n]*\n$/);
  });
});
