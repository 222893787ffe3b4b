import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  paginateScan,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { SURVEY_INPUT } from '../../functions/contracts/fixed-names.ts';
import type { TrailRecord } from '../../sandbox/gateway/cloudtrail.ts';
import { type Launched, launchWorld } from '../../sandbox/launch/launch.ts';
import { SHORT_SETTINGS } from '../../sandbox/launch/settings.ts';
import { type KeyHistory, Owners } from '../../sandbox/story/owner.ts';

interface InventoryRow {
  readonly userName: string;
  readonly userId: string;
  readonly read: string;
  readonly activeKeys: number;
  readonly keys: readonly { readonly id: string; readonly status: string }[];
}

/** How long a test waits for what comes within two seconds on an idle machine. */
export const PATIENCE_MS = 40_000;

export type Item = Readonly<Record<string, unknown>>;

/** A user with more than one active key. */
export interface Violator {
  readonly userName: string;
  readonly userId: string;
  /** In the order they were made. */
  readonly keys: readonly [string, string];
  /** CloudTrail's record of the second key. */
  readonly record: TrailRecord;
}

/** What a function answers to a batch of queue messages. */
export interface BatchAnswer {
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
}

const OLDER: KeyHistory = { daysOld: 300, usedHoursAgo: 900 };
const NEWER: KeyHistory = { daysOld: 40, usedHoursAgo: 100 };

/** The deployed product, with what tests need to look behind it. */
export class Stack {
  readonly launched: Launched;
  readonly owners: Owners;
  readonly #lambda: LambdaClient;
  readonly #documents: DynamoDBDocumentClient;
  readonly #sqs: SQSClient;

  constructor(launched: Launched) {
    this.launched = launched;
    this.owners = new Owners(launched.clients, launched.world.gateway.faults);
    this.#lambda = launched.clients.make(LambdaClient);
    this.#documents = DynamoDBDocumentClient.from(launched.clients.make(DynamoDBClient));
    this.#sqs = launched.clients.make(SQSClient);
  }

  /** A physical id: of a function, a queue, a table. */
  output(name: string): string {
    const value = this.launched.deployed.outputs[name];
    if (value === undefined) {
      throw new Error(`the stack has no output ${name}`);
    }
    return value;
  }

  get account(): string {
    return this.launched.world.account;
  }

  /** Makes a user with two active keys. `unheard`: no event of it reaches Solekey. */
  async violator(
    userName: string,
    heard: 'heard' | 'unheard',
    second: KeyHistory = NEWER,
  ): Promise<Violator> {
    const { trail, faults } = this.launched.world.gateway;
    const lost = heard === 'heard' ? 1 : 2;
    faults.disturbEvents({ eventName: 'CreateAccessKey', userName }, 'lose', lost);
    await this.owners.createUser(userName, 1_000);
    const older = await this.owners.createKey(userName, OLDER);
    const newer = await this.owners.createKey(userName, second);
    const record = trail.records().findLast((one) => made(one) === newer);
    const users = await this.truth();
    const user = users.find((one) => one.userName === userName);
    if (record === undefined || user === undefined) {
      throw new Error(`${userName} was not made`);
    }
    return { userName, userId: user.userId, keys: [older, newer], record };
  }

  /** Everybody in IAM, straight from the emulator. */
  async truth(): Promise<
    {
      readonly userName: string;
      readonly userId: string;
      readonly keys: { readonly accessKeyId: string; readonly status: string }[];
    }[]
  > {
    const answer = await fetch(`${this.launched.world.emulators.motoUrl}/sandbox/users`);
    return (await answer.json()) as Awaited<ReturnType<Stack['truth']>>;
  }

  async statusOf({ userName }: Violator): Promise<Record<string, string>> {
    const user = (await this.truth()).find((one) => one.userName === userName);
    return Object.fromEntries((user?.keys ?? []).map((key) => [key.accessKeyId, key.status]));
  }

