import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Pauser } from '../app/control-ports.ts';
import { paused } from '../core/model/control.ts';
import { BY_SOLEKEY } from '../core/model/ledger.ts';
import { ChangedMeanwhile, controlStore } from './control-store.ts';

/** Pauses as the operator's command does: the control item and its entry in the ledger, in one transaction. */
export function pauser(documents: DynamoDBDocumentClient, table: string): Pauser {
  return {
    async pause(account, { at, reason, isDue }) {
      const why = { at, command: 'pause', by: BY_SOLEKEY, reason } as const;
      try {
        const { entry } = await controlStore(documents, table, account).change(
          (control) => (isDue(control) ? paused(control, at, reason) : control),
          why,
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
