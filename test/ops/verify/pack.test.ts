/** An evidence pack, as somebody changed it: whatever it was is named, and nothing is called verified. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { checkPack } from '../../../ops/verify/pack.ts';
import { packResult } from '../../../ops/verify/results.ts';
import { runVerify } from '../../../ops/verify/run.ts';
import { newKey } from '../../fakes/kept-account.ts';
import { type Content, patched, SIGNER, signedFiles, zipped } from '../../fakes/pack.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FILES = signedFiles();
const PACK = await zipped(FILES);

const check = (zip: Buffer) => checkPack(zip, SIGNER.publicKey);
const said = async (zip: Buffer) => (await check(zip)).findings.map(({ text }) => text);

/** The files with some renamed, and with some removed (null) or with other content. */
function changed(more: Readonly<Record<string, Buffer | string | null>>): Content {
  const all = Object.entries({ ...FILES, ...more });
  return Object.fromEntries(all.flatMap(([name, content]) => (content === null ? [] : [[name, content]])));
}

const without = (name: string) => changed({ [name]: null });
const renamed = (from: string, to: string) => changed({ [from]: null, [to]: FILES[from] ?? '' });
const swapped = (a: string, b: string) => changed({ [a]: FILES[b] ?? '', [b]: FILES[a] ?? '' });

describe('a pack that nobody touched', () => {
  it('is as it was signed', async () => {
    expect(await check(PACK)).toEqual({ signed: true, files: 6, findings: [] });
  });

  it('may be compressed', async () => {
    expect(await check(await zipped(FILES, { compress: true }))).toMatchObject({
      signed: true,
      findings: [],
    });
  });
});

it.each([
  ['stored', PACK],
  ['compressed', await zipped(FILES, { compress: true })],
])(
  'one bit changed anywhere in a %s pack is found, and where it belongs to one file, that file is named',
  async (_form, pack) => {
    const unnoticed: string[] = [];
    const unnamed: string[] = [];
    for (let at = 0; at < pack.length; at += 1) {
      for (const bit of [at % 8, (at + 5) % 8]) {
        const zip = Buffer.from(pack);
        zip[at] = (zip[at] ?? 0) ^ (1 << bit);
        const { findings } = await check(zip);
        if (findings.length === 0) {
          unnoticed.push(`${at}.${bit}`);
        }
        const own = Object.entries(FILES).find(([, content]) => {
          const from = pack.indexOf(Buffer.from(content));
          return from >= 0 && at >= from && at < from + Buffer.byteLength(content);
        });
        if (own !== undefined && !findings.some(({ text }) => text.includes(own[0]))) {
          unnamed.push(`${own[0]} at ${at}`);
        }
      }
    }
    expect(unnoticed).toEqual([]);
    expect(unnamed).toEqual([]);
  },
);

it('any byte anywhere, as something else', async () => {
  const bytes = fc.record({ at: fc.nat(PACK.length - 1), to: fc.integer({ min: 1, max: 255 }) });
  await fc.assert(
    fc.asyncProperty(bytes, async ({ at, to }) => {
      const zip = Buffer.from(PACK);
      zip[at] = (zip[at] ?? 0) ^ to;
      expect((await check(zip)).findings).not.toEqual([]);
    }),
    { numRuns: 300 },
  );
});

