/** A folder of the records bucket, wherever it was read from. Nothing here needs AWS. */
import { type KeyObject, verify } from 'node:crypto';
import { readAnchor, readHashLines } from '../../contracts/anchor.ts';
import { sha256 } from '../../core/model/digest.ts';
import { ANCHOR_FILES, HASH_FILES } from '../../core/records/anchor.ts';
import type { HashLines, ReadAnchor } from '../../core/verify/anchors.ts';

/** A file with its content. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The folder of an anchor, checked with the key. */
export function anchorFrom(
  folder: number,
  files: readonly NamedBytes[],
  key: KeyObject,
  replaced: readonly string[] = [],
): ReadAnchor {
  const content = (name: string) => files.find((file) => file.name === name)?.bytes;
  const text = content(ANCHOR_FILES.text);
  const signature = content(ANCHOR_FILES.signature);
  const own: readonly string[] = Object.values(ANCHOR_FILES);
  const lines = <Kind extends keyof HashLines>(kind: Kind) =>
    readHashLines(kind, content(HASH_FILES[kind])?.toString('utf8') ?? '');
  return {
    folder,
    sha256: text === undefined ? null : sha256(text),
    anchor: text === undefined ? null : readAnchor(text.toString('utf8')),
    signature:
      text === undefined || signature === undefined
        ? 'none'
        : isSigned(text, signature, key)
          ? 'right'
          : 'wrong',
    files: files
      .filter(({ name }) => !own.includes(name))
      .map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
    lines: { entries: lines('entries'), heads: lines('heads'), ledger: lines('ledger') },
    replaced,
  };
}

/** True if the holder of the private key signed exactly these bytes: ECDSA with P-256 over the SHA-256, in DER. */
export function isSigned(bytes: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  try {
    return verify('sha256', bytes, key, signature);
  } catch {
    return false;
  }
}
