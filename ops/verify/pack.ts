/** Checks an evidence pack: that its manifest was signed with the key, and that its files are those of the manifest. */
import type { KeyObject } from 'node:crypto';
import * as z from 'zod';
import { isSigned, type NamedBytes } from '../../functions/adapters/records/anchor-folder.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { fileFaults } from '../../functions/core/verify/files.ts';
import { fileWords } from '../../functions/core/verify/words.ts';
import { printable } from '../../functions/core/words/words.ts';
import { readZip } from './zip.ts';

/** The signed list of all files, and its signature. */
export const PACK_FILES = { manifest: 'manifest.json', signature: 'manifest.sig' } as const;

/** The sums for `sha256sum -c`. They may stand in the manifest, or have to agree with it line by line. */
export const SUMS = 'SHA256SUMS';

const manifestSchema = z.looseObject({
  files: z.array(z.looseObject({ name: z.string(), bytes: z.int().nonnegative(), sha256: z.string() })),
});

/** Something in a pack that is not as it was signed. */
export interface PackFinding {
  /** A code, such as `changed`. */
  readonly found: string;
  /** The file; null if it is about the pack itself. */
  readonly name: string | null;
  readonly text: string;
}

/** Result of checking a pack. */
export interface PackVerdict {
  /** True if there is a manifest that was signed with the key, wherever it stands. */
  readonly signed: boolean;
  /** Number of files that could be read. */
  readonly files: number;
  /** Empty if everything is as it was signed. */
  readonly findings: readonly PackFinding[];
}

/** Checks a pack with the public key. */
export async function checkPack(zip: Buffer, key: KeyObject): Promise<PackVerdict> {
  const { files, faults } = await readZip(zip);
  const signed = signedManifest(files, key);
  const form = faults.map(({ name, text }): PackFinding => {
    const words = name === null ? text : `${printable(name, 200)} ${text}`;
    return { found: 'form', name, text: `${words}.` };
  });
  const content = signed === null ? unsigned(files) : differences(files, signed);
  return { signed: signed !== null, files: files.length, findings: [...form, ...content] };
}

interface Signed {
  readonly manifest: NamedBytes;
  readonly signature: NamedBytes;
}

/** The manifest with its signature, under their names or, if files were swapped or renamed, under others; null if there is none. */
function signedManifest(files: readonly NamedBytes[], key: KeyObject): Signed | null {
  const first = (name: string) => (a: NamedBytes, b: NamedBytes) =>
    Number(b.name === name) - Number(a.name === name);
  const signatures = files.filter(({ bytes }) => bytes[0] === SEQUENCE && bytes.length <= LONGEST_SIGNATURE);
  const texts = [...files].sort(first(PACK_FILES.manifest));
  for (const signature of [...signatures].sort(first(PACK_FILES.signature))) {
    const manifest = texts.find(({ bytes }) => isSigned(bytes, signature.bytes, key));
    if (manifest !== undefined) {
      return { manifest, signature };
    }
  }
  return null;
}

/** First byte of a signature in DER, and a bit more than the longest with P-256, which has 72 bytes. */
const SEQUENCE = 0x30;
const LONGEST_SIGNATURE = 80;

function unsigned(files: readonly NamedBytes[]): PackFinding[] {
  const missing = Object.values(PACK_FILES).filter((name) => files.every((file) => file.name !== name));
  return [
    ...missing.map((name) => ({ found: 'missing', name, text: fileWords({ found: 'missing', name }) })),
    {
      found: 'signature',
      name: PACK_FILES.manifest,
      text: 'manifest.json is not what manifest.sig signs with this key: one of the two was changed, or it is another key. So nothing vouches for the other files.',
    },
  ];
}

/** The differences between the files and the signed manifest. */
function differences(files: readonly NamedBytes[], { manifest, signature }: Signed): PackFinding[] {
  const listed = manifestSchema.safeParse(jsonOf(manifest.bytes)).data?.files;
  if (listed === undefined) {
    const text = 'The manifest is signed, but this release cannot read it.';
    return [{ found: 'unreadable', name: PACK_FILES.manifest, text }];
  }
  const own = [
    { ...described(manifest), name: PACK_FILES.manifest },
    { ...described(signature), name: PACK_FILES.signature },
  ];
  const names = new Set(listed.map(({ name }) => name));
  const sums = names.has(SUMS) ? undefined : files.find(({ name }) => name === SUMS);
  const faults = fileFaults([...listed, ...own], files.filter((file) => file !== sums).map(described));
  const wrongSums =
    sums !== undefined && !isSumsOf(sums, files)
      ? [{ found: 'changed', name: SUMS, text: fileWords({ found: 'changed', name: SUMS }) }]
      : [];
  return [
    ...faults.map((fault) => ({ found: fault.found, name: fault.name, text: fileWords(fault) })),
    ...(faults.length === 0 ? wrongSums : []),
  ];
}

const described = ({ name, bytes }: NamedBytes) => ({ name, bytes: bytes.length, sha256: sha256(bytes) });

/** True if the file is what `sha256sum` prints about all other files but the signature, in any order. */
function isSumsOf(sums: NamedBytes, files: readonly NamedBytes[]): boolean {
  const text = sums.bytes.toString('utf8');
  const lines = text.split('\n').slice(0, -1);
  const of = (kept: readonly NamedBytes[]) =>
    kept
      .map(({ name, bytes }) => `${sha256(bytes)}  ${name}`)
      .sort()
      .join('\n');
  const others = files.filter((file) => file !== sums);
  const unsignedToo = others.filter(({ name }) => name !== PACK_FILES.signature);
  return text.endsWith('\n') && [of(others), of(unsignedToo)].includes([...lines].sort().join('\n'));
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
