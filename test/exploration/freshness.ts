import { type Instant, secondsBetween } from '../../functions/core/model/time.ts';
import type { MemoryWorld } from '../fakes/world.ts';

/**
 * Law 4 and S3 at the ports of one invocation: a write to IAM comes after a listing that began after this invocation's
 * last commit, at most 5 s before the call. One commit is good for one write.
 */
export function watchFreshness(m: MemoryWorld, of: string, broken: unknown[]): (method: string) => void {
  let claimed = false;
  let listed: Instant | null = null;
  const check = (holds: boolean, rule: string) => {
    if (!holds) {
      broken.push(new Error(`${of}: ${rule} at ${m.clock.now()}`));
    }
  };
  return (method) => {
    const now = m.clock.now();
    if (method === 'cases.commit') {
      claimed = true;
      listed = null;
    } else if (method === 'iam.keys') {
      listed = now;
    } else if (method.startsWith('iamWrites.')) {
      check(of === 'reconcile', 'only reconcile writes');
      check(claimed, 'law 2: one commit, one write');
      check(listed !== null, 'S3: a listing begun after the claim');
      check(listed !== null && secondsBetween(listed, now) <= 5, 'law 4: a look at most 5 s old');
      claimed = false;
    }
  };
}
