import { suggestion } from '../../functions/contracts/did-you-mean.ts';
import { Refused } from './trouble.ts';
import type { Deployed, Subscriber, World } from './world.ts';

/** Ids of the approvers in the stack's settings; null if it was deployed by a release that does not publish them. */
export function approverIds({ outputs }: Deployed): readonly string[] | null {
  return outputs.ApproverIds?.split(',') ?? null;
}

/** Ids of the approvers of whom nobody can tell that they created a key; none in the stack of a release before 0.9.0. */
export function uncheckedIds({ outputs }: Deployed): readonly string[] {
  return outputs.SelfApprovalUnchecked?.split(',') ?? [];
}

/** Ids of the approvers whom nobody mails a first link while others can be asked; none in the stack of a release before 0.9.0. */
export function reserveIds({ outputs }: Deployed): readonly string[] {
  return outputs.ApproversInReserve?.split(',') ?? [];
}

/**
 * Refuses an id that no approver has: after a typing error the approver who was meant would keep their permission to
 * decide.
 */
export function nobody(id: string, approvers: readonly string[] | null): Refused {
  if (approvers === null) {
    return new Refused('The stack has no output ApproverIds: deploy this version first.');
  }
  const current = `The approvers are: ${approvers.join(', ')}.`;
  return new Refused(`No approver has the id "${id}".${suggestion(id, approvers)} ${current}`);
}

/** The subscription of the template for this approver. Refuses an id that no approver has. */
export async function subscriberOf(world: World, id: string): Promise<Subscriber> {
  const ids = approverIds(world.deployed);
  if (ids?.includes(id) !== true) {
    throw nobody(id, ids);
  }
  const found = (await world.parts.subscribers()).find((one) => one.ids.includes(id));
  if (found === undefined) {
    throw new Refused(`The deployed template has no mail subscription for ${id}. Deploy this version first.`);
  }
  return found;
}
