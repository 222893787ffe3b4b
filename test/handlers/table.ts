import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { type Item, type Update, updated } from '../fakes/updated.ts';

const place = ({ pk, sk }: Item) => `${String(pk)} ${String(sk)}`;

interface Write {
  readonly Put?: { readonly Item: Item };
  readonly Update?: Update;
}

/** The case table behind a mocked document client, as far as reconcile's calls go. Conditions are the adapter tests' business. */
export function mockedTable() {
  const documents = mockClient(DynamoDBDocumentClient);
  const items = new Map<string, Item>();
  documents.on(BatchGetCommand).callsFake(({ RequestItems = {} }) => ({
    Responses: Object.fromEntries(
      Object.entries(RequestItems as Record<string, { readonly Keys: Item[] }>).map(([table, { Keys }]) => [
        table,
        Keys.flatMap((key) => items.get(place(key)) ?? []),
      ]),
    ),
  }));
  documents.on(GetCommand).callsFake(({ Key }) => {
    const found = items.get(place(Key));
    return found === undefined ? {} : { Item: found };
  });
  documents.on(TransactWriteCommand).callsFake(({ TransactItems = [] }) => {
    for (const { Put, Update } of TransactItems as Write[]) {
      if (Put !== undefined) {
        items.set(place(Put.Item), structuredClone(Put.Item));
      }
      if (Update !== undefined) {
        items.set(place(Update.Key), updated(items.get(place(Update.Key)), Update));
      }
    }
    return {};
  });
  documents.on(UpdateCommand).callsFake(async (update: Update) => {
    items.set(place(update.Key), updated(items.get(place(update.Key)), update));
    return {};
  });
  return { documents, items };
}

/** What Lambda tells a function about its invocation. */
export const CONTEXT: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:test',
  memoryLimitInMB: '512',
  awsRequestId: 'request-1',
  logGroupName: 'log',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

/** The environment of the deployed functions: names and addresses only. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  AWS_REGION: 'us-east-1',
  TABLE_NAME: 'cases',
  ONCE_TABLE_NAME: 'once',
  LINK_KEY_ID: 'key-1',
  WAKE_QUEUE_URL: 'https://queue',
  USAGE_QUEUE_URL: 'https://usage.fifo',
  EVENT_QUEUE_ARN: 'arn:aws:sqs:us-east-1:123456789012:events',
  WAKE_DLQ_URL: 'https://dead-letters',
  MAIL_TOPIC_ARN: 'arn:mail',
  DATA_TOPIC_ARN: 'arn:data',
  OPERATOR_TOPIC_ARN: 'arn:operators',
  PUBLIC_URL: 'https://keys.example.com',
  FUNCTION_TIMEOUT_SECONDS: '60',
  CONFIG_RULE_NAME: 'solekey-rule',
  INVENTORY_BUCKET: 'inventory-bucket',
  RECORDS_BUCKET: 'records-bucket',
  RECORDS_KEY_ID: 'records-key',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
};
