import type { Instant } from '../../functions/core/model/time.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import type { Family, KeyUsage } from '../../functions/core/usage/usage.ts';
import type { UsageQuestion, UserUsage } from '../../functions/core/usage/user-usage.ts';
import type { StandingClock } from './ports.ts';

/** A call that somebody made with a key. `by`: who it was, which is the network that a lookup shows. */
export interface Call {
  readonly keyId: string;
  readonly by: string;
  readonly at: Instant;
}

/** CloudTrail's event history in memory: it has every call of 90 days, but shows nothing while it refuses lookups. */
export function memoryHistory(clock: StandingClock) {
  const calls: Call[] = [];
  const state = { refuses: false };

  const familiesOf = (keyId: string): Family[] => {
    const own = calls.filter((call) => call.keyId === keyId && call.at >= plus(clock.now(), -90 * DAY));
    return [...new Set(own.map(({ by }) => by))].map((by) => {
      const times = own.filter((call) => call.by === by).map(({ at }) => at);
      return {
        source: { kind: 'network', network: by },
        agent: 'boto3',
        service: 's3',
        region: 'eu-west-1',
        first: times[0] ?? '',
        last: times.at(-1) ?? '',
        count: times.length,
        errors: 0,
        writes: 0,
      };
    });
  };

  const lookUp = (keyId: string): KeyUsage =>
    state.refuses
      ? { keyId, lookup: { kind: 'not-looked-up', why: 'throttled' }, families: [] }
      : {
          keyId,
          lookup: { kind: 'looked-up', at: clock.now(), back: plus(clock.now(), -90 * DAY) },
          families: familiesOf(keyId),
        };

  return {
    calls,
    state,
    /** As witness answers a question. */
    answer: ({ keys }: UsageQuestion): UserUsage => ({
      at: clock.now(),
      keys: keys.map(({ keyId }) => lookUp(keyId)),
    }),
  };
}
