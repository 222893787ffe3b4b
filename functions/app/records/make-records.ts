import type { AnchorBefore } from '../../core/records/make-anchor.ts';
import type { Clock } from '../ports.ts';
import { type BuildWorld, buildPacks } from './build-packs.ts';
import { type Findings, type FindWorld, findings, isNothing } from './findings.ts';
import { keepSignOff, type SignOffWorld } from './keep-sign-off.ts';
import { orderLive } from './order-live.ts';
import { type Signed, type SignWorld, signAnchor } from './sign-anchor.ts';

/** The ports for a run of records. */
export interface RecordsWorld extends FindWorld, SignWorld, BuildWorld, SignOffWorld {
  readonly clock: Clock;
  /** Does the work for this anchor, unless another run is doing it. */
  readonly once: (number: number, work: () => Promise<void>) => Promise<void>;
}

/** Result of a run: the anchor that it made, or why there is none. */
export type Made =
  | ({ readonly made: 'anchor' } & Signed)
  | { readonly made: 'nothing'; readonly why: 'nothing-new' | 'another-run' };

/** Somebody else wrote into the bucket of records. Nothing is signed until that is repaired. */
export class AnchorBroken extends Error {
  override readonly name = 'AnchorBroken';
}

/**
 * Records what is new since the anchor before, judges the latest inventory, and signs both. Throws if the anchor before is not
 * as it was signed: a chain that goes on after it would hide that.
 */
export async function makeRecords(world: RecordsWorld, account: string): Promise<Made> {
  const { anchors, clock, log } = world;
  const last = await anchors.latest();
  if (last.found === 'broken') {
    log.count('NotVouched');
    throw new AnchorBroken(`Anchor ${last.number} is not as it was signed: ${last.why}.`);
  }
  const before = last.found === 'none' ? null : last;
  const found = await findings(world, account, before, clock.now());
  const made: Made = isNothing(found)
    ? { made: 'nothing', why: 'nothing-new' }
    : await madeOnce(world, account, before, found);
  if (made.made === 'anchor' && found.judged !== null) {
    await anchors.keepReport(found.judged.report);
  }
  const signOff = await keepSignOff(world, account, before, found, made.made === 'anchor');
  await orderLive(world, found, before, signOff);
  const packs = await buildPacks(world, account, found.news.entries);
  log.info('recorded', { ...made, packs });
  log.count('RecordsMade');
  return made;
}

/** Two runs at once would write over each other's files, so an anchor is made by one of them. */
async function madeOnce(
  world: RecordsWorld,
  account: string,
  before: AnchorBefore | null,
  found: Findings,
): Promise<Made> {
  let signed: Signed | null = null;
  await world.once((before?.anchor.number ?? 0) + 1, async () => {
    signed = await signAnchor(world, account, before, found);
  });
  return signed === null
    ? { made: 'nothing', why: 'another-run' }
    : { made: 'anchor', ...(signed as Signed) };
}
