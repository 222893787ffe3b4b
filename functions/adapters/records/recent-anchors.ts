import type { KeyObject } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { ANCHOR_FILES, anchorFolder, HASH_FILES } from '../../core/records/anchor.ts';
import type { AnchorBefore } from '../../core/records/make-anchor.ts';
import type { ReadAnchor } from '../../core/verify/anchors.ts';
import type { RecentAnchors } from '../../core/verify/sample.ts';
import { bytesOf } from '../stored-text.ts';
import { anchorFrom, type NamedBytes } from './anchor-folder.ts';

/** Two anchors with all heads are a day apart, and one is made every 15 minutes at most. */
const MOST = 200;

/** The files that are read. `npm run verify` reads the others, too. */
const READ: readonly string[] = [
  ANCHOR_FILES.text,
  ANCHOR_FILES.signature,
  HASH_FILES.entries,
  HASH_FILES.heads,
  HASH_FILES.ledger,
];

/** The anchors from the last daily one to `number`, with the one before them. */
export async function recentAnchors(
  s3: S3Client,
  bucket: string,
  key: KeyObject,
  number: number,
): Promise<RecentAnchors> {
  const anchors: ReadAnchor[] = [];
  let from: AnchorBefore | null = null;
  for (let at = number; at > Math.max(0, number - MOST); at -= 1) {
    const read = await readFolder(s3, bucket, key, at);
    const [later] = anchors;
    if (later?.anchor?.kind === 'daily') {
      from = beforeOf(read);
      if (from === null) {
        anchors.unshift(read);
      }
      break;
    }
    anchors.unshift(read);
  }
  return { from, anchors };
}

async function readFolder(s3: S3Client, bucket: string, key: KeyObject, number: number): Promise<ReadAnchor> {
  const files = await Promise.all(
    READ.map(async (name): Promise<NamedBytes[]> => {
      const bytes = await bytesOf(s3, bucket, `${anchorFolder(number)}${name}`);
      return bytes === null ? [] : [{ name, bytes }];
    }),
  );
  const read = anchorFrom(number, files.flat(), key);
  const others = read.anchor?.files.filter(({ name }) => !READ.includes(name)) ?? [];
  return { ...read, files: [...read.files, ...others] };
}

/** An anchor to go on from; null if it cannot be trusted. */
function beforeOf({ anchor, sha256, signature }: ReadAnchor): AnchorBefore | null {
  return anchor !== null && sha256 !== null && signature === 'right' ? { anchor, sha256 } : null;
}
