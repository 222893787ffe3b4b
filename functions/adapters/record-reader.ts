import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { caseKey, historyKey, nameItemSchema, nameKey } from '../contracts/items.ts';
import { readRecord, type UserRecord } from '../contracts/record.ts';

/** The reads for the operator's commands about one user. No function uses them. */
export interface RecordReader {
  /** The UserId of the last user who had this name in a case; null if there was none. */
  userIdOf(account: string, userName: string): Promise<string | null>;
  record(account: string, userId: string): Promise<UserRecord>;
}

/** A pass writes a few versions within seconds and then rests. */
const TRIES = 5;

/** Number of the last entry that has a place in the order of keys. */
const LAST = 999_999_999;

export function recordReader(documents: DynamoDBDocumentClient, table: string): RecordReader {
  const item = async (Key: Record<string, unknown>) => {
    const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item;
  };

  const history = async (account: string, userId: string) => {
    const [from, to] = [historyKey(account, userId, 1), historyKey(account, userId, LAST)];
    const query = {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': from.pk, ':from': from.sk, ':to': to.sk },
    };
    const found: Record<string, unknown>[] = [];
    for await (const page of paginateQuery({ client: documents }, query)) {
      found.push(...(page.Items ?? []));
    }
    return found;
  };

  return {
    async userIdOf(account, userName) {
      return nameItemSchema.parse(await item({ ...nameKey(account, userName.toLowerCase()) })).holder;
    },

    async record(account, userId) {
      const key = { ...caseKey(account, userId) };
      for (let tries = 0; tries < TRIES; tries += 1) {
        const before = await item(key);
        const entries = await history(account, userId);
        const after = await item(key);
        // A pass may have written the case and an entry in between.
        if (before?.version === after?.version) {
          return readRecord(after, entries);
        }
      }
      throw new Error('Solekey is working on this user. Try again in a minute.');
    },
  };
}
