import { accountChangedAt } from '../../core/config/account-verdict.ts';
import { showsOtherwise } from '../../core/config/verdict.ts';
import type { Judgement } from '../../core/judge/situation.ts';
import type { CaseEvent } from '../../core/messages/case-events.ts';
import type { Instant, Seconds } from '../../core/model/time.ts';
import type { UsageQuestion } from '../../core/usage/user-usage.ts';
import type { StoredUser } from '../store-ports.ts';
import type { World } from './world.ts';

/** The messages to send when a pass ends. */
export interface Shown {
  /** Instant since which AWS Config shows something other than what the pass wrote or read; null if it does not. */
  // biome-ignore lint/plugin: set as the pass goes on
  since: Instant | null;
  /** Seconds until the first notice of a question; null if no message is to be sent for it. */
  // biome-ignore lint/plugin: set as the pass goes on
  noticeIn: Seconds | null;
  /** The use of keys to ask about; null if that is known or not needed. */
  // biome-ignore lint/plugin: set as the pass goes on
  question: UsageQuestion | null;
  /** The events for other programs. */
  readonly events: CaseEvent[];
}

/** Notes that this write changes the user's result in AWS Config. */
export function noteVerdict(
  { policy, clock }: World,
  shown: Shown,
  { case: current, control }: StoredUser,
  { next }: Judgement,
): void {
  const now = clock.now();
  if (next !== null && showsOtherwise(current, next, { policy, control, now })) {
    shown.since = now;
  }
}

/** Notes that the account's result in AWS Config changed lately, as the pass has just read (S11). */
export function noteReach(
  { policy, clock }: World,
  shown: Shown,
  { subscriptions = null, control }: Pick<StoredUser, 'subscriptions' | 'control'>,
): void {
  shown.since ??= accountChangedAt(subscriptions, { policy, control, now: clock.now() });
}

/**
 * Requests a run of the rule, delayed so that it covers further changes. A failure does not make the pass wrong: it
 * only affects people who read AWS Config, and the rule's schedule shows the same later. So it is only logged.
 */
export async function tellConfig(
  { policy, refreshes, log }: World,
  account: string,
  shown: Shown,
): Promise<void> {
  if (shown.since === null || policy.config === null) {
    return;
  }
  try {
    const wish = { kind: 'refresh', account, since: shown.since, hops: 0 } as const;
    await refreshes.ask(wish, policy.config.refreshEvery);
  } catch (error) {
    log.error('The wish to show a new verdict in AWS Config was not taken', { error });
    log.count('RefreshRefused');
  }
}