describe('files of a pack', () => {
  it.each<[string, Content, string[]]>([
    ['one was changed', changed({ 'decisions.jsonl': '{}' }), ['decisions.jsonl was changed.']],
    ['one was added', changed({ 'more.csv': 'x' }), ['more.csv was added.']],
    ['one was removed', without('decisions.jsonl'), ['decisions.jsonl is missing.']],
    ['the sums were removed', without('SHA256SUMS'), ['SHA256SUMS is missing.']],
    [
      'one was renamed',
      renamed('decisions.jsonl', 'other.jsonl'),
      ['decisions.jsonl was renamed to other.jsonl.'],
    ],
    [
      'two were swapped',
      swapped('README.md', 'decisions.jsonl'),
      ['README.md and decisions.jsonl were swapped.'],
    ],
    [
      'one was swapped with the manifest',
      swapped('README.md', 'manifest.json'),
      ['README.md and manifest.json were swapped.'],
    ],
    [
      'the manifest was renamed',
      renamed('manifest.json', 'list.json'),
      ['manifest.json was renamed to list.json.'],
    ],
    [
      'the manifest and its signature were swapped',
      swapped('manifest.sig', 'manifest.json'),
      ['manifest.json and manifest.sig were swapped.'],
    ],
    [
      'the manifest was removed',
      without('manifest.json'),
      [
        'manifest.json is missing.',
        'manifest.json is not what manifest.sig signs with this key: one of the two was changed, or it is another key. So nothing vouches for the other files.',
      ],
    ],
    [
      'all were made again by somebody with another key',
      signedFiles({ 'README.md': 'Trust me.' }, newKey().privateKey),
      [
        'manifest.json is not what manifest.sig signs with this key: one of the two was changed, or it is another key. So nothing vouches for the other files.',
      ],
    ],
  ])('%s', async (_name, files, expected) => {
    expect(await said(await zipped(files))).toEqual(expected);
  });

  it('that the manifest does not list must be the sums of the others', async () => {
    const { SHA256SUMS: sums = '', ...others } = FILES;
    const listed = JSON.parse(String(others['manifest.json'])) as { files: { name: string }[] };
    const files = listed.files.filter(({ name }) => name !== 'SHA256SUMS');
    const manifest = JSON.stringify({ files });
    const { sign, createHash } = await import('node:crypto');
    const signature = sign('sha256', Buffer.from(manifest), SIGNER.privateKey);
    const all = { ...others, 'manifest.json': manifest, 'manifest.sig': signature };
    const line = `${createHash('sha256').update(manifest).digest('hex')}  manifest.json\n`;
    expect(await said(await zipped({ ...all, SHA256SUMS: `${sums}${line}` }))).toEqual([]);
    expect(await said(await zipped({ ...all, SHA256SUMS: sums }))).toEqual(['SHA256SUMS was changed.']);
  });

  it('are not listed in a form that can be read', async () => {
    const { sign } = await import('node:crypto');
    const manifest = Buffer.from('{"files":1}');
    const signature = sign('sha256', manifest, SIGNER.privateKey);
    expect(await said(await zipped({ 'manifest.json': manifest, 'manifest.sig': signature }))).toEqual([
      'The manifest is signed, but this release cannot read it.',
    ]);
  });
});

