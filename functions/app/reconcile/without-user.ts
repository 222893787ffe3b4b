import { withFewOthers, withOrigin } from '../../core/case/origins.ts';
import type { NameRecord } from '../../core/case/under-name.ts';
import type { News, Wake } from '../wake.ts';
import { noteKeyEvent } from './key-event.ts';
import { type Reconciled, waitFor } from './wait.ts';
import type { World } from './world.ts';

/**
 * Handles a wake about a user whom neither IAM nor a case of ours knows. A user who was just created may not be visible
 * yet, so what an event says is kept under the name, where the next pass finds it.
 */
export async function withoutUser(
  world: World,
  wake: Wake,
  news: News | null,
  record: NameRecord | null,
): Promise<Reconciled> {
  const { account, userName } = wake;
  const origin = news?.origin ?? null;
  if (userName === undefined || record === null) {
    return waitFor(world, wake, { rule: null, observed: null, events: {}, handOn: async () => undefined });
  }
  const events = await noteKeyEvent(world, wake, news, userName, record.events);
  const handOn = async () => {
    if (origin !== null) {
      const origins = withOrigin({ userName, origins: record.origins }, origin, world.policy);
      await world.cases.keepUnderName(account, userName, { origins: withFewOthers([], origins) });
    }
  };
  return waitFor(world, wake, { rule: null, observed: null, events, handOn });
}
