import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyEventStamps } from '../app/health-ports.ts';
import { keyEventKey } from '../contracts/health-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { type Instant, MINUTE, plus } from '../core/model/time.ts';
import { setting } from './update.ts';

/**
 * The stamp of the last event that was handled. A process that wrote it, or found it written, within the last minute
 * makes no call; between processes the condition keeps it at one write a minute.
 */
export function keyEventStamps(documents: DynamoDBDocumentClient, table: string): KeyEventStamps {
  let latest: Instant = '';
  return {
    async stamp(account, at) {
      const old = plus(at, -MINUTE);
      if (latest > old) {
        return;
      }
      const condition = {
        expression: 'attribute_not_exists(pk) OR #at <= :old',
        values: { ':old': old },
      };
      const attributes = { at, schema: SCHEMA.stamp };
      await documents
        .send(new UpdateCommand(setting(table, keyEventKey(account), attributes, condition)))
        .catch((error: unknown) => {
          if (!(error instanceof ConditionalCheckFailedException)) {
            throw error;
          }
        });
      latest = at;
    },
  };
}
