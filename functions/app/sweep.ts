import { MINUTE, plus } from '../core/model/time.ts';
import type { Clock, DueStore, Log, WakeSender } from './ports.ts';

/** A look that was asked for is not asked for again before this: an outage of reconcile must not become a storm. */
const PUSH = 10 * MINUTE;

/** As many as one run reliably handles; the rest is older by the next run and comes first then. */
const AT_MOST = 500;

/** What the sweep needs from outside. */
export interface SweepWorld {
  readonly due: DueStore;
  readonly wakes: WakeSender;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Wakes every case that wants a look. The look is pushed on first: if sending fails, it comes back by itself. One case
 * that cannot be pushed must not keep the others asleep: they are woken, then the run fails, so that somebody sees it.
 */
export async function sweep({ due, wakes, clock, log }: SweepWorld): Promise<{ readonly woken: number }> {
  const now = clock.now();
  const found = await due.due(now, AT_MOST);
  const pushed = await Promise.allSettled(found.map((one) => due.push(one, plus(now, PUSH))));
  const ours = found.filter((_, index) => pushed[index]?.status === 'fulfilled' && pushed[index].value);
  await wakes.send(ours.map(({ account, userId }) => ({ kind: 'user', account, userId, attempt: 0 })));
  if (ours.length > 0) {
    log.info('woken', { cases: ours.length });
  }
  if (found.length === AT_MOST) {
    log.warn('More cases are due than one sweep takes', { cases: found.length });
  }
  const failed = pushed.find((push) => push.status === 'rejected');
  if (failed !== undefined) {
    throw failed.reason;
  }
  return { woken: ours.length };
}
