import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { ListCounts, ListedCase, ListPlace, ListStore } from '../app/list-ports.ts';
import { aboutKey, readAbout } from '../contracts/about-item.ts';
import { APPROVER_GROUP, LIST_INDEX } from '../contracts/fixed-names.ts';
import { readSubscriptions, subscriptionsKey } from '../contracts/health-item.ts';
import { CONTROL_KEY, caseKey, controlItemSchema, type ItemKey } from '../contracts/items.ts';
import { listItemSchema } from '../contracts/list-item.ts';
import { readCase } from '../contracts/read-case.ts';
import { readUsage, usageKey } from '../contracts/usage-item.ts';
import { isOpen } from '../core/case/case.ts';
import { withLaterUses } from '../core/case/later-uses.ts';
import { WANTS, type Want, wantOfRank } from '../core/case/list-rank.ts';
import { UNRESTRICTED } from '../core/model/policy.ts';
import { batchGet } from './batch-get.ts';

/** Number of cases in one BatchGetItem call: three items each, beside two others, and 100 at most. */
const AT_ONCE = 32;

/** Maximum number of cases that are read for one page of a filtered list, in 20 calls: about half a second. */
const MOST_READ = 20 * AT_ONCE;

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

  /** The places of open cases of one read, after a place or from the first on. */
  const placesAfter = async (after: ListPlace | null) => {
    const from = after === null ? {} : { ExclusiveStartKey: startKey(after) };
    const { Items, LastEvaluatedKey } = await documents.send(new QueryCommand({ ...input, ...from }));
    return { places: placesIn(Items).filter(wants), more: LastEvaluatedKey !== undefined };
  };

  /** The cases at these places that are open, in the same order, the control item, and the states of subscriptions. */
  const read = async (account: string, places: readonly ListPlace[]) => {
    const keys = places.flatMap((place) => [
      caseKey(place.account, place.userId),
      usageKey(place.account, place.userId),
      aboutKey(place.account, place.userId),
    ]);
    const states = subscriptionsKey(account);
    const items = await batchGet(documents, table, [CONTROL_KEY, states, ...keys]);
    const byKey = new Map(items.map((item) => [textOf(item), item]));
    const at = (key: ItemKey) => byKey.get(textOf({ ...key }));
    const control = at(CONTROL_KEY);
    return {
      control: control === undefined ? UNRESTRICTED : controlItemSchema.parse(control),
      subscriptions: readSubscriptions(at(states)),
      cases: places.flatMap((place) => listed(place, at)),
    };
  };

  /** The first cases at these places. */
  const first = async (account: string, places: readonly ListPlace[], limit: number) => {
    const shown = places.slice(0, limit);
    return { ...(await read(account, shown)), last: shown.at(-1) ?? null };
  };

  /** The first cases at these places that are wanted, as far as one page may read. */
  const those = async (
    account: string,
    places: readonly ListPlace[],
    limit: number,
    wanted: (one: ListedCase) => boolean,
  ) => {
    const { cases: found, ...beside } = await read(account, places.slice(0, AT_ONCE));
    const cases: ListedCase[] = [];
    let last: ListPlace | null = null;
    let chunk = found;
    for (const [at, place] of places.slice(0, MOST_READ).entries()) {
      if (at > 0 && at % AT_ONCE === 0) {
        chunk = (await read(account, places.slice(at, at + AT_ONCE))).cases;
      }
      last = place;
      cases.push(...chunk.filter((one) => one.current.userId === place.userId && wanted(one)));
      if (cases.length === limit) {
        break;
      }
    }
    return { ...beside, cases, last };
  };

  return {
    async page(account, after, limit, wanted) {
      // The rest of the index costs one call as well, and says how many cases there are, and if another page has one: the
      // closed cases at its end, whose end nobody has been told of, are on none.
      const { places, more } = await placesAfter(after);
      const counts = after === null ? counted(places, more) : null;
      const { last, ...shown } = await (wanted === undefined
        ? first(account, places, limit)
        : those(account, places, limit, wanted));
      const rest = places.length - (last === null ? 0 : places.indexOf(last) + 1);
      return { ...shown, counts, next: rest > 0 || more ? last : null };
    },
  };
}

function placesIn(items: readonly Item[] = []): ListPlace[] {
  return items.flatMap((item) => listItemSchema.safeParse(item).data ?? []);
}

/** False for the place of a closed case, which waits there for a digest. */
function wants({ rank }: ListPlace): boolean {
  return wantOfRank(rank) !== null;
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
