import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { caseKey, nameItemSchema, nameKey, userPartition } from '../contracts/items.ts';
import { readRecord, type UserRecord } from '../contracts/record.ts';
import { isOfHistory } from '../contracts/stored-user.ts';
import { settledPartition } from './settled-partition.ts';

/** The reads of all that is stored about one user. */
export interface RecordReader {
  /** The UserId of the last user who had this name in a case; null if there was none. */
  userIdOf(account: string, userName: string): Promise<string | null>;
  /** Throws if Solekey does not stop writing about this user. */
  record(account: string, userId: string): Promise<UserRecord>;
}

export function recordReader(documents: DynamoDBDocumentClient, table: string): RecordReader {
  return {
    async userIdOf(account, userName) {
      const Key = { ...nameKey(account, userName.toLowerCase()) };
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return nameItemSchema.parse(Item).holder;
    },

    async record(account, userId) {
      const key = caseKey(account, userId);
      const pk = userPartition(account, userId);
      const items = await settledPartition(documents, table, pk, key, 'version');
      return readRecord(
        items.find(({ sk }) => sk === key.sk),
        items.filter(({ sk }) => isOfHistory(sk)),
      );
    },
  };
}
