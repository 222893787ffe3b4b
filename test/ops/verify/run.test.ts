/** `npm run verify` on saved files, as an operator types it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../../ops/verify/outcome.ts';
import { recordsResult } from '../../../ops/verify/results.ts';
import { runVerify } from '../../../ops/verify/run.ts';
import { makeRecords, verifyBench } from '../../../ops/verify-bench.ts';
import { newKey } from '../../fakes/kept-account.ts';

const root = mkdtempSync(join(tmpdir(), 'solekey-verify-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let [folder, key] = ['', ''];
beforeEach(() => {
  folder = mkdtempSync(join(root, 'records-'));
  key = join(folder, 'public.pem');
  writeFileSync(key, makeRecords(folder, { users: 2, entriesEach: 3, quietDays: 1 }));
});

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runVerify(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const files = () => run('--files', folder, '--key', key);

function editTable(change: (lines: string[]) => string[]): void {
  const file = join(folder, 'table.jsonl');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  writeFileSync(file, `${change(lines).join('\n')}\n`);
}

describe('saved records', () => {
  it('are as Solekey wrote them', async () => {
    const { code, out, err } = await files();
    expect(out.replace(/\d\.\d s/, 'N s')).toBe(
      [
        'Account 123456789012: 2 users with 6 entries, 0 entries in the ledger, 4 anchors. Checked in N s.',
        'Everything is as Solekey wrote it until 5 Jan 2026, 00:00 UTC, the time of anchor 4.',
      ].join('\n'),
    );
    expect([code, err]).toEqual([EXIT.fine, '']);
  });

  it('may stand in any order, with empty lines between, and without a line break at the end', async () => {
    editTable((lines) => lines.reverse().flatMap((line) => [line, '']));
    const file = join(folder, 'table.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').trimEnd());
    expect(await files()).toMatchObject({ code: EXIT.fine });
  });

  it('were edited: the entry is named first, with the moment since which nobody can vouch', async () => {
    editTable((lines) =>
      lines.map((line) => (line.includes('HIST#000000002') ? line.replace('made up', 'made off') : line)),
    );
    const { code, out, err } = await files();
    expect(out.split('\n')).toEqual([
      '! User service-000001 (AIDA00000000000000001): entry 2 is not as anchor 2 says. Not vouched for since 2 Jan 2026, 00:00 UTC.',
      '! User service-000002 (AIDA00000000000000002): entry 2 is not as anchor 2 says. Not vouched for since 2 Jan 2026, 00:00 UTC.',
      expect.stringMatching(/^Account 123456789012: 2 users/),
      '2 findings. Nobody can vouch for all records since 2 Jan 2026, 00:00 UTC.',
    ]);
    expect([code, err]).toEqual([
      EXIT.findings,
      'What to do: "A record that was changed" in docs/operate.md.',
    ]);
  });

  it('are younger than the last anchor, which is said', async () => {
    rmSync(join(folder, 'anchors/000000003'), { recursive: true });
    rmSync(join(folder, 'anchors/000000004'), { recursive: true });
    const { code, out } = await files();
    expect(code).toBe(EXIT.fine);
    expect(out).toMatch(
      /2 entries of 2 users are younger than the last anchor: nothing vouches for them until the next one, at most 24 hours after the last\.$/,
    );
  });

  it('say when they were read, so that a missing end of the anchors is found', async () => {
    const about = { account: '123456789012', readAt: '2026-01-09T00:00:00.000Z' };
    writeFileSync(
      join(folder, 'about.json'),
      JSON.stringify({ ...about, replaced: ['anchors/000000002/anchor.sig'] }),
    );
    mkdirSync(join(folder, 'anchors/5'));
    const { out } = await files();
    expect(out).toContain('! Anchor 2: anchor.sig was replaced or deleted; an older version is known.');
    expect(out).toContain('! The last anchor is from 5 Jan 2026, 00:00 UTC: ');
    expect(out).toContain('! anchors/5 belongs to no anchor.');
  });

  it('as JSON have a fixed form', async () => {
    renameSync(join(folder, 'anchors/000000003'), join(folder, 'anchors/000000007'));
    editTable((lines) => lines.filter((line) => !line.includes('AIDA00000000000000002')));
    const { out } = await run('--files', folder, '--key', key, '--json');
    const result = recordsResult.parse(JSON.parse(out));
    expect(result.findings.map(({ about, found, from, anchor }) => [about, found, from, anchor])).toEqual([
      ['user', 'gone', null, 1],
      ['anchors', 'missing', 3, null],
      ['anchors', 'missing', 5, null],
      ['anchors', 'other-number', 7, 7],
    ]);
  });

  it('that were signed with another key accuse nobody', async () => {
    writeFileSync(key, newKey().publicKey.export({ type: 'spki', format: 'pem' }));
    const { code, out } = await files();
    expect(code).toBe(EXIT.findings);
    expect(out.split('\n')).toEqual([
      '! None of 4 anchors is signed with this key: it is the key of another deployment, or somebody forged them all. Not vouched for from the beginning.',
      'Only the anchors were checked, because none of them can be trusted.',
      '1 finding. Nobody can vouch for all records from the beginning.',
    ]);
  });
});

describe('a command that checks nothing', () => {
  it('without the key says how to get it, and why', async () => {
    const { code, out, err } = await run('--files', folder);
    expect([code, out]).toEqual([EXIT.notChecked, '']);
    expect(err).toMatch(
      /^Nothing was checked: without the public key anybody .*npm run control -- public-key/s,
    );
  });

  it.each<[string, string]>([
    ['no key at all', 'It has no public key: the first line must be -----BEGIN PUBLIC KEY-----.'],
    ['-----BEGIN PUBLIC KEY-----\nxx\n-----END PUBLIC KEY-----', 'Its public key cannot be read.'],
  ])('with a file that has %s', async (text, says) => {
    writeFileSync(key, text);
    const { code, err } = await files();
    expect([code, err]).toEqual([EXIT.notChecked, `Not checked. ${key} is not the key. ${says}`]);
  });

  it('with a key of another kind', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }));
    expect(await files()).toMatchObject({
      code: EXIT.notChecked,
      err: expect.stringContaining('Solekey signs with ECC_NIST_P256'),
    });
  });

  it('because a line of the table is none', async () => {
    editTable((lines) => [...lines, '{"pk":1}']);
    expect(await files()).toMatchObject({
      code: EXIT.notChecked,
      err: expect.stringMatching(/^Not checked\. /),
    });
  });

  it.each([
    [['--nothing'], 'There is no option --nothing. All options: npm run verify -- --help'],
    [['--files='], '--files needs a value. All options: npm run verify -- --help'],
    [['--key'], "Option '--key <value>' argument missing. All options: npm run verify -- --help"],
    [['a.zip', 'b.zip'], '"b.zip" is one argument too many. All options: npm run verify -- --help'],
    [
      ['a.zip', '--files', 'x'],
      '--files is not for a pack, which is checked alone. All options: npm run verify -- --help',
    ],
    [
      ['--files', 'x', '--save', 'y'],
      '--save is for a deployed stack; --files checks a folder instead. All options: npm run verify -- --help',
    ],
    [
      ['a.zip', '--accept-restore', '7'],
      '--accept-restore is not for a pack, which is checked alone. All options: npm run verify -- --help',
    ],
    [
      ['--accept-restore', '7', '--accept-restore', 'x'],
      '--accept-restore takes the number of an entry of the ledger, not "x". All options: npm run verify -- --help',
    ],
    [['--accept-restore='], '--accept-restore needs a value. All options: npm run verify -- --help'],
    [['--region', 'us-eats-1', '--key', 'x'], 'Solekey does not run in "us-eats-1". Did you mean us-east-1?'],
  ])('because of its line: %j', async (args, says) => {
    expect(await run(...args)).toEqual({ code: EXIT.notChecked, out: '', err: says });
  });

  it('but asks for help', async () => {
    expect(await run('--help')).toMatchObject({ code: EXIT.fine, out: expect.stringMatching(/^Usage: /) });
  });
});

it('the measurement of npm run bench measures', () => {
  expect(verifyBench({ users: 3, entriesEach: 2, quietDays: 0 })).toMatch(
    /^npm run verify, 2 daily anchors: Account 123456789012: 3 users with 6 entries, .* In all \d+ s, \d+ MB of memory\.$/,
  );
});

it('the command is in package.json', () => {
  const { status, stdout } = spawnSync(
    'npm',
    ['run', '-s', 'verify', '--', '--files', folder, '--key', key],
    {
      cwd: join(import.meta.dirname, '../../..'),
      encoding: 'utf8',
    },
  );
  expect([status, stdout]).toEqual([EXIT.fine, expect.stringContaining('Everything is as Solekey wrote it')]);
});
