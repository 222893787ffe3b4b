import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Pauser } from '../app/control-ports.ts';
import { paused } from '../core/model/control.ts';
import { BY_SOLEKEY } from '../core/model/ledger.ts';
import { ChangedMeanwhile, controlStore } from './control-store.ts';
import { numberedLast } from './last-entry.ts';

/** Pauses as the operator's command does: the control item and its entry in the ledger, in one transaction. */
export function pauser(documents: DynamoDBDocumentClient, table: string): Pauser {
  return {
    async pause(account, { at, reason, isDue }) {
      const store = controlStore(documents, table, account, numberedLast(documents, table, account));
      try {
        const { entry } = await store.change(
          (control) => (isDue(control) ? paused(control, at, reason) : control),
          { at, command: 'pause', by: BY_SOLEKEY, reason },
        );
        return entry?.number ?? null;
      } catch (error) {
        if (error instanceof ChangedMeanwhile) {
          return null;
        }
        throw error;
      }
    },
  };
}
