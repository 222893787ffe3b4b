/** `evidence`: has `records` build and sign an evidence pack, waits for it, and saves it. This command cannot sign. */
import { readPackOrder } from '../../functions/contracts/pack-order.ts';
import { sameValue, sha256 } from '../../functions/core/model/digest.ts';
import {
  DAY,
  HOUR,
  type Instant,
  MINUTE,
  type Seconds,
  secondsBetween,
} from '../../functions/core/model/time.ts';
import { type PackOrder, packKey } from '../../functions/core/records/pack/order.ts';
import type { Command } from './arguments.ts';
import { bucketOf, mustBeNew, mustBePeriod } from './kept.ts';
import { given } from './options.ts';
import { EXIT, type Outcome } from './outcome.ts';
import { tell } from './tell.ts';
import { Refused } from './trouble.ts';
import type { RecordObjects, World } from './world.ts';

/** Records runs every 15 minutes and may take as long. */
const LONGEST_WAIT: Seconds = 40 * MINUTE;
const POLL: Seconds = 15;
const SAY_EVERY: Seconds = 5 * MINUTE;

/** For this long a request is not made again, also if it was answered. */
const NOT_AGAIN: Seconds = HOUR;

/** For this long a request without a pack is waited for. Records has failed for a day after it, and its alarm says so. */
const OWED: Seconds = DAY;

/** Asks for a pack, unless the same was asked for a short time ago; waits for it and saves it. */
export async function evidence(
  world: World,
  { options, flags, reason }: Command,
  say: (line: string) => void,
): Promise<Outcome<'evidence'>> {
  const out = given(options, 'out');
  const { sample = null, seed = null } = options;
  if ((sample === null) !== (seed === null)) {
    throw new Refused('A sample needs both --sample and --seed: the seed is how anybody can draw it again.');
  }
  const order: PackOrder = {
    from: given(options, 'from'),
    to: given(options, 'to'),
    fullIds: flags.includes('full-ids'),
    sample: sample === null ? null : Number(sample),
    seed: seed === null ? null : Number(seed),
  };
  mustBePeriod(order.from, order.to, world.now().slice(0, 10));
  await mustBeNew(world, out);
  const bucket = bucketOf(world);
  const asked = await askedOnce(world, bucket, order, reason);
  say(
    asked.requested
      ? `Asked for as entry ${asked.entry} of the ledger. The function records builds packs every 15 minutes.`
      : `Entry ${asked.entry} of the ledger asks for the same, so nothing was asked for again.`,
  );
  const { pack, why } = await waitFor(world, bucket, asked.entry, say);
  const result = { ...order, entry: asked.entry, requested: asked.requested };
  if (pack === null) {
    return {
      result: { ...result, pack: null },
      lines: [],
      notes: [...asked.notes, `${why} Type the same command again: it waits for the same pack.`],
      code: EXIT.notDone,
    };
  }
  await world.files.write(out, pack);
  const bytes = pack.length;
  return {
    result: { ...result, pack: { file: out, bytes, sha256: sha256(pack) } },
    lines: [`${out}: the evidence pack of ${order.from} to ${order.to}, ${bytes} bytes.`],
    notes: [...asked.notes, `To verify it, without AWS: npm run verify -- ${out} --key public.pem`],
    code: EXIT.done,
  };
}

interface Asked {
  readonly entry: number;
  /** True if this command made the request. */
  readonly requested: boolean;
  readonly notes: readonly string[];
}

async function askedOnce(
  world: World,
  bucket: RecordObjects,
  order: PackOrder,
  reason: string,
): Promise<Asked> {
  const { entries } = await world.control.ledger();
  const same = entries.findLast((entry) => sameValue(readPackOrder(entry), order));
  if (same !== undefined && (await isOpen(bucket, same, world.now()))) {
    return { entry: same.number, requested: false, notes: [] };
  }
  const [at, by] = [world.now(), await world.caller()];
  const entry = await world.control.note({ at, command: 'evidence', by, reason, about: { ...order } });
  const ids = order.fullIds ? 'with full ids of access keys' : 'with the last four characters of access keys';
  const { notes } = await tell(world, entry, `The pack is about ${order.from} to ${order.to}, ${ids}.`);
  return { entry: entry.number, requested: true, notes };
}

async function isOpen(
  bucket: RecordObjects,
  { number, at }: { readonly number: number; readonly at: Instant },
  now: Instant,
): Promise<boolean> {
  const age = secondsBetween(at, now);
  return age < NOT_AGAIN || (age < OWED && (await bucket.read(packKey(number))) === null);
}

/** Waits until the pack is there. No error escapes: the request is made by then, and can be waited for again. */
async function waitFor(
  world: World,
  bucket: RecordObjects,
  entry: number,
  say: (line: string) => void,
): Promise<{ readonly pack: Uint8Array | null; readonly why: string }> {
  for (let waited = 0; waited <= LONGEST_WAIT; waited += POLL) {
    try {
      const pack = await bucket.read(packKey(entry));
      if (pack !== null) {
        return { pack, why: '' };
      }
    } catch (error) {
      const says = error instanceof Error ? error.message : String(error);
      return { pack: null, why: `The request is recorded as entry ${entry}, and reading failed: ${says}.` };
    }
    if (waited % SAY_EVERY === 0) {
      say(`Waiting for the pack since ${waited / MINUTE} minutes; at most ${LONGEST_WAIT / MINUTE}.`);
    }
    await world.pause(POLL);
  }
  return {
    pack: null,
    why: `Entry ${entry} of the ledger asks for the pack, and after ${LONGEST_WAIT / MINUTE} minutes it is not there: see the alarm RecordsSchedule/Silent in docs/operate.md.`,
  };
}
