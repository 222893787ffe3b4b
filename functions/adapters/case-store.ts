import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { CaseStore, StoredUser, UnreadUser } from '../app/store-ports.ts';
import { aboutKey, readAbout } from '../contracts/about-item.ts';
import { readSubscriptions, subscriptionsKey } from '../contracts/health-item.ts';
import {
  CONTROL_KEY,
  caseKey,
  controlItemSchema,
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
import { readUsage, usageKey } from '../contracts/usage-item.ts';
import { stateHash } from '../core/case/history.ts';
import { UNRESTRICTED } from '../core/model/policy.ts';
import { batchGet } from './batch-get.ts';
import { cancelled, dueFrom, writes } from './case-transaction.ts';
import { setting } from './update.ts';

/**
 * Cases in the table. Reads of the table are consistent, and the conditions that guard a commit are in
 * `case-transaction.ts`.
 */
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
      const usage = usageKey(account, userId);
      const about = aboutKey(account, userId);
      const subscriptions = subscriptionsKey(account);
      const others = [CONTROL_KEY, evidence, usage, about, subscriptions];
      const wanted = [own, ...others, ...(name === null ? [] : [name])];
      const items = await batchGet(documents, table, wanted);
      const at = (key: ItemKey | null) => items.find((item) => item.pk === key?.pk && item.sk === key?.sk);
      const control = at(CONTROL_KEY);
      const { holder, ...underName } = nameItemSchema.parse(at(name));
      const beside = {
        nameHolder: holder,
        underName,
        ...besideCase(at(evidence)),
      };
      const known = knownFrom(at(own));
      return 'unread' in known
        ? { ...known, ...beside }
        : {
            ...known,
            ...beside,
            usage: readUsage(at(usage)),
            about: readAbout(at(about)),
            control: control === undefined ? UNRESTRICTED : controlItemSchema.parse(control),
            subscriptions: readSubscriptions(at(subscriptions)),
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

    async keepEvidence(account, userId, parts) {
      const attributes = { ...parts, schema: SCHEMA.evidence };
      await documents.send(new UpdateCommand(setting(table, evidenceKey(account, userId), attributes)));
    },

    async keepUnderName(account, userName, parts) {
      const attributes = { ...parts, schema: SCHEMA.name };
      const key = nameKey(account, userName.toLowerCase());
      await documents.send(new UpdateCommand(setting(table, key, attributes)));
    },
  };
}

/** The evidence in an item. It is evidence only, so what cannot be parsed is ignored. */
function besideCase(item: unknown): Pick<StoredUser, 'evidence' | 'exposed'> {
  const { origins = {}, exposed } = evidenceItemSchema.safeParse(item).data ?? {};
  return { evidence: origins, ...(exposed === undefined ? {} : { exposed }) };
}

/** The case in an item and what is stored with it; what can be read of a case that this release cannot read. */
export function knownFrom(
  item: Record<string, unknown> | undefined,
):
  | Omit<StoredUser, 'control' | 'usage' | 'about' | 'nameHolder' | 'evidence' | 'exposed' | 'underName'>
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

/** True if an update came too late: the version changed, or a transaction is changing it right now. */
function movedOn(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
}
