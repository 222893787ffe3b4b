import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { CaseReader } from '../app/config-ports.ts';
import { aboutKey, readAbout } from '../contracts/about-item.ts';
import { DUE_SHARDS, openItemSchema } from '../contracts/due.ts';
import { DUE_INDEX } from '../contracts/fixed-names.ts';
import { readSubscriptions, subscriptionsKey } from '../contracts/health-item.ts';
import { CONTROL_KEY, caseKey, controlItemSchema, type ItemKey } from '../contracts/items.ts';
import { readCase } from '../contracts/read-case.ts';
import { readUsage, usageKey } from '../contracts/usage-item.ts';
import { UNRESTRICTED } from '../core/model/policy.ts';
import { batchGet } from './batch-get.ts';

/** Maximum number of keys in one BatchGetItem call. */
const BATCH = 100;

/** The reads of the table for evaluate: users with an open case from the index, the cases themselves consistently. */
export function caseReader(documents: DynamoDBDocumentClient, table: string): CaseReader {
  const all = async (keys: readonly ItemKey[]) => {
    const items: Record<string, unknown>[] = [];
    for (let from = 0; from < keys.length; from += BATCH) {
      items.push(...(await batchGet(documents, table, keys.slice(from, from + BATCH))));
    }
    return items;
  };

  return {
    async open(account) {
      const shards = await Promise.all(DUE_SHARDS.map((shard) => openIn(documents, table, shard)));
      return shards.flat().flatMap((one) => (one.account === account ? [one.userId] : []));
    },

    async cases(account, userIds) {
      const checked = subscriptionsKey(account);
      const items = await all([CONTROL_KEY, checked, ...userIds.map((userId) => caseKey(account, userId))]);
      const control = items.find(({ pk }) => pk === CONTROL_KEY.pk);
      const subscriptions = items.find(({ pk }) => pk === checked.pk);
      const read = items.filter((item) => item !== control && item !== subscriptions).map(readCase);
      const cases = read.flatMap((one) => ('unread' in one ? [] : [one.item.case]));
      const unread = read.flatMap((one) => ('unread' in one ? [one.unread] : []));
      return {
        control: control === undefined ? UNRESTRICTED : controlItemSchema.parse(control),
        subscriptions: readSubscriptions(subscriptions),
        cases: new Map(cases.map((current) => [current.userId, current])),
        unread: new Map(unread.map((one) => [one.userId, one])),
      };
    },

    async usage(account, userIds) {
      const items = await all(userIds.map((userId) => usageKey(account, userId)));
      return items.flatMap((item) => readUsage(item) ?? []);
    },

    async evidence(account, userIds) {
      const items = await all(
        userIds.flatMap((userId) => [usageKey(account, userId), aboutKey(account, userId)]),
      );
      const byPartition = new Map(items.map((item) => [item.pk, item]));
      const at = ({ pk }: ItemKey) => byPartition.get(pk);
      return new Map(
        userIds.map((userId) => [
          userId,
          {
            usage: readUsage(at(usageKey(account, userId))),
            about: readAbout(at(aboutKey(account, userId))),
          },
        ]),
      );
    },
  };
}

async function openIn(documents: DynamoDBDocumentClient, table: string, shard: string) {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: table,
      IndexName: DUE_INDEX.name,
      KeyConditionExpression: `${DUE_INDEX.shard} = :shard`,
      ExpressionAttributeValues: { ':shard': shard },
    },
  );
  const found: { readonly account: string; readonly userId: string }[] = [];
  for await (const page of pages) {
    found.push(...(page.Items ?? []).flatMap((item) => openItemSchema.safeParse(item).data ?? []));
  }
  return found;
}
