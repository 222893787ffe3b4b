import { isOpen } from '../../core/case/case.ts';
import { type Instant, MINUTE, type Seconds, secondsBetween } from '../../core/model/time.ts';
import type { StoredUser } from '../store-ports.ts';
import type { Wake } from '../wake.ts';
import { PATIENCE } from './wait.ts';
import type { World } from './world.ts';

/** Longest delay of a message in SQS. A first notice that is due later is left to the sweep. */
const LONGEST_DELAY: Seconds = 15 * MINUTE;

/**
 * Seconds until the first notice of a question whose due time this pass has just set; null if there is none, if it is
 * due too late for a message, or if this is the last wake of a chain.
 */
export function firstNoticeIn(
  { attempt }: Wake,
  before: Instant | null,
  { case: current, wakeAt }: StoredUser,
  now: Instant,
): Seconds | null {
  const asks = isOpen(current) && current.toldAt === null && current.compliantSince === null;
  if (!asks || current.lease !== null || wakeAt === null || wakeAt === before || attempt >= PATIENCE.length) {
    return null;
  }
  const delay = secondsBetween(now, wakeAt);
  return delay > 0 && delay <= LONGEST_DELAY ? delay : null;
}

/**
 * Wakes the user again for that notice, so that it does not wait for the sweep. A failure only makes it later: the
 * sweep finds it due.
 */
export async function wakeForNotice(
  { wakes, log }: Pick<World, 'wakes' | 'log'>,
  { account, userId }: { readonly account: string; readonly userId: string },
  { attempt, pool }: Wake,
  delay: Seconds | null,
): Promise<void> {
  if (delay === null) {
    return;
  }
  try {
    const pooled = pool === undefined ? {} : { pool };
    await wakes.send([{ kind: 'user', account, userId, ...pooled, attempt: attempt + 1 }], delay);
  } catch (error) {
    log.error('The first notice has to wait for the sweep: its wake was not sent', { error });
    log.count('WakeNotSent');
  }
}
