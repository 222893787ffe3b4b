import type { Launched } from '../../launch/launch.ts';
import { OLD_VIOLATIONS, type OldPart } from '../found.ts';
import type { Owners } from '../owner.ts';
import { Scene } from '../scene.ts';
import type { Steps } from '../steps.ts';

/** The approver who holds the review. */
export const REVIEWER = 'sec-lead';

/** An old user in the review, with what is decided about them if anything is. */
export interface OldCase {
  readonly part: OldPart;
  readonly userName: string;
  readonly scene: Scene;
  /** The younger of the two keys. */
  readonly keep: string;
  readonly off: string;
}

/** The old users as IAM has them, each with a scene of their own. */
export async function castOf(launched: Launched, owners: Owners, steps: Steps): Promise<readonly OldCase[]> {
  return Promise.all(
    OLD_VIOLATIONS.map(async ({ part, userName }) => {
      const scene = new Scene(userName, launched, owners, steps);
      const [off, keep] = await scene.isFound();
      if (off === undefined || keep === undefined) {
        throw new Error(`${userName} should have two keys`);
      }
      return { part, userName, scene, keep: keep.id, off: off.id };
    }),
  );
}

/** The members of the cast with one of these parts. */
export const withPart = (cast: readonly OldCase[], ...parts: readonly OldPart[]): readonly OldCase[] =>
  cast.filter(({ part }) => parts.includes(part));

/** Their names in order, to be compared. */
export const namesOf = (users: readonly { readonly userName: string }[]): string =>
  users
    .map(({ userName }) => userName)
    .sort()
    .join();
