import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { ItemKey } from '../contracts/items.ts';

type Item = Readonly<Record<string, unknown>>;

/** Milliseconds before each further try. A pass writes a few versions within seconds and then rests. */
const PAUSES = [100, 200, 400, 800, 1600] as const;

/**
 * The items of a partition, together with the item that has this key: `field` of that item was the same before and after the
 * reading. Throws if it never rests.
 */
export async function settledPartition(
  documents: DynamoDBDocumentClient,
  table: string,
  pk: string,
  key: ItemKey,
  field: string,
): Promise<Item[]> {
  const head = async () => {
    const Key = { ...key };
    return (await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  };
  let before = await head();
  for (const pause of PAUSES) {
    const items = await partition(documents, table, pk);
    const after = await head();
    if (before?.[field] === after?.[field]) {
      const others = items.filter((item) => item.pk !== key.pk || item.sk !== key.sk);
      return after === undefined ? others : [after, ...others];
    }
    await new Promise((done) => setTimeout(done, pause));
    before = await head();
  }
  throw new Error(`Solekey is writing to ${pk}. Try again in a minute.`);
}

async function partition(documents: DynamoDBDocumentClient, table: string, pk: string): Promise<Item[]> {
  const query = {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
  };
  const found: Item[] = [];
  for await (const { Items = [] } of paginateQuery({ client: documents }, query)) {
    found.push(...Items);
  }
  return found;
}
