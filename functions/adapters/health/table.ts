import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { keyEventKey, readStamp } from '../../contracts/health-item.ts';
import { CONTROL_KEY, controlItemSchema } from '../../contracts/items.ts';
import type { ControlReading, KnownKey } from '../../core/health/readings.ts';
import { sameValue } from '../../core/model/digest.ts';
import { type Control, UNRESTRICTED } from '../../core/model/policy.ts';
import type { Instant } from '../../core/model/time.ts';
import { caseReader } from '../case-reader.ts';
import { answered } from './not-read.ts';

/** The control item, as reconcile reads it. */
export async function readControl(documents: DynamoDBDocumentClient, table: string): Promise<Control> {
  const { Item } = await answered(
    'dynamodb:GetItem',
    documents.send(new GetCommand({ TableName: table, Key: CONTROL_KEY, ConsistentRead: true })),
  );
  return Item === undefined ? UNRESTRICTED : controlItemSchema.parse(Item);
}

/**
 * The control item and the last entry of its ledger. If they differ they are read once more, because a command may have
 * changed both between the two reads.
 */
export async function readControlAndLedger(
  documents: DynamoDBDocumentClient,
  table: string,
  account: string,
): Promise<ControlReading> {
  const first = await controlAndLedger(documents, table, account);
  return first.content === null || sameValue(first.content, first.last?.after)
    ? first
    : controlAndLedger(documents, table, account);
}

async function controlAndLedger(
  documents: DynamoDBDocumentClient,
  table: string,
  account: string,
): Promise<ControlReading> {
  const { Item } = await answered(
    'dynamodb:GetItem',
    documents.send(new GetCommand({ TableName: table, Key: CONTROL_KEY, ConsistentRead: true })),
  );
  const { Items = [] } = await answered(
    'dynamodb:Query',
    documents.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :ledger AND begins_with(sk, :entry)',
        ExpressionAttributeValues: { ':ledger': `LEDGER#${account}`, ':entry': 'ENTRY#' },
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      }),
    ),
  );
  const [last] = Items;
  return {
    content: Item === undefined ? null : withoutKey(Item),
    last: last === undefined ? null : { number: Number(last.number), after: last.after },
  };
}

function withoutKey({ pk: _pk, sk: _sk, schema: _schema, ...content }: Record<string, unknown>) {
  return content;
}

/** When an event was handled last; null if none ever was. */
export async function readKeyEvent(
  documents: DynamoDBDocumentClient,
  table: string,
  account: string,
): Promise<Instant | null> {
  const { Item } = await answered(
    'dynamodb:GetItem',
    documents.send(new GetCommand({ TableName: table, Key: keyEventKey(account), ConsistentRead: true })),
  );
  return readStamp(Item);
}

/** The Active keys of all open cases. */
export async function readOpenKeys(
  documents: DynamoDBDocumentClient,
  table: string,
  account: string,
): Promise<KnownKey[]> {
  const reader = caseReader(documents, table);
  const open = await answered('dynamodb:Query', reader.open(account));
  const { cases } = await answered('dynamodb:BatchGetItem', reader.cases(account, open));
  return [...cases.values()].flatMap(({ userName, keys, origins }) =>
    keys
      .filter(({ status }) => status === 'Active')
      .map(({ id, created }) => ({ keyId: id, userName, created, announced: id in origins })),
  );
}
