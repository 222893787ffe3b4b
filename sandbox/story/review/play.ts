import type { Launched } from '../../launch/launch.ts';
import type { OtherSettings } from '../../launch/other-settings.ts';
import { Owners } from '../owner.ts';
import { provesTheEnd, verifies } from '../proof/play.ts';
import { signsOff } from '../proof/sign-off.ts';
import type { Steps } from '../steps.ts';
import type { Told } from '../told.ts';
import { readTruth } from '../truth.ts';
import { castOf, type OldCase, withPart } from './cast.ts';
import { differences } from './expected.ts';
import { exceptionsEnd, renewed } from './not-now.ts';
import { decisionRecords } from './records.ts';
import { pausesItself } from './self-pause.ts';
import { holdReview } from './sitting.ts';
import { type ClosedWindow, opensWindow } from './window.ts';

/** The end of the story's second part. */
export interface Reviewed {
  readonly ok: boolean;
  /** The old users, as the persons of the story know them. */
  readonly told: readonly Told[];
}

/** The deployed settings with a closed window, and how to end it. */
export interface Shut {
  readonly window: ClosedWindow;
  readonly settings: OtherSettings;
}

/**
 * The review of the old account in one sitting while the change window is closed; the window opens; keys that are wanted back make
 * Solekey pause itself. At the end the decision records must say what was decided, and IAM must show it.
 */
export async function playReview(
  launched: Launched,
  steps: Steps,
  link: string,
  { window, settings }: Shut,
): Promise<Reviewed> {
  const owners = new Owners(launched.clients, launched.world.gateway.faults);
  const cast = await castOf(launched, owners, steps);
  const from = steps.all.length;
  const told = () => cast.map(({ scene }) => scene.told);
  try {
    const closed = 'before the change window opens on';
    const excepted = await holdReview({ launched, steps, cast, link, closed: [closed, window.opens] });
    await opensWindow({ launched, steps, cast, link, window }, settings);
    await pausesItself(launched, steps, withPart(cast, 'together').filter(isDecidedTogether));
    const [first] = excepted;
    if (first === undefined) {
      throw new Error('nobody has an exception');
    }
    await renewed({ launched, steps }, first);
    await comparesRecords(launched, steps, cast);
    await provesTheEnd(launched, steps);
    await signsOff(launched, steps, { missed: missed(cast), tidied: tidied(cast) });
    await verifies(launched, steps);
    await exceptionsEnd(
      { launched, steps, link },
      excepted.map(({ one }) => one),
    );
    return { ok: steps.all.slice(from).every(({ ok }) => ok), told: told() };
  } catch (error) {
    steps.add(`review: ${error instanceof Error ? error.message : String(error)}`, false);
    return { ok: false, told: told() };
  }
}

/** False for the user whose row was refused, who had three keys then. */
const isDecidedTogether = ({ scene }: OldCase): boolean => scene.told.decisions.at(-1)?.off.length === 1;

/** A user whose key is in its grace period, and was not wanted back so far. */
const missed = (cast: readonly OldCase[]): OldCase =>
  lastOf(cast, ({ decisions, restored }) => decisions.length > 0 && restored.length === 0);

/** A user whose key was wanted back, who has had two active keys since. */
const tidied = (cast: readonly OldCase[]): OldCase =>
  lastOf(cast, ({ decisions, restored }) => decisions.length === 1 && restored.length > 0);

function lastOf(cast: readonly OldCase[], fits: (told: Told) => boolean): OldCase {
  const one = withPart(cast, 'together').findLast(({ scene }) => fits(scene.told));
  if (one === undefined) {
    throw new Error('there is no user for this part of the story');
  }
  return one;
}

/** Compares, for each old user, what was decided with the decision records in the table and the keys in IAM. */
async function comparesRecords(launched: Launched, steps: Steps, cast: readonly OldCase[]): Promise<void> {
  const [records, truth] = await Promise.all([
    decisionRecords(launched),
    readTruth(launched.world.emulators.motoUrl),
  ]);
  const problems = cast.flatMap(({ userName, scene: { told } }) =>
    differences(told, records.get(told.userId ?? '') ?? [], truth.get(userName)?.keys ?? []),
  );
  const decided = cast.filter(({ scene }) => scene.told.decisions.length > 0).length;
  steps.add(
    problems.length === 0
      ? `review: the decision records of ${decided} users say what was decided, and IAM shows it for each of ${cast.length}`
      : problems.join('; '),
    problems.length === 0,
  );
}
