import { type Instant, plus, type Seconds } from '../core/model/time.ts';
import { homeRegion, regionsToRead } from '../core/usage/regions.ts';
import type { KeyUsage } from '../core/usage/usage.ts';
import type { UsageQuestion } from '../core/usage/user-usage.ts';
import type { Clock, Log } from './ports.ts';
import type { UsageReader, UsageStore } from './usage-ports.ts';

export interface WitnessWorld {
  readonly reader: UsageReader;
  readonly store: UsageStore;
  readonly clock: Clock;
  readonly log: Log;
  /** The account that the function is in. */
  readonly account: string;
  /** The Region that the function is in. */
  readonly region: string;
  /**
   * The time at which each question was answered last, as far as this process knows. It saves the repetitions of a question
   * that waited for hours while each evaluation asked again.
   */
  readonly answered: Map<string, Instant>;
}

/** Time that is left for storing the result. A key that is not read by then counts as not looked up. */
const TO_STORE: Seconds = 20;

/**
 * Looks up who uses the keys of a user, and stores it in place of what was known. A key that could not be looked up is
 * stored as such, never as unused. A question that was asked before it was last answered is dropped.
 */
export async function witness(
  { reader, store, clock, log, account, region, answered }: WitnessWorld,
  question: UsageQuestion,
  askedAt: Instant,
): Promise<void> {
  if (question.account !== account) {
    log.count('OtherAccount');
    log.warn('A question about the keys of another account', { account: question.account });
    return;
  }
  const same = [
    question.userId,
    ...question.keys.map(({ keyId, ended = '', regions }) => [keyId, ended, ...regions].join()),
  ].join(' ');
  if ((answered.get(same) ?? '') > askedAt) {
    return;
  }
  const until = plus(clock.now(), Math.max(0, clock.remaining() / 1000 - TO_STORE));
  const keys: KeyUsage[] = [];
  for (const { regions, ...key } of question.keys) {
    keys.push(await reader.of({ ...key, regions: regionsToRead(homeRegion(region), regions), until }));
  }
  await store.keep(account, question.userId, { at: clock.now(), keys });
  answered.set(same, clock.now());
  const missing = keys.flatMap(({ lookup }) => (lookup.kind === 'not-looked-up' ? [lookup.why] : []));
  if (missing.length > 0) {
    log.count('UsageNotLookedUp', missing.length);
    log.warn('The use of keys could not be looked up', { userId: question.userId, missing });
  }
}
