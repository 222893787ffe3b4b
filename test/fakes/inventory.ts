import type { Inventory, InventoryStore, TurnRead } from '../../functions/app/inventory-ports.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import type { withConfig } from './rule.ts';

/** The bucket in memory, and the world of the hourly survey on the world of the rule. */
export function withInventory(
  m: { readonly clock: { now(): Instant } },
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
  return { turns, taken, world: { ...rule.world, store, account } };
}
