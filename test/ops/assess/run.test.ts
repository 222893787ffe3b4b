import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAssess } from '../../../ops/assess/run.ts';
import { ACTIONS } from '../../../ops/assess/survey.ts';
import { USAGE_ACTION } from '../../../ops/assess/usage.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'solekey-assess-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const KEY = ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'];
const HEADER = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  ...[1, 2].flatMap((n) => KEY.map((field) => `access_key_${n}_${field}`)),
];
const LONG_AGO = '2022-01-01T00:00:00+00:00';
const ACTIVE = ['true', LONG_AGO, 'N/A', 'N/A', 'N/A'];
const NO_KEY = ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
const ROOT = [
  '<root_account>',
  'arn:aws:iam::123456789012:root',
  LONG_AGO,
  'not_supported',
  ...NO_KEY,
  ...NO_KEY,
];
const user = (name: string, ...keys: string[][]) => [
  name,
  `arn:aws:iam::123456789012:user/svc/${name}`,
  LONG_AGO,
  'false',
  ...keys.flat(),
];

/** A credential report as a file. */
function report(...rows: string[][]): string {
  const file = join(folder, 'credentials.csv');
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  writeFileSync(file, [HEADER, ROOT, ...rows].map((row) => row.map(cell).join(',')).join('\n'));
  return file;
}

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const streams = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const code = await runAssess([...args, '--out', join(folder, 'files')], streams);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const file = (name: string) => readFileSync(join(folder, 'files', name), 'utf8');
const rowsOf = (name: string) => parse(file(name), { columns: true }) as Record<string, string>[];

