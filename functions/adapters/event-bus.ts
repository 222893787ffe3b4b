import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { EventBus } from '../app/ports.ts';
import { EVENT_SOURCE } from '../contracts/fixed-names.ts';
import type { CaseEvent } from '../core/messages/case-events.ts';

/** The most entries that one call of PutEvents takes. */
const IN_ONE_CALL = 10;

/** The account's default event bus. Entries that EventBridge refused for now are put once more. */
export function eventBus(events: EventBridgeClient): EventBus {
  return {
    async put(all) {
      for (let from = 0; from < all.length; from += IN_ONE_CALL) {
        const entries = all.slice(from, from + IN_ONE_CALL).map(entryOf);
        const refused = await put(events, entries);
        const still = refused.length === 0 ? [] : await put(events, refused);
        if (still.length > 0) {
          throw new Error(`EventBridge refused ${still.length} of ${entries.length} events.`);
        }
      }
    },
  };
}

/** Puts the entries and returns those that were refused. */
async function put(
  events: EventBridgeClient,
  entries: readonly PutEventsRequestEntry[],
): Promise<PutEventsRequestEntry[]> {
  const { Entries: results = [] } = await events.send(new PutEventsCommand({ Entries: [...entries] }));
  return entries.filter((_, index) => results[index]?.EventId === undefined);
}

function entryOf({ detailType, detail }: CaseEvent): PutEventsRequestEntry {
  return {
    Source: EVENT_SOURCE,
    DetailType: detailType,
    Detail: JSON.stringify(detail),
    Time: new Date(detail.at),
  };
}
