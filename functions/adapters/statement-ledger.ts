import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { StatementLedger } from '../app/signoff-ports.ts';
import { notedKey } from '../contracts/noted-item.ts';
import { readStatement, statementKey } from '../contracts/statement-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import type { Noted } from '../core/signoff/noted.ts';
import { ChangedMeanwhile, controlStore } from './control-store.ts';
import { numberedLast } from './last-entry.ts';
import { notedOf } from './statement-store.ts';

/**
 * The stored statements, and the ledger as the operator's commands write it. The outcome of a statement is written in the
 * transaction of its entry, and only over none or a refusal, so that a statement has one entry.
 */
export function statementLedger(documents: DynamoDBDocumentClient, table: string): StatementLedger {
  const outcome = (account: string, digest: string, noted: Noted) => ({
    TableName: table,
    Item: { ...notedKey(account, digest), noted, schema: SCHEMA.noted },
    ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(noted.refused)',
  });

  return {
    async read(account, digest) {
      const Key = statementKey(account, digest);
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return readStatement(Item);
    },

    noted: (account, digest) => notedOf(documents, table, account, digest),

    async note(account, digest, judge) {
      const store = controlStore(documents, table, account, numberedLast(documents, table, account));
      try {
        const noted = await store.noteIf(judge, ({ number, at }) =>
          outcome(account, digest, { entry: number, at }),
        );
        if (!('refused' in noted)) {
          return { entry: noted.number, at: noted.at };
        }
        await documents.send(new PutCommand(outcome(account, digest, noted)));
        return noted;
      } catch (error) {
        if (error instanceof ChangedMeanwhile || error instanceof ConditionalCheckFailedException) {
          return 'stale';
        }
        throw error;
      }
    },
  };
}
