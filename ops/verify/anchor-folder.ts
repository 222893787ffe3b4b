import { createHash, type KeyObject } from 'node:crypto';
import { readAnchor, readHashLines } from '../../functions/contracts/anchor.ts';
import { ANCHOR_FILES, HASH_FILES } from '../../functions/core/records/anchor.ts';
import type { HashLines, ReadAnchor } from '../../functions/core/verify/anchors.ts';
import { isSigned } from './signature.ts';

/** A file with its content. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Buffer;
}

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

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
