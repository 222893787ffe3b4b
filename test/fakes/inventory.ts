import { expect } from 'vitest';
import type {
  AboutStore,
  Inventory,
  InventoryStore,
  OrderReader,
  TurnRead,
} from '../../functions/app/inventory-ports.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import type { LeftSignOff } from '../../functions/core/signoff/ask.ts';
import type { SignOffFile } from '../../functions/core/signoff/file.ts';
import type { LiveOrder } from '../../functions/core/validation/order.ts';
import type { withConfig } from './rule.ts';
import type { MemoryWorld } from './world.ts';

/** The bucket in memory, and the world of the hourly survey on the world of the rule. */
export function withInventory(
  m: Pick<MemoryWorld, 'clock' | 'table' | 'world'>,
  rule: ReturnType<typeof withConfig>,
) {
  const turns = new Map<number, { readonly at: Instant; readonly read: TurnRead }>();
  const taken: Inventory[] = [];
  const store: InventoryStore = {
    turns: async () => new Map([...turns].map(([turn, { at }]) => [turn, at])),
    readings: async () => [...turns.values()].map(({ read }) => structuredClone(read)),
    async keepTurn(read) {
      turns.set(read.turn, { at: m.clock.now(), read });
    },
    latest: async () => taken.at(-1)?.takenAt ?? null,
    ordered: async () => taken.at(-1)?.ordered ?? null,
    async keep(inventory) {
      taken.push(inventory);
    },
  };
  const account = {
    async details() {
      const users = await rule.world.census.users();
      const permissions = { inline: [], attached: [], groups: [], boundary: null };
      return {
        users: users.map((user) => ({ ...user, permissions })),
        policies: { groups: new Map(), managed: new Map() },
      };
    },
  };
  /** Calls for the facts about users. */
  const asked = { reads: 0, writes: 0 };
  const about: AboutStore = {
    async stored(_account, userIds) {
      asked.reads += 1;
      expect(userIds.length).toBeLessThanOrEqual(100);
      return new Map(
        userIds.flatMap((userId) => {
          const one = m.table.abouts.get(userId);
          return one === undefined ? [] : [[userId, one] as const];
        }),
      );
    },
    async keep(_account, userId, one) {
      asked.writes += 1;
      m.table.abouts.set(userId, structuredClone(one));
    },
  };
  /** The order of `records`. */
  const orders: OrderReader & { left: LiveOrder | null } = {
    left: null,
    order: async () => orders.left,
  };
  /** The state of sign-offs in the bucket of records, the one that was stored for reconcile, and the messages about it. */
  const signOff: { file: SignOffFile | null; kept: LeftSignOff | null; writes: number; wakes: number } = {
    file: null,
    kept: null,
    writes: 0,
    wakes: 0,
  };
  const asking = {
    reports: { signOff: async () => signOff.file },
    signOffs: {
      ask: async () => signOff.kept,
      async keep(_account: string, ask: LeftSignOff) {
        signOff.kept = ask;
        signOff.writes += 1;
      },
    },
    signOffWakes: {
      async ask() {
        signOff.wakes += 1;
      },
    },
  };
  return {
    turns,
    taken,
    asked,
    orders,
    signOff,
    world: { ...rule.world, refreshes: m.world.refreshes, store, account, about, orders, ...asking },
  };
}
