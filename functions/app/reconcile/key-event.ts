import { type KeyEvents, withKeyEvent } from '../../core/model/key-events.ts';
import type { News, Wake } from '../wake.ts';
import type { World } from './world.ts';

/**
 * Remembers, under the user's name, a change of a key that an event tells, and returns all that are known. Otherwise
 * an earlier event of the same key would be waited for in vain. The creation of a key is not remembered, because it
 * supersedes nothing; neither is what a wake expects, because anybody could say it.
 */
export async function noteKeyEvent(
  { cases }: Pick<World, 'cases'>,
  { account, expects }: Wake,
  news: News | null,
  userName: string,
  events: KeyEvents,
): Promise<KeyEvents> {
  if (news === null || news.origin !== null || expects?.at === undefined) {
    return events;
  }
  const all = withKeyEvent(events, expects.keyId, { status: expects.status, at: expects.at });
  if (all !== events) {
    await cases.keepUnderName(account, userName, { events: all });
  }
  return all;
}
