import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { OpenCases, StoredUser } from '../app/store-ports.ts';
import { aboutKey, readAbout } from '../contracts/about-item.ts';
import { openItemSchema } from '../contracts/due.ts';
import { APPROVER_GROUP, LIST_INDEX } from '../contracts/fixed-names.ts';
import { CONTROL_KEY, caseKey, controlItemSchema, type ItemKey } from '../contracts/items.ts';
import { readUsage, usageKey } from '../contracts/usage-item.ts';
import { NOTHING_UNDER_NAME } from '../core/case/under-name.ts';
import { UNRESTRICTED } from '../core/model/policy.ts';
import { batchGet } from './batch-get.ts';
import { caseReader } from './case-reader.ts';
import { knownFrom } from './case-store.ts';
import { setting } from './update.ts';

/** Users in one BatchGetItem call, which takes a hundred keys: three a user, and the control item. */
const USERS_AT_ONCE = 33;

/** The list of open cases for digests: the index says which, and in which order; consistent reads say what they are. */
export function openCases(documents: DynamoDBDocumentClient, table: string): OpenCases {
  const listed = async (account: string) => {
    const pages = paginateQuery(
      { client: documents },
      {
        TableName: table,
        IndexName: LIST_INDEX.name,
        KeyConditionExpression: `${LIST_INDEX.group} = :group`,
        ExpressionAttributeValues: { ':group': APPROVER_GROUP },
      },
    );
    const found: string[] = [];
    for await (const { Items = [] } of pages) {
      const users = Items.flatMap((item) => openItemSchema.safeParse(item).data ?? []);
      found.push(...users.flatMap((one) => (one.account === account ? [one.userId] : [])));
    }
    return found;
  };

  const read = async (account: string, userIds: readonly string[]): Promise<StoredUser[]> => {
    const keys = userIds.flatMap((userId) => [
      caseKey(account, userId),
      usageKey(account, userId),
      aboutKey(account, userId),
    ]);
    const items = await batchGet(documents, table, [CONTROL_KEY, ...keys]);
    const at = (key: ItemKey) => items.find(({ pk, sk }) => pk === key.pk && sk === key.sk);
    const control = at(CONTROL_KEY);
    return userIds.flatMap((userId): StoredUser[] => {
      const known = knownFrom(at(caseKey(account, userId)));
      return 'unread' in known || known.case === null
        ? []
        : [
            {
              ...known,
              control: control === undefined ? UNRESTRICTED : controlItemSchema.parse(control),
              usage: readUsage(at(usageKey(account, userId))),
              about: readAbout(at(aboutKey(account, userId))),
              nameHolder: null,
              evidence: {},
              underName: NOTHING_UNDER_NAME,
            },
          ];
    });
  };

  return {
    async open(account) {
      const userIds = await listed(account);
      const found: StoredUser[] = [];
      for (let from = 0; from < userIds.length; from += USERS_AT_ONCE) {
        found.push(...(await read(account, userIds.slice(from, from + USERS_AT_ONCE))));
      }
      return found;
    },

    async unlisted(account) {
      const known = new Set(await listed(account));
      const open = await caseReader(documents, table).open(account);
      return open.filter((userId) => !known.has(userId));
    },

    async enlist({ account, userId, version }, rank) {
      const attributes = { [LIST_INDEX.group]: APPROVER_GROUP, [LIST_INDEX.rank]: rank };
      const still = { expression: 'version = :version', values: { ':version': version } };
      await documents
        .send(new UpdateCommand(setting(table, caseKey(account, userId), attributes, still)))
        .catch((error: unknown) => {
          // Whoever wrote the case meanwhile has put it into the list.
          if (
            !(
              error instanceof ConditionalCheckFailedException ||
              error instanceof TransactionConflictException
            )
          ) {
            throw error;
          }
        });
    },
  };
}
