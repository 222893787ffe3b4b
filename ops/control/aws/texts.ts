/** The texts that people typed, which stand beside their sealed answers. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { requestKey } from '../../../functions/contracts/items.ts';
import { isErasable } from '../../../functions/contracts/request-item.ts';
import type { Texts } from '../world.ts';

/** The texts of this account in the table. */
export function texts(documents: DynamoDBDocumentClient, table: string, account: string): Texts {
  return {
    async before(day) {
      const found: { readonly pk: string; readonly sk: string }[] = [];
      const query = {
        TableName: table,
        ConsistentRead: true,
        FilterExpression: 'begins_with(pk, :answers) AND attribute_exists(#comment)',
        ProjectionExpression: 'pk, sk, request, #statement, #comment',
        ExpressionAttributeNames: { '#comment': 'comment', '#statement': 'statement' },
        ExpressionAttributeValues: { ':answers': requestKey(account, '', '').pk },
      };
      for await (const { Items = [] } of paginateScan({ client: documents }, query)) {
        found.push(
          ...Items.filter((item) => isErasable(item, day)).map(({ pk, sk }) => ({
            pk: String(pk),
            sk: String(sk),
          })),
        );
      }
      return found;
    },

    async erase(Key, at) {
      try {
        await documents.send(
          new UpdateCommand({
            TableName: table,
            Key,
            UpdateExpression: 'REMOVE #comment SET erased = :at',
            ConditionExpression: 'attribute_exists(#comment)',
            ExpressionAttributeNames: { '#comment': 'comment' },
            ExpressionAttributeValues: { ':at': at },
          }),
        );
      } catch (error) {
        // Somebody else erased it in between.
        if (!(error instanceof ConditionalCheckFailedException)) {
          throw error;
        }
      }
    },
  };
}
