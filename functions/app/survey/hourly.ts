import type { CredentialReport } from '../../core/config/survey.ts';
import { dueTurns } from '../../core/inventory/turn.ts';
import { alsoLive, isOrdered, type LiveOrder } from '../../core/validation/order.ts';
import type { OrderReader } from '../inventory-ports.ts';
import { type ReadTurnWorld, readTurn } from './read-turn.ts';
import {
  type InventoryTaken,
  isInventoryDue,
  type Ordered,
  type TakeInventoryWorld,
  takeInventory,
} from './take-inventory.ts';
import { type TellReachWorld, tellReach } from './tell-reach.ts';
import { type TellSignOffWorld, tellSignOff } from './tell-sign-off.ts';

/** The ports for an hourly run. */
export type HourlyWorld = ReadTurnWorld &
  TakeInventoryWorld &
  TellReachWorld &
  TellSignOffWorld & { readonly orders: OrderReader };

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
 * The survey's run of every hour does what is due: once a day the inventory, or earlier if live readings were ordered for a
 * validation, and the turns of the background reading that are due. It also has AWS Config show whether anybody can be
 * asked, and has approvers asked for a sign-off that is due. The stored objects say what is due, so a run that failed or never came is
 * made up for by the next. Throws after everything else is done if the inventory could not be completed, or if nobody knows what was ordered.
 */
export async function hourly(world: HourlyWorld, account: string): Promise<Hourly> {
  const { census, log } = world;
  await tellReach(world, account);
  const report = await census.report();
  const { order, problems } = await readOrder(world);
  const ordered = await toRead(world, order);
  // One report for all of it.
  const known = { ...world, census: { ...census, report: async () => report } };
  const inventory = ordered === null ? null : await takeInventory(known, account, ordered);
  const turns = await readTurns(world, account, report);
  log.info('surveyed', { turns: turns.length, inventory: inventory !== null });
  const all = [...(inventory?.problems ?? []), ...problems, ...(await tellSignOff(world, account))];
  if (all.length > 0) {
    throw new Error(all.join(' '));
  }
  return { turns, inventory };
}

/** The order for live readings. Without it everything else that is due is done, and the run fails at its end. */
async function readOrder({
  orders,
}: HourlyWorld): Promise<{ readonly order: LiveOrder | null; readonly problems: readonly string[] }> {
  try {
    return { order: await orders.order(), problems: [] };
  } catch (error) {
    const why = error instanceof Error ? error.name : 'unknown';
    return { order: null, problems: [`The order for live readings could not be read (${why}).`] };
  }
}

/** The users to read live for the inventory that is due; null if none is due. */
async function toRead({ store, clock }: HourlyWorld, order: LiveOrder | null): Promise<Ordered | null> {
  const ordered = await store.ordered();
  const isNew = order !== null && isOrdered(order, ordered);
  return isNew || isInventoryDue(await store.latest(), clock.now())
    ? { at: order?.at ?? ordered, users: alsoLive(order, ordered) }
    : null;
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
