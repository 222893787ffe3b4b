import { neededLookup } from '../../core/proposal/needed-lookup.ts';
import type { UsageQuestion } from '../../core/usage/user-usage.ts';
import type { StoredUser } from '../store-ports.ts';
import type { World } from './world.ts';

/** The question about the use of a user's keys; null if it is known, or there is no case. */
export function questionAbout(
  { policy, clock }: Pick<World, 'policy' | 'clock'>,
  { case: current, usage }: StoredUser,
): UsageQuestion | null {
  return current === null ? null : neededLookup(current, usage, policy, clock.now());
}

/** Asks who uses keys. A failure only leaves it unknown, so it stops nothing; the next evaluation asks again. */
export async function askUsage(
  { usage, log }: Pick<World, 'usage' | 'log'>,
  question: UsageQuestion | null,
): Promise<void> {
  if (question === null) {
    return;
  }
  try {
    await usage.ask(question);
  } catch (error) {
    log.error('Nobody was asked who uses the keys of a user', { error });
    log.count('UsageNotAsked');
  }
}
