import { accountChangedAt } from '../../core/config/account-verdict.ts';
import type { Policy } from '../../core/model/policy.ts';
import type { CaseReader, RefreshSender } from '../config-ports.ts';
import type { Clock, Log } from '../ports.ts';

export interface TellReachWorld {
  readonly cases: Pick<CaseReader, 'cases'>;
  readonly refreshes: RefreshSender;
  readonly clock: Pick<Clock, 'now'>;
  readonly policy: Policy;
  readonly log: Log;
}

/**
 * Requests a run of the rule if the account's result in AWS Config changed lately (S11). Passes do so as well, but while no
 * case is due nothing else would before the rule's schedule. A failure is only logged, for the same reason as in a pass.
 */
export async function tellReach(
  { cases, refreshes, clock, policy, log }: TellReachWorld,
  account: string,
): Promise<void> {
  if (policy.config === null) {
    return;
  }
  try {
    const { control, subscriptions } = await cases.cases(account, []);
    const since = accountChangedAt(subscriptions, { policy, control, now: clock.now() });
    if (since !== null) {
      await refreshes.ask({ kind: 'refresh', account, since, hops: 0 }, policy.config.refreshEvery);
    }
  } catch (error) {
    log.error('The wish to show the account in AWS Config anew was not taken', { error });
    log.count('RefreshRefused');
  }
}
