import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { StatementStore } from '../app/signoff-ports.ts';
import type { ItemKey } from '../contracts/items.ts';
import { notedKey, readNoted } from '../contracts/noted-item.ts';
import { readWords, statementKey } from '../contracts/statement-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import type { Noted } from '../core/signoff/noted.ts';
import { batchGet } from './batch-get.ts';
import { IS_NEW } from './update.ts';

/** The part of the table in which `approve` stores statements, and reads their outcomes. */
export function statementStore(documents: DynamoDBDocumentClient, table: string): StatementStore {
  return {
    async record(account, statement, typed) {
      const key = statementKey(account, statement.digest);
      // The attribute has the name of a comment, because the command that erases comments finds them by it.
      const words = typed === null ? {} : { comment: typed };
      const Item = { ...key, statement, ...words, schema: SCHEMA.statement };
      try {
        await documents.send(
          new PutCommand({ TableName: table, Item, ConditionExpression: IS_NEW.expression }),
        );
        return 'recorded';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) {
          return 'before';
        }
        throw error;
      }
    },

    noted: (account, digest) => notedOf(documents, table, account, digest),

    async typed(account, kind, of) {
      const keys = of.map(({ digest }) => statementKey(account, digest));
      const items = keys.length === 0 ? [] : await batchGet(documents, table, keys);
      return of.map(({ textDigest }, index) =>
        readWords(
          kind,
          items.find(({ sk }) => sk === keys[index]?.sk),
          textDigest,
        ),
      );
    },
  };
}

/** The outcome of a statement, in a consistent read; null as long as there is none. */
export async function notedOf(
  documents: DynamoDBDocumentClient,
  table: string,
  account: string,
  digest: string,
): Promise<Noted | null> {
  const Key: ItemKey = notedKey(account, digest);
  const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return readNoted(Item);
}
