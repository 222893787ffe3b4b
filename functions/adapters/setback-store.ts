import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SetbackStore } from '../app/control-ports.ts';
import { readSetbacks, SETBACKS, setbacksKey } from '../contracts/setbacks-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { HOUR, hourOf, plus } from '../core/model/time.ts';
import { batchGet } from './batch-get.ts';

/**
 * Setbacks in the table, in items of their own: an update of an item of a commit could make that commit fail, which must
 * never stop a restore.
 */
export function setbackStore(documents: DynamoDBDocumentClient, table: string): SetbackStore {
  return {
    async note(account, setback) {
      await documents.send(
        new UpdateCommand({
          TableName: table,
          Key: setbacksKey(account, hourOf(setback.at)),
          UpdateExpression: 'SET #list = list_append(if_not_exists(#list, :none), :one), #schema = :schema',
          ExpressionAttributeNames: { '#list': SETBACKS, '#schema': 'schema' },
          ExpressionAttributeValues: { ':none': [], ':one': [setback], ':schema': SCHEMA.setbacks },
        }),
      );
    },

    async recent(account, now) {
      const keys = [plus(now, -HOUR), now].map((at) => setbacksKey(account, hourOf(at)));
      return (await batchGet(documents, table, keys)).flatMap(readSetbacks);
    },
  };
}
