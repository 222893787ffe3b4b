/** The open cases: their order from the list index, the cases themselves from the table. No scan. */
import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { caseReader } from '../../../functions/adapters/case-reader.ts';
import { openItemSchema } from '../../../functions/contracts/due.ts';
import { APPROVER_GROUP, LIST_INDEX } from '../../../functions/contracts/fixed-names.ts';
import type { ListedCase } from '../world.ts';

export async function openCases(
  documents: DynamoDBDocumentClient,
  table: string,
  account: string,
): Promise<ListedCase[]> {
  const reader = caseReader(documents, table);
  const ranks = await ranked(documents, table, account);
  // A case that was last written before 0.4.0 is in the due index only.
  const userIds = [...new Set([...ranks.keys(), ...(await reader.open(account))])];
  const { cases, unread } = await reader.cases(account, userIds);
  return userIds.flatMap((userId) => {
    const current = cases.get(userId) ?? unread.get(userId);
    return current === undefined || ('phase' in current && current.phase === 'closed')
      ? []
      : [{ case: current, rank: ranks.get(userId) ?? null }];
  });
}

/** Ranks by UserId, the most urgent first. */
async function ranked(
  documents: DynamoDBDocumentClient,
  table: string,
  account: string,
): Promise<Map<string, string>> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: table,
      IndexName: LIST_INDEX.name,
      KeyConditionExpression: '#group = :group',
      ExpressionAttributeNames: { '#group': LIST_INDEX.group },
      ExpressionAttributeValues: { ':group': APPROVER_GROUP },
    },
  );
  const found = new Map<string, string>();
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const { data } = openItemSchema.safeParse(item);
      if (data?.account === account) {
        found.set(data.userId, String(item[LIST_INDEX.rank]));
      }
    }
  }
  return found;
}
