import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { listStore } from '../../functions/adapters/list-store.ts';
import { aboutKey } from '../../functions/contracts/about-item.ts';
import { subscriptionsKey } from '../../functions/contracts/health-item.ts';
import { CONTROL_KEY, caseKey } from '../../functions/contracts/items.ts';
import { usageKey } from '../../functions/contracts/usage-item.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { MINUTE, plus } from '../../functions/core/model/time.ts';
import { anAbout } from '../fakes/about.ts';
import { ACCOUNT, aCase, NEWER, NOW, used } from '../fakes/cases.ts';
import { family, usage } from '../fakes/usage.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const store = listStore(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');

beforeEach(() => dynamo.reset());

const idOf = (n: number) => `AIDA${String(n).padStart(4, '0')}`;
const rankOf = (n: number) => `4#${plus(NOW, n * MINUTE)}`;

const indexed = (n: number, rank = rankOf(n)) => ({
  ...caseKey(ACCOUNT, idOf(n)),
  listGroup: 'approvers',
  listRank: rank,
});

const item = (n: number, more: Partial<Case> = {}) => ({
  ...caseKey(ACCOUNT, idOf(n)),
  case: aCase({ userId: idOf(n), userName: `user-${n}`, ...more }),
  version: 7,
  hash: '0'.repeat(64),
  failures: 0,
});

const queries = () => dynamo.commandCalls(QueryCommand).map(({ args }) => args[0].input);
const reads = () => dynamo.commandCalls(BatchGetCommand).map(({ args }) => args[0].input.RequestItems?.cases);

describe('a page of the list', () => {
  it('is one read of the index, keys only, and one consistent read of the items, in the order of the index', async () => {
    const addresses = { '0123456789abcdef': { state: 'missing', since: NOW } };
    const control = { ...CONTROL_KEY, pauses: [{ from: NOW, to: null }] };
    const found = { at: NOW, keys: [usage([family()])] };
    dynamo.on(QueryCommand).resolves({ Items: [indexed(1), indexed(2)] });
    dynamo.on(BatchGetCommand).resolves({
      Responses: {
        cases: [
          item(2),
          { ...aboutKey(ACCOUNT, idOf(1)), about: anAbout() },
          { ...usageKey(ACCOUNT, idOf(2)), usage: found },
          item(1),
          control,
          { ...subscriptionsKey(ACCOUNT), addresses, checkedAt: NOW },
        ],
      },
    });
    const page = await store.page(ACCOUNT, null, 25);
    expect(page.cases.map(({ current, usage: seen, about }) => [current.userId, seen, about])).toEqual([
      [idOf(1), null, anAbout()],
      [idOf(2), found, null],
    ]);
    expect(page.control).toEqual({ pauses: [{ from: NOW, to: null }], revoked: [] });
    expect(page.subscriptions).toEqual({ checkedAt: NOW, addresses });
    expect(page.next).toBeNull();
    expect(queries()).toEqual([
      {
        TableName: 'cases',
        IndexName: 'list',
        KeyConditionExpression: 'listGroup = :group',
        ExpressionAttributeValues: { ':group': 'approvers' },
      },
    ]);
    expect(reads()).toEqual([
      {
        ConsistentRead: true,
        Keys: [
          CONTROL_KEY,
          subscriptionsKey(ACCOUNT),
          ...[1, 2].flatMap((n) =>
            [caseKey, usageKey, aboutKey].map((key) => ({ ...key(ACCOUNT, idOf(n)) })),
          ),
        ],
      },
    ]);
  });

  it('shows what the last pass read of uses', async () => {
    const at = plus(NOW, -MINUTE);
    const laterUses = { version: 7, at: NOW, uses: { [NEWER]: used(at) } };
    dynamo.on(QueryCommand).resolves({ Items: [indexed(1)] });
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [{ ...item(1), laterUses }] } });
    const [one] = (await store.page(ACCOUNT, null, 25)).cases;
    expect(one?.current.keys).toContainEqual(expect.objectContaining({ id: NEWER, lastUsed: used(at) }));
  });

  it('leaves out what is closed or gone by now, and shows what cannot be read as that', async () => {
    dynamo
      .on(QueryCommand)
      .resolves({ Items: [indexed(1), indexed(2), indexed(3), { pk: 'odd', sk: 'CASE' }] });
    const odd = { ...caseKey(ACCOUNT, idOf(3)), case: { userName: 'svc-3' } };
    const closed = item(1, { phase: 'closed', closedAs: 'by-owner' });
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [closed, odd] } });
    const { cases, control, subscriptions } = await store.page(ACCOUNT, null, 25);
    expect(cases.map(({ current }) => current)).toEqual([
      expect.objectContaining({ why: 'broken', userId: idOf(3), userName: 'svc-3' }),
    ]);
    expect([control, subscriptions]).toEqual([UNRESTRICTED, null]);
  });

  it('counts all cases by what they want on the first page, and goes on from the last row', async () => {
    const items = [indexed(0, `1#${NOW}`), ...Array.from({ length: 29 }, (_, n) => indexed(n + 1))];
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: items })
      .resolvesOnce({ Items: items.slice(25) });
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [] } });
    const first = await store.page(ACCOUNT, null, 25);
    expect(first.counts).toEqual({
      of: { alarm: 1, held: 0, 'deletion-to-confirm': 0, undecided: 29, rest: 0 },
      more: false,
    });
    expect(first.next).toEqual({ rank: rankOf(24), account: ACCOUNT, userId: idOf(24) });
    expect(reads()[0]?.Keys).toHaveLength(77);

    const second = await store.page(ACCOUNT, first.next, 25);
    expect([second.counts, second.next]).toEqual([null, null]);
    expect(queries()[1]).toMatchObject({
      ExclusiveStartKey: {
        pk: `USER#${ACCOUNT}#${idOf(24)}`,
        sk: 'CASE',
        listGroup: 'approvers',
        listRank: rankOf(24),
      },
    });
  });

  it('neither shows nor counts a closed case whose end a digest still has to tell, whatever else of it can be read', async () => {
    const open = Array.from({ length: 50 }, (_, n) => indexed(n + 1));
    const untold = [51, 52].map((n) => indexed(n, `6#${plus(NOW, n * MINUTE)}`));
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [...open, ...untold] })
      .resolvesOnce({ Items: [...open.slice(25), ...untold] });
    dynamo
      .on(BatchGetCommand)
      .resolves({ Responses: { cases: [item(52, { phase: 'from-the-future' as 'held' })] } });
    const first = await store.page(ACCOUNT, null, 25);
    expect(first.counts?.of).toEqual({ alarm: 0, held: 0, 'deletion-to-confirm': 0, undecided: 50, rest: 0 });
    const second = await store.page(ACCOUNT, first.next, 25);
    // No button leads on to a page without a case.
    expect([second.cases, second.next]).toEqual([[], null]);
    expect(JSON.stringify(reads())).not.toContain(idOf(51));
  });

  it('says if one read does not reach them all', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [indexed(1)], LastEvaluatedKey: { pk: 'x' } });
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [item(1)] } });
    const { counts, next } = await store.page(ACCOUNT, null, 25);
    expect([counts?.more, next?.userId]).toEqual([true, idOf(1)]);
  });
});

