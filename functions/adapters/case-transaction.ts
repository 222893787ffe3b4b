import type { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Commit } from '../app/store-ports.ts';
import { dueShard } from '../contracts/due.ts';
import { APPROVER_GROUP, DUE_INDEX, LIST_INDEX } from '../contracts/fixed-names.ts';
import {
  budgetKey,
  CONTROL_KEY,
  caseKey,
  decidedKey,
  historyKey,
  type ItemKey,
  LATER_USES,
  nameKey,
  requestKey,
} from '../contracts/items.ts';
import { lineKey } from '../contracts/line-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { entryHash } from '../core/case/history.ts';
import type { Instant } from '../core/model/time.ts';
import { type Condition, IS_NEW, setting } from './update.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** The transaction of case, history entry and related items, on condition that the judged version is still stored. */
export function writes(
  table: string,
  {
    from,
    next,
    entry,
    wakeAt,
    failures,
    decided,
    rank,
    named,
    budget,
    givenBack,
    control,
    unanswered,
  }: Commit,
): TransactItem[] {
  const { account, userId, number, asking, version } = next;
  const update = (...to: [ItemKey, object, Condition?]): TransactItem => ({
    Update: setting(table, to[0], { ...to[1] }, to[2]),
  });
  const put = (key: ItemKey, attributes: object): TransactItem => ({
    Put: { TableName: table, Item: { ...key, ...attributes }, ConditionExpression: IS_NEW.expression },
  });
  const unchanged = from === 0 ? IS_NEW : { expression: 'version = :from', values: { ':from': from } };
  const listed = {
    [LIST_INDEX.group]: rank === null ? undefined : APPROVER_GROUP,
    [LIST_INDEX.rank]: rank ?? undefined,
  };
  const hash = entryHash(entry);
  const item = { case: next, version, hash, failures, schema: SCHEMA.case };
  const line = { ...lineKey(account, userId, version, entry.at), hash, schema: SCHEMA.line };
  return [
    update(
      caseKey(account, userId),
      { ...item, ...dueFrom(userId, wakeAt), ...listed, [LATER_USES]: undefined },
      unchanged,
    ),
    put(historyKey(account, userId, version), { entry, schema: SCHEMA.history }),
    // Without a condition: somebody who put an item there first would otherwise stop the case.
    { Put: { TableName: table, Item: line } },
    ...(decided === null
      ? []
      : [put(decidedKey(account, userId, number, asking), { decision: decided, schema: SCHEMA.decision })]),
    ...(named
      ? [update(nameKey(account, next.userName.toLowerCase()), { userId, schema: SCHEMA.name })]
      : []),
    ...(control === null ? [] : [stillAsRead(table, control)]),
    ...unanswered.map((digest) => stillMissing(table, requestKey(account, userId, digest))),
    ...(givenBack === null ? [] : [giving(table, budgetKey(account, givenBack))]),
    // Last, so that its position among the cancellation reasons is known.
    ...(budget === null ? [] : [spending(table, budgetKey(account, budget.hour), budget.limit)]),
  ];
}

/** Takes one change from an hour's budget, if any is left (S8). */
function spending(table: string, key: ItemKey, limit: number): TransactItem {
  return {
    Update: {
      TableName: table,
      Key: key,
      UpdateExpression: 'ADD used :one SET #schema = :schema',
      ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
      ExpressionAttributeNames: { '#schema': 'schema' },
      ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':schema': SCHEMA.budget },
    },
  };
}

/** Gives a change back to an hour's budget. It has no condition, because nothing may stop a record of what happened. */
function giving(table: string, key: ItemKey): TransactItem {
  return {
    Update: {
      TableName: table,
      Key: key,
      UpdateExpression: 'ADD used :back SET #schema = :schema',
      ExpressionAttributeNames: { '#schema': 'schema' },
      ExpressionAttributeValues: { ':back': -1, ':schema': SCHEMA.budget },
    },
  };
}

/** Requires that an item is not there. */
function stillMissing(table: string, key: ItemKey): TransactItem {
  return { ConditionCheck: { TableName: table, Key: key, ConditionExpression: IS_NEW.expression } };
}

/** Requires that parts of the control item are as they were read. An absent attribute means the same as an empty list or text. */
function stillAsRead(table: string, control: NonNullable<Commit['control']>): TransactItem {
  const parts = Object.entries(control);
  const same = parts.map(([name, list]) =>
    list.length === 0 ? `(attribute_not_exists(#${name}) OR #${name} = :${name})` : `#${name} = :${name}`,
  );
  return {
    ConditionCheck: {
      TableName: table,
      Key: CONTROL_KEY,
      ConditionExpression: same.join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(parts.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(parts.map(([name, list]) => [`:${name}`, list])),
    },
  };
}

/**
 * The reason for a cancelled transaction: somebody else wrote or is writing the version, the control item or an answer,
 * or the hour's budget is used up; null for any other reason.
 */
export function cancelled(
  error: TransactionCanceledException,
  { budget }: Commit,
): 'stale' | 'over-budget' | null {
  const codes = error.CancellationReasons?.map((reason) => reason.Code) ?? [];
  const onBudget = budget === null ? undefined : codes.pop();
  if (codes.some(isLostRace)) {
    return 'stale';
  }
  if (onBudget === 'ConditionalCheckFailed') {
    return 'over-budget';
  }
  return onBudget !== undefined && isLostRace(onBudget) ? 'stale' : null;
}

function isLostRace(code: string | undefined): boolean {
  return code === 'ConditionalCheckFailed' || code === 'TransactionConflict';
}

/** The attributes for the due index; null removes the case from it. */
export function dueFrom(userId: string, wakeAt: Instant | null) {
  return {
    [DUE_INDEX.at]: wakeAt ?? undefined,
    [DUE_INDEX.shard]: wakeAt === null ? undefined : dueShard(userId),
  };
}
