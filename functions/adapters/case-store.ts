import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { CaseStore, Commit, StoredUser, UnreadUser } from '../app/ports.ts';
import { dueShard } from '../contracts/due.ts';
import { APPROVER_GROUP, DUE_INDEX, LIST_INDEX } from '../contracts/fixed-names.ts';
import {
  budgetKey,
  CONTROL_KEY,
  caseKey,
  controlItemSchema,
  decidedKey,
  entryStateSchema,
  evidenceItemSchema,
  evidenceKey,
  historyKey,
  type ItemKey,
  LATER_USES,
  nameItemSchema,
  nameKey,
  requestKey,
} from '../contracts/items.ts';
import { readCase } from '../contracts/read-case.ts';
import { readRequest } from '../contracts/request-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { entryHash, stateHash } from '../core/case/history.ts';
import { UNRESTRICTED } from '../core/model/policy.ts';
import type { Instant } from '../core/model/time.ts';
import { batchGet } from './batch-get.ts';
import { type Condition, IS_NEW, setting } from './update.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Cases in the table. Reads of the table are consistent, and all conditions that guard writes are in this file. */
export function caseStore(documents: DynamoDBDocumentClient, table: string): CaseStore {
  /** Sets attributes beside a case if the stored version is the one that was read; does nothing otherwise. */
  const unlessMovedOn = async (
    { version, ...key }: ItemKey & { readonly version: number | null },
    attributes: Readonly<Record<string, unknown>>,
  ) => {
    const still =
      version === null
        ? { expression: 'attribute_exists(pk)' }
        : { expression: 'version = :version', values: { ':version': version } };
    const command = new UpdateCommand(setting(table, key, attributes, still));
    await documents.send(command).catch((error: unknown) => {
      if (!movedOn(error)) {
        throw error;
      }
    });
  };

  return {
    async load(account, userId, userName) {
      const own = caseKey(account, userId);
      const name = userName === null ? null : nameKey(account, userName.toLowerCase());
      const evidence = evidenceKey(account, userId);
      const wanted = [own, CONTROL_KEY, evidence, ...(name === null ? [] : [name])];
      const items = await batchGet(documents, table, wanted);
      const at = (key: ItemKey | null) => items.find((item) => item.pk === key?.pk && item.sk === key?.sk);
      const control = at(CONTROL_KEY);
      const { holder, ...underName } = nameItemSchema.parse(at(name));
      const beside = {
        nameHolder: holder,
        underName,
        // This is evidence only, so what cannot be parsed is ignored.
        evidence: evidenceItemSchema.safeParse(at(evidence)).data?.origins ?? {},
      };
      const known = knownFrom(at(own));
      return 'unread' in known
        ? { ...known, ...beside }
        : {
            ...known,
            ...beside,
            control: control === undefined ? UNRESTRICTED : controlItemSchema.parse(control),
          };
    },

    async byName(account, userName) {
      const Key = nameKey(account, userName.toLowerCase());
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return nameItemSchema.parse(Item);
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

    async reschedule({ account, userId, version }, wakeAt, failures, laterUses) {
      const later = laterUses === null ? {} : { [LATER_USES]: laterUses };
      const attributes = { ...dueFrom(userId, wakeAt), failures, ...later };
      await unlessMovedOn({ ...caseKey(account, userId), version }, attributes);
    },

    async postpone({ unread: { account, userId }, version }, wakeAt) {
      await unlessMovedOn({ ...caseKey(account, userId), version }, dueFrom(userId, wakeAt));
    },

    async recorded({ account, userId, version }, digests) {
      const keys = digests.map((digest) => requestKey(account, userId, digest));
      const own = historyKey(account, userId, version);
      const items = await batchGet(documents, table, [...keys, own]);
      const entry = items.find(({ pk, sk }) => pk === own.pk && sk === own.sk);
      const requests = items.filter((item) => item !== entry);
      return {
        requests: new Map(requests.map((item) => [String(item.sk), readRequest(item, String(item.sk))])),
        // An entry that cannot be read proves nothing, just like one that is missing.
        state: entryStateSchema.catch('').parse(entry),
      };
    },

    async keepEvidence(account, userId, origins) {
      const attributes = { origins, schema: SCHEMA.evidence };
      await documents.send(new UpdateCommand(setting(table, evidenceKey(account, userId), attributes)));
    },

    async keepUnderName(account, userName, parts) {
      const attributes = { ...parts, schema: SCHEMA.name };
      const key = nameKey(account, userName.toLowerCase());
      await documents.send(new UpdateCommand(setting(table, key, attributes)));
    },
  };
}

/** The attributes for the due index; null removes the case from it. */
function dueFrom(userId: string, wakeAt: Instant | null) {
  return {
    [DUE_INDEX.at]: wakeAt ?? undefined,
    [DUE_INDEX.shard]: wakeAt === null ? undefined : dueShard(userId),
  };
}

function knownFrom(
  item: Record<string, unknown> | undefined,
):
  | Omit<StoredUser, 'control' | 'nameHolder' | 'evidence' | 'underName'>
  | Pick<UnreadUser, 'unread' | 'version'> {
  if (item === undefined) {
    return { case: null, wakeAt: null, failures: 0, lastHash: null, state: null };
  }
  const read = readCase(item);
  if ('unread' in read) {
    return read;
  }
  const { case: current, wakeAt, failures, hash, laterUses } = read.item;
  // Of the content as stored, because reading it adds defaults.
  const state = stateHash(item.case);
  return { case: current, wakeAt: wakeAt ?? null, failures, lastHash: hash, state, laterUses };
}

/** The transaction of case, history entry and related items, on condition that the judged version is still stored. */
function writes(
  table: string,
  { from, next, entry, wakeAt, failures, decided, rank, named, budget, givenBack, control }: Commit,
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
  const item = { case: next, version, hash: entryHash(entry), failures, schema: SCHEMA.case };
  return [
    update(
      caseKey(account, userId),
      { ...item, ...dueFrom(userId, wakeAt), ...listed, [LATER_USES]: undefined },
      unchanged,
    ),
    put(historyKey(account, userId, version), { entry, schema: SCHEMA.history }),
    ...(decided === null
      ? []
      : [put(decidedKey(account, userId, number, asking), { decision: decided, schema: SCHEMA.decision })]),
    ...(named
      ? [update(nameKey(account, next.userName.toLowerCase()), { userId, schema: SCHEMA.name })]
      : []),
    ...(control === null ? [] : [stillAsRead(table, control)]),
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

/** Requires that parts of the control item are as they were read. An absent attribute means the same as an empty list. */
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

/** True if an update came too late: the version changed, or a transaction is changing it right now. */
function movedOn(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
}

/**
 * The reason for a cancelled transaction: somebody else wrote or is writing the version or the control item, or the
 * hour's budget is used up; null for any other reason.
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
