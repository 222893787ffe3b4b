import type { LedgerEntry } from '../../core/model/ledger.ts';
import { DAY, type Instant, plus } from '../../core/model/time.ts';
import type { PackRequest } from '../../core/records/pack/input.ts';
import type { PackOrder } from '../../core/records/pack/order.ts';
import { packOf } from '../../core/records/pack/pack.ts';
import { SEAL_FILES } from '../../core/records/pack/seal.ts';
import type { Csv } from '../../core/records/table.ts';
import type { Log } from '../ports.ts';
import type { Signer } from '../records-ports.ts';
import { type GatherWorld, type PackFile, packInput } from './pack-input.ts';

/** The ports to build evidence packs. */
export interface BuildWorld extends GatherWorld {
  readonly signer: Signer;
  readonly csv: Csv;
  /** Packs files into one archive. */
  readonly zip: (files: readonly PackFile[]) => Promise<Uint8Array>;
  /** The order in an entry of the ledger; null if it has none that can be read. */
  readonly orderIn: (entry: LedgerEntry) => PackOrder | null;
  readonly log: Log;
}

/** For this long an order without a pack is carried out. The operator who gave it waits for less, and may give it again. */
const OWED = DAY;

/**
 * Builds and signs the packs that operators ordered and that are not there. A pack that cannot be built stops no other work: its
 * order stays, and so does the reason, in the log.
 */
export async function buildPacks(
  world: BuildWorld,
  account: string,
  ledger: readonly LedgerEntry[],
): Promise<number[]> {
  const { anchors, clock, log } = world;
  const since = plus(clock.now(), -OWED);
  const built: number[] = [];
  for (const entry of ledger) {
    const order = entry.at < since ? null : world.orderIn(entry);
    if (order === null || (await anchors.hasPack(entry.number))) {
      continue;
    }
    try {
      await build(world, account, requestOf(entry, order), ledger);
      built.push(entry.number);
    } catch (error) {
      log.error('An evidence pack could not be built', { entry: entry.number, error });
      log.count('PackNotBuilt');
    }
  }
  return built;
}

/** Both days of a period belong to it, in UTC. */
function requestOf({ number, by }: LedgerEntry, { from, to, fullIds, sample, seed }: PackOrder): PackRequest {
  return {
    from: `${from}T00:00:00.000Z`,
    to: lastMoment(to),
    by,
    entry: number,
    sample: sample === null || seed === null ? null : { size: sample, seed },
    fullKeyIds: fullIds,
  };
}

function lastMoment(day: string): Instant {
  return plus(`${day}T23:59:59.999Z`, 0);
}

async function build(
  world: BuildWorld,
  account: string,
  request: PackRequest,
  ledger: readonly LedgerEntry[],
): Promise<void> {
  const { anchors, signer, csv, zip, log } = world;
  const last = await anchors.latest();
  if (last.found !== 'anchor') {
    throw new Error('There is no anchor to build the pack on.');
  }
  const { manifest, files } = packOf(await packInput(world, account, request, ledger, last), csv);
  const signature = { name: SEAL_FILES.signature, content: await signer.sign(manifest.content) };
  await anchors.keepPack(request.entry, await zip([manifest, signature, ...files]));
  log.info('An evidence pack was built', { entry: request.entry, files: files.length });
}
