/** Evidence packs, as `records` builds them and as somebody changed them. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { ZipFile } from 'yazl';

export const SIGNER = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export type Content = Readonly<Record<string, Buffer | string>>;

const hex = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

/** The files of a pack with its manifest, signed with a key (the right one if none is given). */
export function signedFiles(
  content: Content = {
    'README.md': 'How to check this pack.\n',
    'decisions.jsonl': '{"user":"ci-deploy","keep":"AKIAIOSFODNN7EXAMPLE"}\n',
    'validations/2026-11-23.csv': 'user,keys\nci-deploy,1\n',
  },
  key = SIGNER.privateKey,
): Record<string, Buffer | string> {
  const sums = Object.entries(content).map(([name, bytes]) => `${hex(bytes)}  ${name}\n`);
  const all = { ...content, SHA256SUMS: sums.join('') };
  const files = Object.entries(all).map(([name, bytes]) => ({
    name,
    bytes: Buffer.byteLength(bytes),
    sha256: hex(bytes),
  }));
  const manifest = JSON.stringify({ schema: 1, files });
  return { ...all, 'manifest.json': manifest, 'manifest.sig': sign('sha256', Buffer.from(manifest), key) };
}

/** A zip of these files, in the form of a pack unless `more` says otherwise. */
export async function zipped(
  content: Content,
  more: { readonly compress?: boolean; readonly mode?: number } = {},
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const name of Object.keys(content).sort()) {
    const mtime = new Date('2026-01-01T00:00:00.000Z');
    const bytes = Buffer.from(content[name] ?? '');
    const compress = more.compress === true && bytes.length > 80;
    zip.addBuffer(bytes, name, { mtime, mode: 0o100644, ...more, compress });
  }
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

/** The zip with every occurrence of a text as another one of the same length, as no program would write it. */
export function patched(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}
