/** Puts the items of a restored table in the place of those of the stack's table. */
import { BatchWriteCommand, type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Copied } from '../world.ts';

type Item = Readonly<Record<string, unknown>>;
type Write =
  | { readonly PutRequest: { readonly Item: Item } }
  | { readonly DeleteRequest: { readonly Key: Item } };

/** The most that DynamoDB takes in one call. */
const AT_ONCE = 25;

/**
 * Makes `table` hold exactly what `source` holds, but for partitions in `keep`, which stay as they are. Repeating it is safe. The
 * pause between two attempts is for items that DynamoDB did not take.
 */
export async function copyTable(
  documents: DynamoDBDocumentClient,
  table: string,
  source: string,
  keep: readonly string[],
  pause: (seconds: number) => Promise<void>,
): Promise<Copied> {
  const isKept = ({ pk }: Item) => keep.includes(String(pk));
  const keyOf = ({ pk, sk }: Item) => JSON.stringify([pk, sk]);

  const write = async (writes: readonly Write[]): Promise<void> => {
    let left = [...writes];
    while (left.length > 0) {
      const { UnprocessedItems } = await documents.send(
        new BatchWriteCommand({ RequestItems: { [table]: left as never } }),
      );
      left = (UnprocessedItems?.[table] ?? []) as unknown as Write[];
      if (left.length > 0) {
        await pause(1);
      }
    }
  };

  const inBatches = async (scanned: string, each: (item: Item) => Write | null): Promise<number> => {
    let [batch, count]: [Write[], number] = [[], 0];
    const query = { TableName: scanned, ConsistentRead: true };
    for await (const { Items = [] } of paginateScan({ client: documents }, query)) {
      for (const item of Items) {
        const one = each(item);
        if (one !== null) {
          count += 1;
          batch.push(one);
        }
        if (batch.length === AT_ONCE) {
          await write(batch);
          batch = [];
        }
      }
    }
    await write(batch);
    return count;
  };

  const present = new Set<string>();
  const written = await inBatches(source, (item) => {
    if (isKept(item)) {
      return null;
    }
    present.add(keyOf(item));
    return { PutRequest: { Item: item } };
  });
  const removed = await inBatches(table, (item) =>
    isKept(item) || present.has(keyOf(item))
      ? null
      : { DeleteRequest: { Key: { pk: item.pk, sk: item.sk } } },
  );
  return { written, removed };
}