  /**
   * Invokes the deployed reconcile with a batch of messages, past the queues, and waits for its answer. Events are said to
   * come from the event queue, as only somebody who may invoke the function can say.
   */
  async reconcile(...bodies: readonly string[]): Promise<BatchAnswer> {
    const Records = bodies.map((body, index) => ({
      messageId: `message-${index}`,
      body,
      attributes: {},
      messageAttributes: {},
      eventSourceARN: this.#arnOf(
        body.includes('"source":"aws.iam"') ? this.eventQueueUrl : this.output('WakeQueueUrl'),
      ),
    }));
    const { Payload, FunctionError } = await this.#lambda.send(
      new InvokeCommand({
        FunctionName: this.output('ReconcileFunctionName'),
        Payload: Buffer.from(JSON.stringify({ Records })),
      }),
    );
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError !== undefined) {
      throw new Error(`reconcile crashed: ${text}`);
    }
    return JSON.parse(text) as BatchAnswer;
  }

  /** Invokes the deployed evaluate as the hourly schedule does, and waits for the end of the survey. */
  async survey(): Promise<unknown> {
    const { Payload, FunctionError } = await this.#lambda.send(
      new InvokeCommand({
        FunctionName: this.output('EvaluateFunctionName'),
        Payload: Buffer.from(JSON.stringify(SURVEY_INPUT)),
      }),
    );
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError !== undefined) {
      throw new Error(`the survey failed: ${text}`);
    }
    return JSON.parse(text);
  }

  /** Writes an item of the table as somebody does who may write all of it. */
  async put(item: Item): Promise<void> {
    await this.#documents.send(new PutCommand({ TableName: this.output('TableName'), Item: { ...item } }));
  }

  /** Invokes the deployed function records, as its schedule does. */
  async makeRecords(): Promise<unknown> {
    const { Payload, FunctionError } = await this.#lambda.send(
      new InvokeCommand({ FunctionName: this.output('RecordsFunctionName') }),
    );
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError !== undefined) {
      throw new Error(`records failed: ${text}`);
    }
    return JSON.parse(text);
  }

  /** A file of the inventory's bucket; null if it is not there. */
  async stored(key: string): Promise<string | null> {
    return (await this.#file('InventoryBucketName', key))?.toString('utf8') ?? null;
  }

  /** A file of the bucket of records; null if it is not there. */
  recorded(key: string): Promise<Buffer | null> {
    return this.#file('RecordsBucketName', key);
  }

  async #file(bucket: string, key: string): Promise<Buffer | null> {
    const url = `${this.launched.clients.url}/${this.output(bucket)}/${key}`;
    const authorization = `AWS4-HMAC-SHA256 Credential=launcher/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`;
    const answer = await fetch(url, { headers: { authorization } });
    return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
  }

  /** The users in the latest inventory. */
  async inventory(): Promise<InventoryRow[]> {
    const { folder } = JSON.parse((await this.stored('inventory/latest.json')) ?? '{}') as {
      readonly folder?: string;
    };
    const lines = (await this.stored(`${folder}inventory.jsonl`)) ?? '';
    return lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as InventoryRow);
  }

  #arnOf(queueUrl: string): string {
    return `arn:aws:sqs:us-east-1:${this.account}:${queueUrl.split('/').at(-1)}`;
  }

  /** Address of the event queue, which is no output of the stack because nobody may send there. */
  get eventQueueUrl(): string {
    const { resources } = this.launched.deployed;
    const id = Object.keys(resources).find((one) => /^EventsQueue[0-9A-F]{8}$/.test(one));
    return resources[id ?? ''] ?? '';
  }

  /** Everything stored about one user: case, history, decision records. */
  async itemsOf({ userId }: Pick<Violator, 'userId'>): Promise<Item[]> {
    const { Items } = await this.#documents.send(
      new QueryCommand({
        TableName: this.output('TableName'),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `USER#${this.account}#${userId}` },
        ConsistentRead: true,
      }),
    );
    return Items ?? [];
  }

  /** Everything stored about one user, with the answers about them, as a backup has it. */
  async backupOf({ userId }: Pick<Violator, 'userId'>): Promise<Item[]> {
    const user = `#${this.account}#${userId}`;
    return (await this.everything()).filter(({ pk }) => pk === `USER${user}` || pk === `DECISION${user}`);
  }

  /** Puts what a backup has in the place of everything stored about a user. */
  async bringBack(user: Pick<Violator, 'userId'>, backup: readonly Item[]): Promise<void> {
    const TableName = this.output('TableName');
    for (const { pk, sk } of await this.backupOf(user)) {
      await this.#documents.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    }
    for (const Item of backup) {
      await this.#documents.send(new PutCommand({ TableName, Item }));
    }
  }

  /** Makes a table like that of cases, and returns it with these items. */
  async tableWith(TableName: string, items: readonly Item[]): Promise<DynamoDBDocumentClient> {
    await this.#documents.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    for (const Item of items) {
      await this.#documents.send(new PutCommand({ TableName, Item }));
    }
    return this.#documents;
  }

  /** Every item of the table; of another one if it is named. */
  async everything(table = this.output('TableName')): Promise<Item[]> {
    const items: Item[] = [];
    const input = { TableName: table, ConsistentRead: true };
    for await (const { Items = [] } of paginateScan({ client: this.#documents }, input)) {
      items.push(...Items);
    }
    return items;
  }

  /** How many events reconcile remembers as handled. */
  async rememberedEvents(): Promise<number> {
    const name = Object.keys(this.launched.deployed.resources).find((id) => /^OnceTable/.test(id));
    const TableName = this.launched.deployed.resources[name ?? ''];
    const input = { TableName, ConsistentRead: true, Select: 'COUNT' as const };
    let count = 0;
    for await (const { Count = 0 } of paginateScan({ client: this.#documents }, input)) {
      count += Count;
    }
    return count;
  }

  /** The bodies of the messages that nobody could use; they stay in the dead-letter queue. */
  async deadLetters(of: 'Wakes' | 'Usage' = 'Wakes'): Promise<string[]> {
    const { resources } = this.launched.deployed;
    const name = Object.keys(resources).find((id) => id.startsWith(`${of}DeadLetters`));
    const { Messages } = await this.#sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: resources[name ?? ''],
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
      }),
    );
    return (Messages ?? []).map(({ Body }) => Body ?? '');
  }
}