describe('an assessment of a credential report', () => {
  it('needs no credentials, and ends with 2 if somebody has several active keys', async () => {
    const { code, out, err } = await run(
      '--credential-report',
      report(user('ci', ACTIVE, ACTIVE), user('one', ACTIVE, NO_KEY)),
    );
    expect(code).toBe(2);
    expect(out).toContain('1 user has more than one active key; 1 has one, 0 have none.');
    expect(out).toContain('! ci ');
    expect(err).toContain('The report has no key ids');
  });

  it('ends with 0 if nobody has, and if nothing may fail it', async () => {
    expect(await run('--credential-report', report(user('one', ACTIVE, NO_KEY)))).toMatchObject({ code: 0 });
    const two = report(user('ci', ACTIVE, ACTIVE));
    expect(await run('--credential-report', two, '--fail-on', 'never')).toMatchObject({ code: 0 });
    expect(await run('--credential-report', two, '--fail-on', 'violations')).toMatchObject({ code: 2 });
  });

  it('is as old as the file', async () => {
    const path = report(user('one', ACTIVE, NO_KEY));
    utimesSync(path, new Date(LONG_AGO), new Date(LONG_AGO));
    expect((await run('--credential-report', path)).out).toContain(
      'the credential report of 2022-01-01, 00:00 UTC',
    );
  });

  it('refuses a file that is none, in one line', async () => {
    const other = join(folder, 'other.csv');
    writeFileSync(other, 'a,b\n1,2\n');
    const refused = await run('--credential-report', other);
    expect(refused).toEqual({
      code: 1,
      out: '',
      err: `${other} is not a credential report of IAM: it has no column access_key_1_active.`,
    });
    const missing = await run('--credential-report', join(folder, 'none.csv'));
    expect(missing.code).toBe(1);
    expect(missing.err).toMatch(/^A file could not be read or written: .*none\.csv/);
  });

  it('writes files that only their owner can read, and says what they hold', async () => {
    await run('--credential-report', report(user('ci', ACTIVE, ACTIVE), user('one', ACTIVE, NO_KEY)));
    const manifest = JSON.parse(file('manifest.json')) as {
      readonly files: { readonly name: string; readonly bytes: number }[];
    };
    expect(manifest.files.map(({ name }) => name)).toEqual([
      'report.html',
      'report.json',
      'violations.csv',
      'inventory.csv',
      'inventory.jsonl',
    ]);
    for (const name of [...manifest.files.map((one) => one.name), 'manifest.json']) {
      expect(statSync(join(folder, 'files', name)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(folder, 'files')).mode & 0o777).toBe(0o700);
    expect(file('report.json')).toMatch(/^\{\n {2}"classification": "internal"/);
    expect(rowsOf('inventory.csv').map((row) => row.user)).toEqual(['ci', 'one']);
    expect(rowsOf('violations.csv')).toMatchObject([{ usage: 'key 1 - | key 2 -' }]);
    expect(file('inventory.jsonl').trim().split('\n')).toHaveLength(2);
  });

  it('makes no formula of a name', async () => {
    const names = ['=cmd|calc', '+1', '-1', '@x', '\t=1', 'a,"b"'];
    await run('--credential-report', report(...names.map((name) => user(name, ACTIVE, ACTIVE))));
    for (const row of [...rowsOf('inventory.csv'), ...rowsOf('violations.csv')]) {
      for (const cell of Object.values(row)) {
        expect(cell).not.toMatch(/^[=+\-@\t]/);
      }
    }
    expect(rowsOf('inventory.csv').at(-1)?.user).toBe('a,"b"');
  });

  it('does not know who is an administrator, and says so everywhere', async () => {
    const path = report(user('ci', ACTIVE, ACTIVE));
    const { out } = await run('--credential-report', path);
    expect(out).toContain('It is not known which users are administrators: their policies were not read.');
    expect(rowsOf('violations.csv')).toMatchObject([{ privileged: 'not known', privileged_by: '' }]);
    expect(rowsOf('inventory.csv')).toMatchObject([{ privileged: 'not known', automation: 'true' }]);
    expect(JSON.parse(file('inventory.jsonl'))).toMatchObject({
      schema: 1,
      privileged: null,
      privilege: 'unknown',
    });
    for (const name of ['ci', 'one']) {
      const users = report(user('ci', ACTIVE, ACTIVE), user('one', ACTIVE, NO_KEY));
      expect((await run('--credential-report', users, '--explain', name)).out).toContain(
        'policies were not read',
      );
    }
  });

  it('explains a user, whatever the letter case, and says of others why there is nothing to explain', async () => {
    const path = report(user('ci', ACTIVE, ACTIVE), user('one', ACTIVE, NO_KEY));
    expect((await run('--credential-report', path, '--explain', 'CI')).out).toMatch(
      /^IAM user ci\n {2}key .*\n(.*\n)+Proposal: /,
    );
    expect((await run('--credential-report', path, '--explain', 'one')).out).toContain(
      'at most one active key',
    );
    const unknown = await run('--credential-report', path, '--explain', 'onw');
    expect([unknown.code, unknown.err.split('\n').at(-1)]).toEqual([
      1,
      'There is no IAM user "onw". Did you mean one?',
    ]);
  });

  it('compares with an earlier report, and refuses what is none', async () => {
    await run('--credential-report', report(user('ci', ACTIVE, ACTIVE), user('one', ACTIVE, ACTIVE)));
    const earlier = join(folder, 'earlier.json');
    writeFileSync(earlier, file('report.json'));
    const now = await run(
      '--credential-report',
      report(user('ci', ACTIVE, ACTIVE), user('new', ACTIVE, ACTIVE)),
      '--since',
      earlier,
    );
    expect(now.out).toContain('Since the earlier report:\n  new (1): new\n  gone (1): one');
    const same = await run(
      '--credential-report',
      report(user('ci', ACTIVE, ACTIVE), user('one', ACTIVE, ACTIVE)),
      '--since',
      earlier,
    );
    expect(same.out).toContain('Since the earlier report: the same users with the same active keys.');
    for (const [text, words] of [
      ['{}', 'is not a report.json'],
      ['no json', 'is not a report.json'],
      [file('report.json').replace('"schema": 1', '"schema": 99'), 'was written by a newer release'],
    ] as const) {
      writeFileSync(earlier, text);
      const refused = await run(
        '--credential-report',
        report(user('ci', ACTIVE, ACTIVE)),
        '--since',
        earlier,
      );
      expect(refused.code).toBe(1);
      expect(refused.err).toContain(words);
    }
  });

  it('prints only data with --json, and only the totals with -q', async () => {
    const path = report(user('ci', ACTIVE, ACTIVE));
    const { out } = await run('--credential-report', path, '--json');
    expect(JSON.parse(out)).toMatchObject({ schema: 1, account: '123456789012', totals: { several: 1 } });
    const quiet = await run('--credential-report', path, '-q');
    expect(quiet).toEqual({
      code: 2,
      out: '1 user has more than one active key; 0 have one, 0 have none.',
      err: '',
    });
  });
});

describe('an assessment that does not begin', () => {
  it('prints the least policy: the reads that it makes, and nothing else', async () => {
    const { code, out } = await run('--policy');
    expect(code).toBe(0);
    const { Statement } = JSON.parse(out) as { readonly Statement: readonly { readonly Action: string[] }[] };
    expect(Statement.flatMap(({ Action }) => Action)).toEqual([...ACTIONS, USAGE_ACTION]);
    expect(ACTIONS.every((action) => /^iam:(Get|List|Generate)/.test(action))).toBe(true);
  });

  it('explains itself, and what is wrong', async () => {
    expect((await run('--help')).out).toMatch(/^Usage: npm run assess/);
    expect(await run('--nope')).toMatchObject({ code: 1, out: '' });
  });
});
