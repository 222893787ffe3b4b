import type { OwedNotice } from '../../core/case/case.ts';
import { addressMark } from '../../core/case/requests.ts';
import { digestDue, isAnyDue, withDigest } from '../../core/channel/pace.ts';
import { type Instant, MINUTE, type Seconds, secondsBetween } from '../../core/model/time.ts';
import { slotOf } from './send-mail.ts';
import type { World } from './world.ts';

/** A digest that is due so soon is requested by message. The sweep finds all others. */
const BY_MESSAGE: Seconds = 15 * MINUTE;

/** Makes a digest due for every address to which some of these notices go, in time for each of them. */
export async function askDigests(
  world: World,
  account: string,
  waiting: readonly Pick<OwedNotice, 'recipient' | 'pooled'>[],
): Promise<void> {
  const { paces, clock, policy } = world;
  const slot = slotOf(world);
  for (const address of new Set(policy.approvers.map(({ email }) => addressMark(email)))) {
    const theirs = policy.approvers.flatMap(({ id, email }) => (addressMark(email) === address ? id : []));
    const pools = waiting.flatMap(({ recipient, pooled }) =>
      pooled !== undefined && theirs.includes(recipient) ? pooled : [],
    );
    if (pools.length === 0) {
      continue;
    }
    const now = clock.now();
    const due = await paces.change({ account, address }, (pace) => {
      const next = pools.reduce((so, pool) => withDigest(so, pool, now, slot, world.pace), pace);
      const urgently = next.urgentDue !== null && next.urgentDue !== pace.urgentDue ? digestDue(next) : null;
      return { next: next === pace ? null : next, result: urgently, unsure: isAnyDue(pace, now) };
    });
    await requestBy(world, { account, address }, now, due);
  }
}

/** Requests the digest at that time. A failure only makes it later: the sweep finds it due. */
async function requestBy(
  { digests, log }: World,
  about: { readonly account: string; readonly address: string },
  now: Instant,
  due: Instant | null,
): Promise<void> {
  if (due === null) {
    return;
  }
  const delay = Math.max(0, secondsBetween(now, due));
  if (delay > BY_MESSAGE) {
    return;
  }
  try {
    await digests.ask({ kind: 'digest', ...about }, delay);
  } catch (error) {
    log.error('A digest has to wait for the sweep: its request was not sent', { error });
    log.count('WakeNotSent');
  }
}
