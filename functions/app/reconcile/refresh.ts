import { busyPause, MOST_HOPS, refreshTurn } from '../../core/config/refresh.ts';
import type { ConfigView } from '../../core/model/policy.ts';
import type { Seconds } from '../../core/model/time.ts';
import type { RefreshSender, RefreshStore, RuleStarter } from '../config-ports.ts';
import type { Clock, Log } from '../ports.ts';
import type { RefreshWish } from '../wake.ts';

/** The ports for asking AWS Config to run the rule. */
export interface RefreshWorld {
  readonly view: ConfigView;
  readonly store: RefreshStore;
  readonly starter: RuleStarter;
  readonly sender: RefreshSender;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/**
 * Makes AWS Config run the rule, if no run has started since the change and a start is allowed now; otherwise sends
 * the request again with a delay. Of many concurrent requests one starts the run, and the others find it started. The
 * run is started first and recorded afterwards: a crash in between leaves a request that the queue delivers again,
 * and one run too many instead of none. Throws if AWS Config gives no answer, so that the queue delivers the request
 * again.
 */
export async function refresh(world: RefreshWorld, wish: RefreshWish): Promise<void> {
  const { view, store, starter, clock, log } = world;
  const { account, since, hops } = wish;
  const last = await store.last(account);
  const turn = refreshTurn(last, since, clock.now(), view);
  if (turn.turn === 'shown') {
    return;
  }
  if (turn.turn === 'spent') {
    log.warn(
      'AWS Config was asked to run its rule as often as the settings allow today; its schedule has to do',
    );
    return log.count('RefreshBudgetSpent');
  }
  if (turn.turn === 'wait') {
    return sendOn(world, wish, turn.seconds);
  }
  // A run in progress may have read the user before the change, so it does not satisfy the request.
  if ((await starter.start()) === 'busy') {
    return sendOn(world, wish, busyPause(view, hops));
  }
  await store.record(account, last, turn.next);
}

/** Sends a request again, up to a maximum number of times; after that the rule's schedule must do. */
async function sendOn({ sender, log }: RefreshWorld, wish: RefreshWish, delay: Seconds): Promise<void> {
  if (wish.hops < MOST_HOPS) {
    return sender.ask({ ...wish, hops: wish.hops + 1 }, delay);
  }
  log.warn('AWS Config could not be asked to run its rule for a long time; its schedule has to do');
  log.count('RefreshGivenUp');
}
