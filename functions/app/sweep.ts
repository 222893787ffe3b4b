import { MINUTE, plus } from '../core/model/time.ts';
import type { DigestSender } from './channel-ports.ts';
import type { Clock, Log, WakeSender } from './ports.ts';
import type { DueCase, DueStore } from './store-ports.ts';

/** Time before a case is woken again, so that an outage of reconcile does not fill the queue. */
const PUSH = 10 * MINUTE;

/**
 * Maximum number of cases per run. The remaining ones come first in the next run, because the oldest are taken first.
 */
const AT_MOST = 500;

/** The ports of the sweep. */
export interface SweepWorld {
  readonly due: DueStore;
  readonly wakes: WakeSender;
  readonly digests: DigestSender;
  readonly clock: Clock;
  readonly log: Log;
  /** A random number from 0 up to, but not including, 1. */
  random(): number;
}

/**
 * Wakes every case that is due. The due time is moved first, so that a case whose wake is not sent becomes due again
 * by itself. Then requests the digests that are due. Of cases due at the same moment a random one comes first, so that no user always comes last. A case that
 * cannot be moved does not hold up the others: they are woken, then the run fails, so that the
 * alarm reports it.
 */
export async function sweep({
  due,
  wakes,
  digests,
  clock,
  log,
  random,
}: SweepWorld): Promise<{ readonly woken: number }> {
  const now = clock.now();
  const found = tiesAtRandom(await due.due(now, AT_MOST), random);
  const pushed = await Promise.allSettled(found.map((one) => due.push(one, plus(now, PUSH))));
  const ours = found.filter((_, index) => pushed[index]?.status === 'fulfilled' && pushed[index].value);
  await wakes.send(ours.map(({ account, userId }) => ({ kind: 'user', account, userId, attempt: 0 })));
  if (ours.length > 0) {
    log.info('woken', { cases: ours.length });
  }
  if (found.length === AT_MOST) {
    log.warn('More cases are due than one sweep takes', { cases: found.length });
  }
  // Whoever writes a digest sets the time of the next one, so nothing is moved here.
  await Promise.all((await due.digests(now)).map((about) => digests.ask({ kind: 'digest', ...about }, 0)));
  const failed = pushed.find((push) => push.status === 'rejected');
  if (failed !== undefined) {
    throw failed.reason;
  }
  return { woken: ours.length };
}

function tiesAtRandom(cases: readonly DueCase[], random: () => number): DueCase[] {
  const drawn = cases.map((one) => ({ one, draw: random() }));
  const order = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
  return drawn
    .sort((a, b) => order(a.one.wakeAt, b.one.wakeAt) || order(a.draw, b.draw))
    .map(({ one }) => one);
}
