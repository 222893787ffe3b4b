import { withFewOthers } from '../../core/case/by-key.ts';
import { exposureOf, mergedExposure, withFewOtherKeys } from '../../core/case/exposure.ts';
import { withOrigin } from '../../core/case/origins.ts';
import type { NameRecord } from '../../core/case/under-name.ts';
import type { News, Wake } from '../wake.ts';
import { noteKeyEvent } from './key-event.ts';
import { type Reconciled, waitFor } from './wait.ts';
import type { World } from './world.ts';

const NOBODY = { rule: null, observed: null, current: null };

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
  const { origin = null, exposure = null } = news ?? {};
  if (userName === undefined || record === null) {
    return waitFor(world, wake, { ...NOBODY, events: {}, handOn: async () => undefined });
  }
  const events = await noteKeyEvent(world, wake, news, userName, record.events);
  const handOn = async () => {
    if (origin !== null) {
      const origins = withOrigin({ userName, origins: record.origins }, origin, world.policy);
      await world.cases.keepUnderName(account, userName, { origins: withFewOthers([], origins) });
    }
  };
  // Nothing is expected of keys by such an event, so nobody would wait: it is kept whatever follows.
  if (exposure !== null) {
    const exposed = mergedExposure(record.exposed, exposureOf(exposure));
    await world.cases.keepUnderName(account, userName, { exposed: withFewOtherKeys([], exposed) });
  }
  return waitFor(world, wake, { ...NOBODY, events, handOn });
}
