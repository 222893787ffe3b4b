import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { ListCounts, ListedCase, ListPlace, ListStore } from '../app/list-ports.ts';
import { aboutKey, readAbout } from '../contracts/about-item.ts';
import { APPROVER_GROUP, LIST_INDEX } from '../contracts/fixed-names.ts';
import { CONTROL_KEY, caseKey, controlItemSchema, type ItemKey } from '../contracts/items.ts';
import { listItemSchema } from '../contracts/list-item.ts';
import { readCase } from '../contracts/read-case.ts';
import { readUsage, usageKey } from '../contracts/usage-item.ts';
import { isOpen } from '../core/case/case.ts';
import { withLaterUses } from '../core/case/later-uses.ts';
import { WANTS, type Want, wantOfRank } from '../core/case/list-rank.ts';
import { UNRESTRICTED } from '../core/model/policy.ts';
import { batchGet } from './batch-get.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * The list in the table. The index may lag and has keys only, so it tells which cases to read and in which order, and all
 * that is shown comes from a consistent read of the cases. It always asks for one group, which no address can change.
 */
export function listStore(documents: DynamoDBDocumentClient, table: string): ListStore {
  const input: QueryCommandInput = {
    TableName: table,
    IndexName: LIST_INDEX.name,
    KeyConditionExpression: `${LIST_INDEX.group} = :group`,
    ExpressionAttributeValues: { ':group': APPROVER_GROUP },
  };

  /** The places of one read: all of them, or a limited number after one. */
  const somePlaces = async (part: Pick<QueryCommandInput, 'ExclusiveStartKey' | 'Limit'>) => {
    const { Items, LastEvaluatedKey } = await documents.send(new QueryCommand({ ...input, ...part }));
    return { places: placesIn(Items), more: LastEvaluatedKey !== undefined };
  };

  /** The cases at these places that are open, in the same order, and the control item. */
  const read = async (places: readonly ListPlace[]) => {
    const keys = places.flatMap(({ account, userId }) => [
      caseKey(account, userId),
      usageKey(account, userId),
      aboutKey(account, userId),
    ]);
    const items = await batchGet(documents, table, [CONTROL_KEY, ...keys]);
    const byKey = new Map(items.map((item) => [textOf(item), item]));
    const at = (key: ItemKey) => byKey.get(textOf({ ...key }));
    const control = at(CONTROL_KEY);
    return {
      control: control === undefined ? UNRESTRICTED : controlItemSchema.parse(control),
      cases: places.flatMap((place) => listed(place, at)),
    };
  };

  return {
    async page(after, limit) {
      // The first page reads the whole index, which costs one call as well, so that it can say how many cases there are.
      const part = after === null ? {} : { ExclusiveStartKey: startKey(after), Limit: limit + 1 };
      const { places, more } = await somePlaces(part);
      const shown = places.slice(0, limit);
      const last = shown.at(-1) ?? null;
      return {
        ...(await read(shown)),
        counts: after === null ? counted(places, more) : null,
        next: places.length > limit || more ? last : null,
      };
    },
  };
}

function placesIn(items: readonly Item[] = []): ListPlace[] {
  return items.flatMap((item) => listItemSchema.safeParse(item).data ?? []);
}

function startKey({ rank, account, userId }: ListPlace): Record<string, unknown> {
  return {
    ...caseKey(account, userId),
    [LIST_INDEX.group]: APPROVER_GROUP,
    [LIST_INDEX.rank]: rank,
  };
}

function counted(places: readonly ListPlace[], more: boolean): ListCounts {
  const having = (want: Want) => places.filter(({ rank }) => wantOfRank(rank) === want).length;
  const of = Object.fromEntries(WANTS.map((want) => [want, having(want)])) as Record<Want, number>;
  return { of, more };
}

/** The case at a place; nothing if it is closed or gone by now. */
function listed({ account, userId }: ListPlace, at: (key: ItemKey) => Item | undefined): ListedCase[] {
  const item = at(caseKey(account, userId));
  if (item === undefined) {
    return [];
  }
  const found = readCase(item);
  const usage = readUsage(at(usageKey(account, userId)));
  const about = readAbout(at(aboutKey(account, userId)));
  if ('unread' in found) {
    return [{ current: found.unread, usage, about }];
  }
  const current = withLaterUses(found.item.case, found.item.laterUses);
  return isOpen(current) ? [{ current, usage, about }] : [];
}

function textOf({ pk, sk }: Item): string {
  return `${String(pk)} ${String(sk)}`;
}
