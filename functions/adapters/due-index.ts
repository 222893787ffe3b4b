import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DueCase, DueStore } from '../app/store-ports.ts';
import { DUE_SHARDS, dueItemSchema } from '../contracts/due.ts';
import { DUE_INDEX } from '../contracts/fixed-names.ts';
import { caseKey } from '../contracts/items.ts';
import { DIGEST_SHARD, dueDigestSchema } from '../contracts/pace-item.ts';
import type { Instant } from '../core/model/time.ts';

/**
 * The sparse, sharded index of due cases. It only tells which users to evaluate, because it may be stale. An item
 * that is not a case is returned like the others and then cannot be moved: all others are woken, and the run fails.
 */
export function dueIndex(documents: DynamoDBDocumentClient, table: string): DueStore {
  return {
    async due(now, limit) {
      const shards = await Promise.all(DUE_SHARDS.map((shard) => dueIn(documents, table, shard, now, limit)));
      // One such item is enough to make the run fail, and takes only one place.
      const odd = shards.flatMap(({ odd: some }) => some).slice(0, 1);
      const found = shards.flatMap(({ found: some }) => some).sort((a, b) => (a.wakeAt < b.wakeAt ? -1 : 1));
      return [...found.slice(0, limit - odd.length), ...odd];
    },

    async digests(now) {
      const found: Awaited<ReturnType<DueStore['digests']>> = [];
      for await (const { Items = [] } of pagesOf(documents, table, DIGEST_SHARD, now, MOST_DIGESTS)) {
        found.push(...Items.flatMap((item) => dueDigestSchema.safeParse(item).data ?? []));
      }
      return found;
    },

    async push(due, to) {
      const problem = unreadable.get(due);
      if (problem !== undefined) {
        throw new Error(problem);
      }
      const command = new UpdateCommand({
        TableName: table,
        Key: caseKey(due.account, due.userId),
        UpdateExpression: `SET ${DUE_INDEX.at} = :to`,
        ConditionExpression: `${DUE_INDEX.at} = :seen`,
        ExpressionAttributeValues: { ':to': to, ':seen': due.wakeAt },
      });
      try {
        await documents.send(command);
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) {
          return false;
        }
        // A pass is writing the case right now, including its next due time.
        if (error instanceof TransactionConflictException) {
          return false;
        }
        throw error;
      }
    },
  };
}

/** Addresses in one page. An account has few approvers. */
const MOST_DIGESTS = 100;

function pagesOf(
  documents: DynamoDBDocumentClient,
  table: string,
  shard: string,
  now: Instant,
  pageSize: number,
) {
  return paginateQuery(
    { client: documents, pageSize },
    {
      TableName: table,
      IndexName: DUE_INDEX.name,
      KeyConditionExpression: `${DUE_INDEX.shard} = :shard AND ${DUE_INDEX.at} <= :now`,
      ExpressionAttributeValues: { ':shard': shard, ':now': now },
    },
  );
}

async function dueIn(
  documents: DynamoDBDocumentClient,
  table: string,
  shard: string,
  now: string,
  limit: number,
) {
  const pages = pagesOf(documents, table, shard, now, limit);
  const found: DueCase[] = [];
  const odd: DueCase[] = [];
  for await (const page of pages) {
    for (const item of page.Items ?? []) {
      const parsed = dueItemSchema.safeParse(item);
      if (parsed.success) {
        found.push(dueCase(parsed.data));
      } else {
        odd.push(unreadableCase(item));
      }
    }
    if (found.length >= limit) {
      break;
    }
  }
  return { found: found.slice(0, limit), odd };
}

function dueCase({ pk, wakeAt }: { readonly pk: string; readonly wakeAt: string }): DueCase {
  const [, account = '', userId = ''] = pk.split('#');
  return { account, userId, wakeAt };
}

/** Stand-ins for items that are not cases, with the error message for each. */
const unreadable = new WeakMap<DueCase, string>();

function unreadableCase({ pk, sk, wakeAt }: Record<string, unknown>): DueCase {
  const nobody = { account: '', userId: '', wakeAt: String(wakeAt) };
  unreadable.set(nobody, `An item in the due index is no case: ${JSON.stringify([pk, sk]).slice(0, 200)}`);
  return nobody;
}