describe('the zip of a pack', () => {
  it.each<[string, () => Buffer | Promise<Buffer>, RegExp]>([
    ['is none', () => Buffer.from('no zip'), /^The zip cannot be read: /],
    ['is empty', () => Buffer.alloc(0), /^The zip cannot be read: /],
    ['was cut off', () => PACK.subarray(0, -30), /^The zip cannot be read: /],
    [
      'has something before it',
      () => Buffer.concat([Buffer.from('x'), PACK]),
      /^The zip cannot be read: |does not stand/,
    ],
    ['has something after it', () => Buffer.concat([PACK, Buffer.from('x')]), /^The zip cannot be read: /],
    ['has a link', () => zipped(FILES, { mode: 0o120777 }), /^README\.md is a link /],
    [
      'has an absolute path',
      () => patched(PACK, 'README.md', '/etc/pass'),
      /^The zip cannot be read: absolute path/,
    ],
    [
      'has a parent path',
      () => patched(PACK, 'README.md', '../../a.b'),
      /^The zip cannot be read: invalid relative path/,
    ],
    [
      'has a path with a backslash',
      () => patched(PACK, 'README.md', '..\\..\\a.b'.slice(0, 9)),
      /^The zip cannot be read: /,
    ],
    ['has a hidden file', () => patched(PACK, 'README.md', '.EADME.md'), /^\.EADME\.md has a name /],
    ['has a folder', () => patched(PACK, 'README.md', 'README.m/'), /^README\.m\/ has a name /],
    [
      'has a name twice',
      () => zipped(signedFiles({ 'a.csv': 'x', 'b.csv': 'x' })).then((zip) => patched(zip, 'b.csv', 'a.csv')),
      /^a\.csv stands in the zip more than once\./,
    ],
    [
      'has a name twice, in small letters',
      () => zipped(signedFiles({ 'a.csv': 'x', 'b.csv': 'x' })).then((zip) => patched(zip, 'b.csv', 'A.csv')),
      /^A\.csv stands in the zip more than once\.|^a\.csv stands/,
    ],
  ])('%s', async (_name, make, expected) => {
    const texts = await said(await make());
    expect(
      texts.filter((text) => expected.test(text)),
      texts.join('\n'),
    ).not.toEqual([]);
  });

  it('does not grow beyond what its directory says', async () => {
    const zip = await zipped({ 'a.csv': Buffer.alloc(1_000_000) }, { compress: true });
    const size = Buffer.alloc(4);
    size.writeUInt32LE(1_000_000);
    const small = Buffer.alloc(4);
    small.writeUInt32LE(10);
    expect(await said(patched(zip, size.toString('latin1'), small.toString('latin1')))).toContain(
      'a.csv cannot be decompressed as it stands.',
    );
  });

  it('is not read at all if its directory says that it is huge', async () => {
    const zip = await zipped({ 'a.csv': Buffer.alloc(1_000_000) }, { compress: true });
    const size = Buffer.alloc(4);
    size.writeUInt32LE(1_000_000);
    const huge = Buffer.alloc(4);
    huge.writeUInt32LE(2 ** 31);
    expect(await said(patched(zip, size.toString('latin1'), huge.toString('latin1')))).toContain(
      'The zip is too large: 1 files with 2147483648 bytes.',
    );
  });
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'solekey-pack-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, content: Buffer | string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const key = file('public.pem', SIGNER.publicKey.export({ type: 'spki', format: 'pem' }));

  async function run(...args: string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runVerify(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  it('says that all is as it was signed, and otherwise what is not', async () => {
    const good = file('pack.zip', PACK);
    expect(await run(good, '--key', key)).toEqual({
      code: 0,
      out: '6 files, each as it was signed with this key.',
      err: '',
    });
    const bad = file('bad.zip', await zipped(without('README.md')));
    expect(await run(bad, '--key', key)).toEqual({
      code: 2,
      out: '! README.md is missing.\n1 finding. This pack is not as it was signed.',
      err: '',
    });
    const json = await run(bad, '--key', key, '--json');
    expect(packResult.parse(JSON.parse(json.out))).toMatchObject({
      signed: true,
      findings: [{ found: 'missing' }],
    });
    expect(await run(join(folder, 'none.zip'), '--key', key)).toMatchObject({ code: 1 });
    expect(await run(good)).toMatchObject({ code: 1, out: '' });
  });

  it('works in an empty environment, and loads nothing that could reach a network', () => {
    const good = file('pack.zip', PACK);
    const probe = `import net from 'node:net';
      net.Socket.prototype.connect = () => { throw new Error('network'); };
      process.argv.splice(1, 1);
      await import(process.argv[1]);`;
    const main = join(ROOT, 'ops/verify/main.ts');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', probe, '-', main, good, '--key', key],
      { cwd: ROOT, encoding: 'utf8', env: {} },
    );
    expect([status, stdout, stderr]).toEqual([0, '6 files, each as it was signed with this key.\n', '']);
  });

  it('imports no SDK of AWS', () => {
    const seen = new Set<string>();
    const packages = new Set<string>();
    const visit = (path: string) => {
      if (seen.has(path)) {
        return;
      }
      seen.add(path);
      const text = readFileSync(path, 'utf8');
      for (const [, from = ''] of text.matchAll(/^(?:import|export)(?! type)[^']*? from '([^']+)';$/gms)) {
        if (from.startsWith('.')) {
          visit(join(dirname(path), from));
        } else {
          packages.add(from);
        }
      }
    };
    visit(join(ROOT, 'ops/verify/main.ts'));
    expect([...packages].filter((name) => !name.startsWith('node:')).sort()).toEqual(['yauzl', 'zod']);
    expect([...seen].map((path) => relative(ROOT, path))).toContain('ops/verify/zip-form.ts');
  });
});
