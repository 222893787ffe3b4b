import { type DynamoDBDocumentClient, GetCommand, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { HistoryStore } from '../../app/records-ports.ts';
import { CONTROL_KEY, controlItemSchema, requestKey, userPartition } from '../../contracts/items.ts';
import { ledgerPartition, readLedgerEntry } from '../../contracts/ledger-item.ts';
import { lineDays, linePartition, readLine } from '../../contracts/line-item.ts';
import { parsePayload } from '../../contracts/link.ts';
import { readVersions } from '../../contracts/record.ts';
import { readRequest } from '../../contracts/request-item.ts';
import { statementKey } from '../../contracts/statement-item.ts';
import { sha256 } from '../../core/model/digest.ts';
import { UNRESTRICTED } from '../../core/model/policy.ts';
import type { HeadLine } from '../../core/records/anchor.ts';
import type { GivenAnswer } from '../../core/records/row.ts';
import { recordReader } from '../record-reader.ts';

type Item = Readonly<Record<string, unknown>>;

/** The reads of the whole table, for records. */
export function historyStore(documents: DynamoDBDocumentClient, table: string): HistoryStore {
  const { record } = recordReader(documents, table);

  const queried = async (pk: string, condition: string, values: Item): Promise<Item[]> => {
    const query = {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: `pk = :pk${condition}`,
      ExpressionAttributeValues: { ':pk': pk, ...values },
    };
    const found: Item[] = [];
    for await (const { Items = [] } of paginateQuery({ client: documents }, query)) {
      found.push(...Items);
    }
    return found;
  };

  return {
    async lines(account, from, to) {
      const range = { ':from': `${from}$`, ':to': `${to}$` };
      const found: Item[] = [];
      for (const day of lineDays(from, to)) {
        found.push(...(await queried(linePartition(account, day), ' AND sk BETWEEN :from AND :to', range)));
      }
      return found.flatMap((item) => readLine(item) ?? []);
    },

    async heads(account) {
      const prefix = userPartition(account, '');
      const scan = {
        TableName: table,
        ConsistentRead: true,
        FilterExpression: 'sk = :case AND begins_with(pk, :users)',
        ProjectionExpression: 'pk, version, #hash',
        ExpressionAttributeNames: { '#hash': 'hash' },
        ExpressionAttributeValues: { ':case': 'CASE', ':users': prefix },
      };
      const heads: HeadLine[] = [];
      for await (const { Items = [] } of paginateScan({ client: documents }, scan)) {
        heads.push(...Items.flatMap((item) => headIn(item, prefix)));
      }
      return heads.sort((a, b) => (a.userId < b.userId ? -1 : 1));
    },

    async history(account, userId) {
      const { entries, findings } = await record(account, userId);
      const versions = findings.length === 0 ? readVersions(entries) : null;
      const { pk } = requestKey(account, userId, '');
      const items = await queried(pk, '', {});
      const answers = items.flatMap(answerIn);
      const comments = new Map(items.flatMap(commentIn));
      return { entries, findings, versions, answers, comments };
    },

    async statementWords(account) {
      const items = await queried(statementKey(account, '').pk, '', {});
      return new Map(items.flatMap(commentIn));
    },

    async control() {
      const { Item } = await documents.send(
        new GetCommand({ TableName: table, Key: CONTROL_KEY, ConsistentRead: true }),
      );
      return Item === undefined ? UNRESTRICTED : controlItemSchema.parse(Item);
    },

    async ledger(account) {
      const items = await queried(ledgerPartition(account), '', {});
      return items.flatMap((item) => readLedgerEntry(item) ?? []);
    },
  };
}

function headIn({ pk, version, hash }: Item, prefix: string): HeadLine[] {
  return typeof version === 'number' && typeof hash === 'string'
    ? [{ userId: String(pk).slice(prefix.length), version, hash }]
    : [];
}

/** The words beside an answer, by the digest that the answer has of them. */
function commentIn({ comment }: Item): [string, string][] {
  return typeof comment === 'string' ? [[sha256(comment), comment]] : [];
}

/** An answer of a person; none for a request of another kind, or one that only another release can read. */
function answerIn(item: Item): GivenAnswer[] {
  const request = 'request' in item ? readRequest({ ...item }, String(item.sk)) : null;
  return request === null || 'newer' in request
    ? []
    : [{ request, purpose: parsePayload(request.payload)?.purpose ?? null }];
}
