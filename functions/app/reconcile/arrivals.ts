import { addressMark } from '../../core/case/requests.ts';
import { arrived } from '../../core/channel/arrival.ts';
import { reachedAnew } from '../../core/health/reach.ts';
import type { World } from './world.ts';

/**
 * Makes a digest due for each approver's address that mails reach and did not reach at its latest digest. Returns the marks
 * of these addresses.
 */
export async function withArrivals(world: World, account: string): Promise<readonly string[]> {
  const { paces, health, clock, policy } = world;
  const now = clock.now();
  const reached = reachedAnew(await health.subscriptions(account), now);
  const found: string[] = [];
  for (const address of new Set(policy.approvers.map(({ email }) => addressMark(email)))) {
    const since = reached[address];
    const isAnew =
      since !== undefined &&
      (await paces.change({ account, address }, (pace) => {
        const next = arrived(pace, since, now, world.pace);
        return { next: next === pace ? null : next, result: next !== pace };
      }));
    found.push(...(isAnew ? [address] : []));
  }
  return found;
}
