import { showsOtherwise } from '../../core/config/verdict.ts';
import type { Judgement } from '../../core/judge/situation.ts';
import type { Instant } from '../../core/model/time.ts';
import type { StoredUser } from '../ports.ts';
import type { World } from './world.ts';

/** Since when AWS Config shows something else than a pass wrote; null while it does not. */
export interface Shown {
  // biome-ignore lint/plugin: set as the pass goes on
  since: Instant | null;
}

/** Remembers that what was just written changes the user's verdict. */
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

/**
 * Has the rule run soon, after a while in which more may change. It is a help for people who look at AWS Config: where it
 * fails, the pass is no less right, and the rule's own schedule shows the same later.
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