const made = (record: TrailRecord): unknown =>
  (record.responseElements?.accessKey as { readonly accessKeyId?: unknown } | undefined)?.accessKeyId;

/** The envelope in which EventBridge brings a CloudTrail record, as a queue message. */
export function messageFor(record: object, source = 'aws.iam'): string {
  return JSON.stringify({
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source,
    account: '123456789012',
    time: new Date().toISOString(),
    region: 'us-east-1',
    resources: [],
    detail: record,
  });
}

/** Repeats a look until it shows what is expected, or fails with the last thing that it showed. */
export async function eventually<Seen>(
  look: () => Promise<Seen>,
  fits: (seen: Seen) => boolean,
  withinMs = PATIENCE_MS,
): Promise<Seen> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (fits(seen)) {
      return seen;
    }
    if (Date.now() > deadline) {
      throw new Error(`it never showed what was expected: ${JSON.stringify(seen)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * One world for all end-to-end tests. Mail goes out at once, and what is switched off stays so for the length of the run.
 * Nothing invokes the sweep but the deployed schedule itself, every minute instead of every five.
 */
export async function launchStack(): Promise<Stack> {
  const said: string[] = [];
  try {
    return new Stack(
      await launchWorld({
        say: (line) => said.push(line),
        settings: {
          ...SHORT_SETTINGS,
          notifyAfter: 'PT0S',
          grace: 'PT1H',
          deletionNotice: 'PT30M',
          config: { refreshEvery: 'PT3S', maxRunsPerDay: 1_440 },
        },
        sweepEveryMs: 0,
        schedule: 'rate(1 minute)',
      }),
    );
  } catch (error) {
    throw new Error(said.join('\n'), { cause: error });
  }
}
