/** The bucket of records and the operator's own files, as the commands that save records use them. */
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
