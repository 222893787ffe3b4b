import type { Judgement } from '../../core/judge/situation.ts';
import { type CaseEvent, caseEvents } from '../../core/messages/case-events.ts';
import type { Instant } from '../../core/model/time.ts';
import type { StoredUser } from '../store-ports.ts';
import type { Shown } from './tell-config.ts';
import type { World } from './world.ts';

/** Notes what the history entry just written tells other programs. */
export function noteEvents(
  { policy }: Pick<World, 'policy'>,
  shown: Pick<Shown, 'events'>,
  { case: written }: Pick<StoredUser, 'case'>,
  at: Instant,
  { next, events }: Pick<Judgement, 'next' | 'events'>,
): void {
  if (next !== null && written !== null) {
    shown.events.push(...caseEvents(written, { n: written.version, at, events }, policy));
  }
}

/**
 * Puts the events of a pass on the event bus. A failure does not make the pass wrong: the history has the same, and notices
 * on the data topic are retried. So it is only logged and counted.
 */
export async function putEvents(
  { bus, log }: Pick<World, 'bus' | 'log'>,
  events: readonly CaseEvent[],
): Promise<void> {
  if (events.length === 0) {
    return;
  }
  try {
    await bus.put(events);
  } catch (error) {
    const ids = events.map(({ detail }) => detail.id);
    log.error('Events for other programs were not accepted, and are not sent again', { ids, error });
    log.count('EventsNotPut', events.length);
  }
}
