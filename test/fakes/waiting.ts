import type { Case, OwedNotice } from '../../functions/core/case/case.ts';
import { addressMark } from '../../functions/core/case/requests.ts';
import { digestDue } from '../../functions/core/channel/pace.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import type { MemoryWorld } from './world.ts';

/** The notices of a case that nothing under way tells: neither sent, nor waiting for a digest that is due within a day. */
export function neverTold({ table, clock, world }: MemoryWorld, { owed }: Case): OwedNotice[] {
  const latest = plus(clock.now(), DAY);
  const isDue = (recipient: string) => {
    const person = world.policy.approvers.find(({ id }) => id === recipient);
    const stored = table.paces.stored.get(addressMark(person?.email ?? ''));
    const due = stored === undefined ? null : digestDue(stored.pace);
    return due !== null && due <= latest;
  };
  return owed.filter(({ recipient, pooled }) => pooled === undefined || !isDue(recipient));
}
