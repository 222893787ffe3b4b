import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { CaseStore, Commit, StoredUser } from '../app/ports.ts';
import { dueShard } from '../contracts/due.ts';
import { DUE_INDEX } from '../contracts/fixed-names.ts';
import {
  budgetKey,
  CONTROL_KEY,
  caseItemSchema,
  caseKey,
  controlItemSchema,
  decidedKey,
  evidenceItemSchema,
  evidenceKey,
  historyKey,
  type ItemKey,
  nameItemSchema,
  nameKey,
  requestItemSchema,
  requestKey,
} from '../contracts/items.ts';
import { entryHash } from '../core/case/history.ts';
import { unsignedRequest } from '../core/case/requests.ts';
import { UNRESTRICTED } from '../core/model/policy.ts';
import { batchGet } from './batch-get.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Cases in the table. Reads of the table are consistent, and all conditions that guard writes are in this file. */
export function caseStore(documents: DynamoDBDocumentClient, table: string): CaseStore {
  return {
    async load(account, userId, userName) {
      const own = caseKey(account, userId);
      const name = userName === null ? null : nameKey(account, userName.toLowerCase());
      const evidence = evidenceKey(account, userId);
      const wanted = [own, CONTROL_KEY, evidence, ...(name === null ? [] : [name])];
      const items = await batchGet(documents, table, wanted);
      const at = (key: ItemKey | null) => items.find((item) => item.pk === key?.pk && item.sk === key?.sk);
      const control = at(CONTROL_KEY);
      const holder = at(name);
      return {
        ...knownFrom(at(own)),
        control: control === undefined ? UNRESTRICTED : controlItemSchema.parse(control),
        nameHolder: holder === undefined ? null : nameItemSchema.parse(holder).userId,
        // Evidence only: what cannot be parsed is ignored.
        evidence: evidenceItemSchema.safeParse(at(evidence)).data?.origins ?? {},
      };
    },

    async userIdByName(account, userName) {
      const Key = nameKey(account, userName.toLowerCase());
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item === undefined ? null : nameItemSchema.parse(Item).userId;
    },

    async commit(change) {
      try {
        await documents.send(new TransactWriteCommand({ TransactItems: writes(table, change) }));
        return 'done';
      } catch (error) {
        const why = error instanceof TransactionCanceledException ? cancelled(error, change) : null;
        if (why !== null) {
          return why;
        }
        throw error;
      }
    },

    async reschedule(current, wakeAt, failures) {
      const command = new UpdateCommand({
        TableName: table,
        Key: caseKey(current.account, current.userId),
        UpdateExpression: `SET ${DUE_INDEX.at} = :wakeAt, ${DUE_INDEX.shard} = :shard, failures = :failures`,
        ConditionExpression: 'version = :version',
        ExpressionAttributeValues: {
          ':wakeAt': wakeAt,
          ':shard': dueShard(current.userId),
          ':failures': failures,
          ':version': current.version,
        },
      });
      await documents.send(command).catch((error: unknown) => {
        if (!movedOn(error)) {
          throw error;
        }
      });
    },

    async request(account, userId, digest) {
      const Key = requestKey(account, userId, digest);
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      if (Item === undefined) {
        return null;
      }
      const parsed = requestItemSchema.safeParse(Item);
      return parsed.success ? parsed.data.request : unsignedRequest(digest);
    },

    async keepEvidence(account, userId, origins) {
      const Item = { ...evidenceKey(account, userId), origins };
      await documents.send(new PutCommand({ TableName: table, Item }));
    },
  };
}

function knownFrom(
  item: Record<string, unknown> | undefined,
): Omit<StoredUser, 'control' | 'nameHolder' | 'evidence'> {
  if (item === undefined) {
    return { case: null, wakeAt: null, failures: 0, lastHash: null };
  }
  const { case: current, wakeAt, failures, hash } = caseItemSchema.parse(item);
  return { case: current, wakeAt: wakeAt ?? null, failures, lastHash: hash };
}

/** The transaction of case, history entry and related items, on condition that the judged version is still stored. */
function writes(
  table: string,
  { from, next, entry, wakeAt, failures, decided, named, budget }: Commit,
): TransactItem[] {
  const { account, userId, number, asking, version } = next;
  const due = wakeAt === null ? {} : { [DUE_INDEX.at]: wakeAt, [DUE_INDEX.shard]: dueShard(userId) };
  const put = (key: ItemKey, attributes: object, condition: object = {}): TransactItem => ({
    Put: { TableName: table, Item: { ...key, ...attributes }, ...condition },
  });
  const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
  const unchanged =
    from === 0
      ? isNew
      : { ConditionExpression: 'version = :from', ExpressionAttributeValues: { ':from': from } };
  const item = { case: next, version, hash: entryHash(entry), failures, ...due };
  return [
    put(caseKey(account, userId), item, unchanged),
    put(historyKey(account, userId, version), { entry }, isNew),
    ...(decided === null
      ? []
      : [put(decidedKey(account, userId, number, asking), { decision: decided }, isNew)]),
    ...(named ? [put(nameKey(account, next.userName.toLowerCase()), { userId })] : []),
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
      UpdateExpression: 'ADD used :one',
      ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
      ExpressionAttributeValues: { ':one': 1, ':limit': limit },
    },
  };
}

/** True if an update came too late: the version changed, or a transaction is changing it right now. */
function movedOn(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
}

/**
 * The reason for a cancelled transaction: somebody else wrote or is writing the version, or the hour's budget is used
 * up; null for any other reason.
 */
function cancelled(error: TransactionCanceledException, { budget }: Commit): 'stale' | 'over-budget' | null {
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
