import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ItemKey } from '../contracts/items.ts';
import { batchGet } from './batch-get.ts';
import type { ReadItem } from './request-store.ts';

/** Maximum number of items in one BatchGetItem call. */
const BATCH = 100;

/** A read that somebody waits for. */
interface Wanted {
  readonly key: ItemKey;
  found(item: Awaited<ReturnType<ReadItem>>): void;
  failed(why: unknown): void;
}

/**
 * Reads items consistently, all that are asked for in the same moment in as few calls as DynamoDB allows, and each of them
 * once. It remembers nothing: a later read of the same item is a new call.
 */
export function gatheredReads(documents: DynamoDBDocumentClient, table: string): ReadItem {
  let waiting: Wanted[] = [];

  const readAll = async () => {
    const wanted = waiting;
    waiting = [];
    const keys = [...new Map(wanted.map(({ key }) => [textOf(key), key])).entries()];
    for (let from = 0; from < keys.length; from += BATCH) {
      const batch = new Map(keys.slice(from, from + BATCH));
      const asked = wanted.filter(({ key }) => batch.has(textOf(key)));
      // The calls run side by side, and one that fails fails only those who asked for its items.
      void answer(asked, [...batch.values()]);
    }
  };

  const answer = async (asked: readonly Wanted[], keys: ItemKey[]) => {
    try {
      const items = await batchGet(documents, table, keys);
      const byKey = new Map(items.map((item) => [textOf(item), item]));
      for (const { key, found } of asked) {
        found(byKey.get(textOf(key)));
      }
    } catch (error) {
      for (const { failed } of asked) {
        failed(error);
      }
    }
  };

  return (key) =>
    new Promise((found, failed) => {
      if (waiting.length === 0) {
        // After everything that is under way in this turn, so that the rows of a form ask together.
        setImmediate(readAll);
      }
      waiting.push({ key, found, failed });
    });
}

function textOf({ pk, sk }: Readonly<Record<string, unknown>> | ItemKey): string {
  return `${String(pk)} ${String(sk)}`;
}
