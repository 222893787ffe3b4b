/** The bucket of records and the operator's own files, as the commands that save records use them. */
import { readAnchor } from '../../functions/contracts/anchor.ts';
import { ANCHOR_FILES, ANCHORS, type Anchor, anchorFolder } from '../../functions/core/records/anchor.ts';
import { Refused } from './trouble.ts';
import type { RecordObjects, World } from './world.ts';

/** The bucket of records. Throws Refused if the stack has none. */
export function bucketOf({ objects }: Pick<World, 'objects'>): RecordObjects {
  if (objects === null) {
    throw new Refused('The stack has no bucket of records: deploy release 0.11.0 or a newer one first.');
  }
  return objects;
}

/** Refuses a path at which there is something: no command writes over what somebody kept. */
export async function mustBeNew({ files }: Pick<World, 'files'>, path: string): Promise<void> {
  if (await files.exists(path)) {
    throw new Refused(`${path} exists already, and is left as it is: give another path with --out.`);
  }
}

/** Refuses a period that ends before it begins, or begins after today. */
export function mustBePeriod(from: string, to: string, today: string): void {
  if (from > to) {
    throw new Refused(`The period ends on ${to}, before it begins on ${from}.`);
  }
  if (to > today) {
    throw new Refused(`${to} has not come yet: today is ${today} (UTC).`);
  }
}

/** Numbers of all anchors, in order. */
export async function anchorNumbers(bucket: RecordObjects): Promise<number[]> {
  const folders = await bucket.folders(ANCHORS);
  return folders.map((folder) => Number(folder.slice(ANCHORS.length, -1))).sort((a, b) => a - b);
}

/** An anchor by its number; null if it cannot be read. Its signature is not checked. */
export async function anchorAt(bucket: RecordObjects, number: number): Promise<Anchor | null> {
  const text = await bucket.read(`${anchorFolder(number)}${ANCHOR_FILES.text}`);
  return text === null ? null : readAnchor(new TextDecoder().decode(text));
}
