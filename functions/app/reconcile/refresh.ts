import { busyPause, MOST_HOPS, refreshTurn } from '../../core/config/refresh.ts';
import type { ConfigView } from '../../core/model/policy.ts';
import type { Seconds } from '../../core/model/time.ts';
import type { Clock, Log, RefreshSender, RefreshStore, RuleStarter } from '../ports.ts';
import type { RefreshWish } from '../wake.ts';

/** What asking AWS Config to run the rule needs. */
export interface RefreshWorld {
  readonly view: ConfigView;
  readonly store: RefreshStore;
  readonly starter: RuleStarter;
  readonly sender: RefreshSender;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/**
 * Has AWS Config run the rule, if no run since the change has begun and it is allowed now; otherwise the wish is sent on.
 * Of many wishes at once one starts the run and the others find it started. The run is asked for first and recorded then:
 * who dies in between leaves a wish that the queue brings again, and one run too many, instead of none. Throws when
 * AWS Config gives no answer, so that the queue brings the wish again.
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
  // A run that is under way may have looked before the change, so it does not grant the wish.
  if ((await starter.start()) === 'busy') {
    return sendOn(world, wish, busyPause(view, hops));
  }
  await store.record(account, last, turn.next);
}

/** A wish is sent on so often and no more: what its last bearer could not do is left to the rule's schedule. */
async function sendOn({ sender, log }: RefreshWorld, wish: RefreshWish, delay: Seconds): Promise<void> {
  if (wish.hops < MOST_HOPS) {
    return sender.ask({ ...wish, hops: wish.hops + 1 }, delay);
  }
  log.warn('AWS Config could not be asked to run its rule for a long time; its schedule has to do');
  log.count('RefreshGivenUp');
}
