import type { CredentialReport } from '../../core/config/survey.ts';
import { dueTurns } from '../../core/inventory/turn.ts';
import { type ReadTurnWorld, readTurn } from './read-turn.ts';
import {
  type InventoryTaken,
  isInventoryDue,
  type TakeInventoryWorld,
  takeInventory,
} from './take-inventory.ts';
import { type TellReachWorld, tellReach } from './tell-reach.ts';

/** The ports for an hourly run. */
export type HourlyWorld = ReadTurnWorld & TakeInventoryWorld & TellReachWorld;

/** Result of an hourly run. */
export interface Hourly {
  /** The turns that were read live. */
  readonly turns: readonly number[];
  /** Null if none was due. */
  readonly inventory: InventoryTaken | null;
}

/** No turn starts with less time than this left, in milliseconds. */
const ENOUGH_MS = 120_000;

/**
 * The survey's run of every hour does what is due: once a day the inventory, and the turns of the background reading
 * that are due. It also has AWS Config show whether anybody can be asked. The stored objects say what is due, so a run
 * that failed or never came is made up for by the next. Throws after everything else is done if the inventory could not
 * be completed.
 */
export async function hourly(world: HourlyWorld, account: string): Promise<Hourly> {
  const { census, store, clock, log } = world;
  await tellReach(world, account);
  const report = await census.report();
  const due = isInventoryDue(await store.latest(), clock.now());
  // One report for all of it.
  const known = { ...world, census: { ...census, report: async () => report } };
  const inventory = due ? await takeInventory(known, account) : null;
  const turns = await readTurns(world, account, report);
  log.info('surveyed', { turns: turns.length, inventory: inventory !== null });
  if (inventory !== null && inventory.problems.length > 0) {
    throw new Error(inventory.problems.join(' '));
  }
  return { turns, inventory };
}

async function readTurns(world: HourlyWorld, account: string, report: CredentialReport): Promise<number[]> {
  const { store, clock, log } = world;
  const read: number[] = [];
  for (const turn of dueTurns(await store.turns(), clock.now())) {
    if (clock.remaining() < ENOUGH_MS) {
      break;
    }
    const found = await readTurn(world, account, report, turn);
    await store.keepTurn(found.read);
    read.push(turn);
    if (found.unread > 0) {
      log.count('UsersUnread', found.unread);
    }
  }
  return read;
}
