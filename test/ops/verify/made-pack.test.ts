/** A pack as `records` makes it, checked by the command that an auditor may use. */
import { createPublicKey, createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ZipEntry, zipped } from '../../../functions/adapters/pack-zip.ts';
import { SEAL_FILES } from '../../../functions/core/records/pack/seal.ts';
import { checkPack } from '../../../ops/verify/pack.ts';
import { aPack } from '../../fakes/packs.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { manifest, files } = aPack({}, { sample: { size: 2, seed: 7 } });
const signature = createSign('sha256').update(manifest.content).sign(privateKey);
const PACK: readonly ZipEntry[] = [manifest, { name: SEAL_FILES.signature, content: signature }, ...files];
const NAMES = PACK.map(({ name }) => name);

const found = async (entries: readonly ZipEntry[], key = publicKey) => {
  const verdict = await checkPack(
    Buffer.from(await zipped(entries)),
    createPublicKey(key.export({ type: 'spki', format: 'pem' })),
  );
  return {
    signed: verdict.signed,
    files: verdict.files,
    said: verdict.findings.map(({ text }) => text).join(' '),
  };
};

it('a pack as it was made is as it was signed', async () => {
  expect(await found(PACK)).toEqual({ signed: true, files: PACK.length, said: '' });
});

describe('of a pack', () => {
  it.each(NAMES)('%s is named if it was changed, and if it was removed', async (name) => {
    const changed = PACK.map((file) => (file.name === name ? { name, content: `${file.content} ` } : file));
    expect((await found(changed)).said).toContain(name);
    expect((await found(PACK.filter((file) => file.name !== name))).said).toContain(name);
  });

  it('a file that was added, renamed or swapped with another is named', async () => {
    expect((await found([...PACK, { name: 'added.csv', content: '' }])).said).toContain('added.csv');
    const [one, two] = ['cases.csv', 'told.csv'];
    const renamed = PACK.map((file) => (file.name === one ? { ...file, name: 'other.csv' } : file));
    expect((await found(renamed)).said).toMatch(/cases\.csv.*other\.csv|other\.csv.*cases\.csv/);
    const swapped = PACK.map((file) =>
      file.name === one ? { ...file, name: two } : file.name === two ? { ...file, name: one } : file,
    );
    expect((await found(swapped)).said).toMatch(/cases\.csv.*told\.csv/);
  });

  it('nothing is vouched for with another key', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    expect(await found(PACK, other)).toMatchObject({
      signed: false,
      said: expect.stringContaining('manifest.json'),
    });
  });
});
