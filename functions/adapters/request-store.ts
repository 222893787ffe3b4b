import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RequestStore } from '../app/ports.ts';
import {
  CONTROL_KEY,
  caseItemSchema,
  caseKey,
  controlItemSchema,
  type ItemKey,
  requestItemSchema,
  requestKey,
} from '../contracts/items.ts';
import { unsignedRequest } from '../core/case/requests.ts';
import { UNRESTRICTED } from '../core/model/policy.ts';

/**
 * The part of the table that `approve` uses. All reads are consistent, because an outdated page would ask a question
 * that is already answered.
 */
export function requestStore(documents: DynamoDBDocumentClient, table: string): RequestStore {
  const get = async (key: ItemKey) => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    return Item;
  };

  const request: RequestStore['request'] = async (account, userId, digest) => {
    const item = await get(requestKey(account, userId, digest));
    if (item === undefined) {
      return null;
    }
    const parsed = requestItemSchema.safeParse(item);
    return parsed.success ? parsed.data.request : unsignedRequest(digest);
  };

  return {
    request,

    async case(account, userId) {
      const [item, control] = await Promise.all([get(caseKey(account, userId)), get(CONTROL_KEY)]);
      return {
        current: item === undefined ? null : caseItemSchema.parse(item).case,
        control: control === undefined ? UNRESTRICTED : controlItemSchema.parse(control),
      };
    },

    async record(account, userId, wanted) {
      const item = { ...requestKey(account, userId, wanted.digest), request: wanted };
      try {
        await documents.send(
          new PutCommand({
            TableName: table,
            Item: item,
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return wanted;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) {
          throw error;
        }
        const stored = await request(account, userId, wanted.digest);
        // Requests are never deleted, so this is a broken table, not a race.
        if (stored === null) {
          throw new Error('a decision request exists and cannot be read', { cause: error });
        }
        return stored;
      }
    },
  };
}
