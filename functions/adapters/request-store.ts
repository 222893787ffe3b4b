import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RequestStore } from '../app/store-ports.ts';
import { aboutKey, readAbout } from '../contracts/about-item.ts';
import { readSubscriptions, subscriptionsKey } from '../contracts/health-item.ts';
import {
  type CaseItem,
  CONTROL_KEY,
  caseKey,
  controlItemSchema,
  type ItemKey,
  requestKey,
} from '../contracts/items.ts';
import { readCase } from '../contracts/read-case.ts';
import { readComment, readRequest } from '../contracts/request-item.ts';
import { SCHEMA } from '../contracts/stored.ts';
import { readUsage, usageKey } from '../contracts/usage-item.ts';
import type { Case } from '../core/case/case.ts';
import { withLaterUses } from '../core/case/later-uses.ts';
import { UNRESTRICTED } from '../core/model/policy.ts';

/** The case with the last uses of the newest pass. */
function shownCase({ case: current, laterUses }: CaseItem): Case {
  return withLaterUses(current, laterUses);
}

/** Reads one item consistently; undefined if there is none. */
export type ReadItem = (key: ItemKey) => Promise<Readonly<Record<string, unknown>> | undefined>;

function oneByOne(documents: DynamoDBDocumentClient, table: string): ReadItem {
  return async (key) => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    return Item;
  };
}

/**
 * The part of the table that `approve` uses. All reads are consistent, because an outdated page would ask a question
 * that is already answered.
 */
export function requestStore(
  documents: DynamoDBDocumentClient,
  table: string,
  get: ReadItem = oneByOne(documents, table),
): RequestStore {
  const request: RequestStore['request'] = async (account, userId, digest) => {
    const item = await get(requestKey(account, userId, digest));
    return item === undefined ? null : readRequest(item, digest);
  };

  return {
    request,

    async case(account, userId) {
      const evidence = [usageKey(account, userId), aboutKey(account, userId)];
      const keys = [caseKey(account, userId), CONTROL_KEY, ...evidence, subscriptionsKey(account)];
      const [item, control, usage, about, subscriptions] = await Promise.all(keys.map(get));
      const read = item === undefined ? null : readCase(item);
      return {
        current: read === null ? null : 'unread' in read ? read.unread : shownCase(read.item),
        control: control === undefined ? UNRESTRICTED : controlItemSchema.parse(control),
        usage: readUsage(usage),
        about: readAbout(about),
        subscriptions: readSubscriptions(subscriptions),
      };
    },

    async comment(account, userId, digest, commentDigest) {
      return readComment(await get(requestKey(account, userId, digest)), commentDigest);
    },

    async record(account, userId, wanted, comment) {
      const key = requestKey(account, userId, wanted.digest);
      const said = comment === undefined ? {} : { comment };
      const item = { ...key, request: wanted, ...said, schema: SCHEMA.request };
      try {
        await documents.send(
          new PutCommand({
            TableName: table,
            Item: item,
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return wanted;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) {
          throw error;
        }
        const stored = await request(account, userId, wanted.digest);
        // Requests are never deleted, so this is a broken table, not a race.
        if (stored === null) {
          throw new Error('a decision request exists and cannot be read', { cause: error });
        }
        return stored;
      }
    },

    async recordLinkRequest(account, linkRequest) {
      const key = requestKey(account, linkRequest.userId, linkRequest.digest);
      const item = { ...key, linkRequest, schema: SCHEMA.linkRequest };
      try {
        await documents.send(
          new PutCommand({
            TableName: table,
            Item: item,
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return 'recorded';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) {
          return 'before';
        }
        throw error;
      }
    },
  };
}
