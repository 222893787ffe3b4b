/** The commands in a pack's README, typed as they stand there, without anything of Solekey. */
import { spawnSync } from 'node:child_process';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { aPack, textIn } from '../fakes/packs.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const above = mkdtempSync(join(tmpdir(), 'solekey-pack-'));
const folder = join(above, 'pack');
afterAll(() => rmSync(above, { recursive: true }));

const pack = aPack({}, { sample: { size: 2, seed: 7 } });
const [block = ''] = /(?<=```sh\n)[\s\S]*?(?=```)/.exec(textIn(pack, 'README.md')) ?? [];
const [signed = '', listed = '', whole = '', counted = ''] = block.split('\n');

function run(command: string): { readonly status: number | null; readonly out: string } {
  const { status, stdout } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
  return { status, out: stdout.trim() };
}

/** Writes the pack as somebody has it who unpacked it. */
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const { name, content } of [pack.manifest, ...pack.files]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  writeFileSync(
    join(folder, 'manifest.sig'),
    createSign('sha256').update(pack.manifest.content).sign(privateKey),
  );
  writeFileSync(join(above, 'public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
});

it('a pack as it was made passes all of them', () => {
  expect(run(signed)).toEqual({ status: 0, out: 'Verified OK' });
  expect(run(listed)).toEqual({ status: 0, out: '1' });
  expect(run(whole).status).toBe(0);
  expect(run(whole).out.split('\n')).toHaveLength(pack.files.length - 1);
  expect(run(counted).out).toBe(/# (\d+)$/.exec(counted)?.[1]);
});

it('a manifest that was changed, and sums that were changed with their file, fail', () => {
  writeFileSync(join(folder, 'manifest.json'), pack.manifest.content.replace('prod', 'test'));
  expect(run(signed).status).not.toBe(0);
  writeFileSync(join(folder, 'SHA256SUMS'), textIn(pack, 'SHA256SUMS').replace(/^./, '0'));
  expect(run(listed).out).toBe('0');
});

it('a file that was changed or removed is named, and one that was added is counted', () => {
  writeFileSync(join(folder, 'told.csv'), 'at\n');
  rmSync(join(folder, 'cases.csv'));
  const { status, out } = run(whole);
  expect(status).not.toBe(0);
  expect(out).toContain('told.csv: FAILED');
  expect(out).toContain('cases.csv: FAILED open or read');
  const before = Number(run(counted).out);
  writeFileSync(join(folder, 'added.csv'), '');
  expect(Number(run(counted).out)).toBe(before + 1);
});
