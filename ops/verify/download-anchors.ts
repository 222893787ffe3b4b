/** Copies the anchors from the bucket into a folder. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { sha256 } from '../../functions/core/model/digest.ts';
import { ANCHOR_FILES, ANCHORS } from '../../functions/core/records/anchor.ts';
import { type About, HINT } from './saved.ts';
import type { Source } from './source.ts';

/** Objects read at the same time. */
const AT_A_TIME = 32;

/** The key of a file of an anchor, with nothing that a file system could take for another place. */
const KEY = /^anchors\/\d{9}\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** The objects below `anchors/`, as S3 lists their versions. */
interface Listed {
  /** Version ids of the present objects, by key. */
  readonly present: ReadonlyMap<string, string | undefined>;
  /** Keys that were deleted, or texts of anchors that were written more than once. */
  readonly replaced: readonly string[];
  readonly stray: readonly string[];
}

/**
 * Copies all anchors. Files that the folder has from an earlier time are compared: one that differs or is gone is named among the
 * replaced.
 */
export async function downloadAnchors(
  source: Pick<Source, 's3' | 'bucket'>,
  folder: string,
): Promise<Pick<About, 'replaced' | 'stray'>> {
  const { present, replaced, stray } = await list(source);
  const kept = [...present.keys()].map((key) => dirname(key)).sort()[0] ?? '';
  const absent = savedKeys(folder).filter((key) => !present.has(key));
  for (const key of absent) {
    // Older than the first one that is kept: that it may be gone follows from its age.
    rmSync(join(folder, dirname(key) < kept ? dirname(key) : key), { recursive: true, force: true });
  }
  const gone = absent.filter((key) => dirname(key) >= kept);
  const left = [...present];
  const changed: string[] = [];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [key, version] = next;
      const bytes = await content(source, key, version);
      const file = join(folder, key);
      if (existsSync(file) && sha256(readFileSync(file)) !== sha256(bytes)) {
        changed.push(key);
      }
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, bytes, { mode: 0o600 });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  const all = [...new Set([...replaced, ...gone, ...changed])].sort();
  // An anchor of which nothing is left still has its place.
  for (const key of all) {
    mkdirSync(dirname(join(folder, key)), { recursive: true, mode: 0o700 });
  }
  return { replaced: all, stray: [...stray] };
}

async function* pages(s3: Source['s3'], bucket: string): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let [KeyMarker, VersionIdMarker]: (string | undefined)[] = [];
  do {
    const query = { Bucket: bucket, Prefix: ANCHORS, KeyMarker, VersionIdMarker };
    const page: ListObjectVersionsCommandOutput = await s3.send(new ListObjectVersionsCommand(query));
    yield page;
    [KeyMarker, VersionIdMarker] =
      page.IsTruncated === true ? [page.NextKeyMarker, page.NextVersionIdMarker] : [];
  } while (KeyMarker !== undefined);
}

async function list({ s3, bucket }: Pick<Source, 's3' | 'bucket'>): Promise<Listed> {
  const present = new Map<string, string | undefined>();
  const versions = new Map<string, number>();
  const deleted = new Set<string>();
  const stray = new Set<string>();
  for await (const { Versions = [], DeleteMarkers = [] } of pages(s3, bucket)) {
    for (const { Key = '', VersionId, IsLatest } of Versions) {
      if (!KEY.test(Key)) {
        stray.add(Key);
        continue;
      }
      versions.set(Key, (versions.get(Key) ?? 0) + 1);
      if (IsLatest === true) {
        present.set(Key, VersionId);
      }
    }
    for (const { Key = '' } of DeleteMarkers) {
      (KEY.test(Key) ? deleted : stray).add(Key);
    }
  }
  stray.delete(`${ANCHORS}${HINT}`);
  // The function writes the other files again if an earlier run stopped before the text, but the text only once.
  const again = [...versions].filter(([key, count]) => count > 1 && key.endsWith(`/${ANCHOR_FILES.text}`));
  withoutUnfinished(present, versions, deleted);
  const expired = withoutExpired(present, deleted);
  const hidden = [...deleted].filter((key) => !expired(key));
  return { present, replaced: [...hidden, ...again.map(([key]) => key)], stray: [...stray].sort() };
}

/**
 * Leaves out the oldest anchors if files of them were deleted, as S3 does when they expire, and returns which they are. That they
 * are missing is found by their numbers, unless they are old enough.
 */
function withoutExpired(
  present: Map<string, string | undefined>,
  deleted: ReadonlySet<string>,
): (key: string) => boolean {
  const touched = new Set([...deleted].map((key) => dirname(key)));
  const folders = [...new Set([...touched, ...[...present.keys()].map((key) => dirname(key))])].sort();
  const kept = folders.find((folder) => !touched.has(folder)) ?? '';
  const expired = (key: string) => dirname(key) < kept;
  for (const key of [...present.keys()].filter(expired)) {
    present.delete(key);
  }
  return expired;
}

/** Leaves out the last anchor if its text was never there: the function is writing it, or a run stopped before. */
function withoutUnfinished(
  present: Map<string, string | undefined>,
  versions: ReadonlyMap<string, number>,
  deleted: ReadonlySet<string>,
): void {
  const last = [...present.keys()]
    .map((key) => dirname(key))
    .sort()
    .at(-1);
  const text = `${last}/${ANCHOR_FILES.text}`;
  if (last !== undefined && !versions.has(text) && !deleted.has(text)) {
    for (const key of [...present.keys()].filter((one) => dirname(one) === last)) {
      present.delete(key);
    }
  }
}

async function content(
  { s3, bucket }: Pick<Source, 's3' | 'bucket'>,
  key: string,
  version: string | undefined,
): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

/** The files of anchors that the folder has, by their keys. */
function savedKeys(folder: string): string[] {
  const root = join(folder, ANCHORS);
  const names = existsSync(root) ? readdirSync(root, { recursive: true, encoding: 'utf8' }) : [];
  return names.map((name) => `${ANCHORS}${name}`).filter((key) => KEY.test(key));
}
