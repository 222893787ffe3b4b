import type { FormerValidation } from '../../core/records/carried.ts';
import type { AnchorBefore } from '../../core/records/make-anchor.ts';
import { wantsEverybody } from '../../core/signoff/due.ts';
import type { SignOffFile } from '../../core/signoff/file.ts';
import { liveOrder } from '../../core/validation/order.ts';
import type { AnchorStore, InventoryReader } from '../records-ports.ts';
import type { Findings } from './findings.ts';

/** The ports for an order. */
export interface OrderWorld {
  readonly anchors: AnchorStore;
  readonly inventories: InventoryReader;
}

/**
 * Orders the users of whom something was recorded to be read live by the survey, which then takes an inventory to judge; before a
 * sign-off everybody. The first anchor orders nobody: the daily inventory judges all of them.
 */
export async function orderLive(
  { anchors, inventories }: OrderWorld,
  { now, users, justClosed, judged }: Findings,
  before: AnchorBefore | null,
  signOff: SignOffFile,
): Promise<void> {
  const changed = [...users.remediated.keys()];
  const everybody = wantsEverybody(signOff.due, signOff.report, now);
  if (before === null || (changed.length === 0 && !everybody)) {
    return;
  }
  const { validation: number } = before.anchor.latest;
  const previous =
    judged?.validation ?? (number === null ? null : await anchors.carried('validation', number));
  const order = liveOrder({
    at: now,
    closed: users.closed,
    changed: [],
    // Only a closed case is a reason for an inventory. All others who changed are read live in it.
    also: [...changed, ...justClosed, ...severalIn(previous)],
    signOff: everybody,
    last: await anchors.order(),
    ordered: await inventories.ordered(),
  });
  if (order !== null) {
    await anchors.keepOrder(order);
  }
}

function severalIn(previous: FormerValidation | null): string[] {
  return (previous?.users ?? []).flatMap(({ userId, count }) =>
    count === 'more' && userId !== null ? [userId] : [],
  );
}
