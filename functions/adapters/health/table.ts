import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { keyEventKey, readStamp } from '../../contracts/health-item.ts';
import { CONTROL_KEY, controlItemSchema } from '../../contracts/items.ts';
import { controlContent, ledgerPartition, readLedgerEntry } from '../../contracts/ledger-item.ts';
import { readSignOffAsk, signOffAskKey } from '../../contracts/sign-off-ask-item.ts';
import type { ControlReading, KnownKey } from '../../core/health/readings.ts';
import { controlFinding } from '../../core/model/ledger.ts';
import { type Control, UNRESTRICTED } from '../../core/model/policy.ts';
import type { Instant } from '../../core/model/time.ts';
import type { LeftSignOff } from '../../core/signoff/ask.ts';
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
  return controlFinding(first.content, first.last) === null
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
        ExpressionAttributeValues: { ':ledger': ledgerPartition(account), ':entry': 'ENTRY#' },
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      }),
    ),
  );
  const [last] = Items;
  return {
    content: Item === undefined ? null : controlContent(Item),
    last: last === undefined ? null : readLedgerEntry(last),
  };
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

/** The state of sign-offs as the survey left it; null if there is none that this release can read. */
export async function readSignOff(
  documents: DynamoDBDocumentClient,
  table: string,
  account: string,
): Promise<LeftSignOff | null> {
  const { Item } = await answered(
    'dynamodb:GetItem',
    documents.send(new GetCommand({ TableName: table, Key: signOffAskKey(account), ConsistentRead: true })),
  );
  return readSignOffAsk(Item);
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
