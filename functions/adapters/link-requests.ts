import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { LinkRequests } from '../app/store-ports.ts';
import { requestKey } from '../contracts/items.ts';
import { linkRequestItemSchema } from '../contracts/link-request-item.ts';

/** The stored requests for mails with a new link, as reconcile reads them. The read is consistent: the message may be fast. */
export function linkRequests(documents: DynamoDBDocumentClient, table: string): LinkRequests {
  return {
    async read(account, userId, digest) {
      const Key = requestKey(account, userId, digest);
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return linkRequestItemSchema.safeParse(Item).data?.linkRequest ?? null;
    },
  };
}