describe('a page of the list with a filter', () => {
  /** So many places, and every third case fits. */
  const third = (count: number) => {
    const items = Array.from({ length: count }, (_, n) => indexed(n));
    dynamo.on(QueryCommand).callsFake(({ ExclusiveStartKey: from }) => ({
      Items: items.slice(from === undefined ? 0 : items.findIndex(({ pk }) => pk === from.pk) + 1),
    }));
    dynamo.on(BatchGetCommand).callsFake(({ RequestItems }) => ({
      Responses: {
        cases: RequestItems.cases.Keys.flatMap(({ pk, sk }: { pk: string; sk: string }) =>
          sk === 'CASE' ? item(Number(pk.slice(-4))) : [],
        ),
      },
    }));
    return ({ current }: { readonly current: { readonly userId: string } }) =>
      Number(current.userId.slice(-4)) % 3 === 0;
  };
  const numbers = (page: { readonly cases: readonly { readonly current: { readonly userId: string } }[] }) =>
    page.cases.map(({ current }) => Number(current.userId.slice(-4)));

  it('has the cases that fit, in order, over as many reads as that needs, and goes on after the last of them', async () => {
    const wanted = third(100);
    const seen: number[] = [];
    let pages = 0;
    for (let after: Awaited<ReturnType<typeof store.page>>['next'] = null, more = true; more; pages += 1) {
      const page: Awaited<ReturnType<typeof store.page>> = await store.page(ACCOUNT, after, 15, wanted);
      expect(page.counts === null).toBe(pages > 0);
      seen.push(...numbers(page));
      after = page.next;
      more = after !== null;
    }
    expect(seen).toEqual(Array.from({ length: 34 }, (_, n) => n * 3));
    expect(pages).toBe(3);
    expect(Math.max(...reads().map((read) => read?.Keys?.length ?? 0))).toBeLessThanOrEqual(100);
  });

  it('reads no more than 640 cases, and the next page goes on from there', async () => {
    third(1000);
    const page = await store.page(ACCOUNT, null, 15, () => false);
    expect([page.cases.length, reads().length, page.next?.userId]).toEqual([0, 20, idOf(639)]);
  });

  it('may have none at all', async () => {
    third(0);
    const page = await store.page(ACCOUNT, null, 15, () => true);
    expect([page.cases, page.next, reads().length]).toEqual([[], null, 1]);
  });
});
