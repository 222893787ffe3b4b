import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Assembly, bundleOf, functionsOf } from '../../../sandbox/launch/assembly.ts';
import type { Stack } from '../../e2e/stack.ts';
import { workersOf } from '../workers.ts';

/** The tables, the queue and the running code of the deployed stack, read and controlled without the product. */
export class Behind {
  readonly #stack: Stack;
  readonly #lambda: LambdaClient;
  readonly #sqs: SQSClient;
  readonly #dynamo: DynamoDBClient;

  constructor(stack: Stack) {
    this.#stack = stack;
    const { clients } = stack.launched;
    this.#lambda = clients.make(LambdaClient);
    this.#sqs = clients.make(SQSClient);
    this.#dynamo = clients.make(DynamoDBClient);
  }

  /** Id and creation time of each table; a replaced table has others, even under the same name. */
  async tables(): Promise<readonly string[]> {
    const names = Object.entries(this.#stack.launched.deployed.resources).filter(([id]) =>
      /^(Cases|Once)Table/.test(id),
    );
    return Promise.all(
      names.map(async ([id, TableName]) => {
        const { Table } = await this.#dynamo.send(new DescribeTableCommand({ TableName }));
        return `${id} ${Table?.TableId} ${Table?.CreationDateTime?.toISOString()}`;
      }),
    );
  }

  /** The keys of all stored items. */
  async stored(): Promise<readonly string[]> {
    return (await this.#stack.everything()).map(({ pk, sk }) => `${pk} ${sk}`);
  }

  /** Disables reading the queues, so that messages lie in them. Returns once no message is being processed. */
  async stopReading(): Promise<void> {
    await this.#setReading(false);
    for (let quiet = 0; quiet < 3; await pause(100)) {
      quiet = (await this.#inFlight()) === 0 ? quiet + 1 : 0;
    }
  }

  async readAgain(): Promise<void> {
    await this.#setReading(true);
  }

  /** Sends a message to the wake queue. */
  async send(message: object): Promise<void> {
    await this.#sqs.send(
      new SendMessageCommand({
        QueueUrl: this.#wakeQueue(),
        MessageBody: JSON.stringify(message),
      }),
    );
  }

  /** Number of messages in the queues that are ready to be read. */
  async lying(): Promise<number> {
    return this.#attribute('ApproximateNumberOfMessages');
  }

  /** Says what is wrong if a function's warm workers do not run the code of this release. Only Linux tells. */
  running(release: Assembly, handler: string): readonly string[] {
    const { world, deployed } = this.#stack.launched;
    const name = deployed.resources[functionsOf(release.template).get(handler) ?? ''] ?? '';
    const workers = workersOf(world, name);
    const wanted = readFileSync(join(bundleOf(release, handler), 'index.mjs'), 'utf8');
    if (workers.length === 0 && process.platform === 'linux') {
      return [`${handler} did not run`];
    }
    return workers.some(({ code }) => code !== wanted)
      ? [`${handler} runs other code than was deployed`]
      : [];
  }

  async #setReading(Enabled: boolean): Promise<void> {
    const FunctionName = this.#stack.output('ReconcileFunctionName');
    const command = new ListEventSourceMappingsCommand({ FunctionName });
    const { EventSourceMappings = [] } = await this.#lambda.send(command);
    await Promise.all(
      EventSourceMappings.map(({ UUID }) =>
        this.#lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled })),
      ),
    );
  }

  #inFlight(): Promise<number> {
    return this.#attribute('ApproximateNumberOfMessagesNotVisible');
  }

  async #attribute(
    name: 'ApproximateNumberOfMessages' | 'ApproximateNumberOfMessagesNotVisible',
  ): Promise<number> {
    const { QueueUrls = [] } = await this.#sqs.send(new ListQueuesCommand({}));
    // Read anew each time: what is deployed changes on the way.
    const read = QueueUrls.filter((url) => /\/Solekey-(Wakes|Events)Queue[0-9A-F]{8}/.test(url));
    const counts = await Promise.all(
      read.map(async (QueueUrl) => {
        const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] });
        const { Attributes } = await this.#sqs.send(command);
        return Number(Attributes?.[name] ?? Number.NaN);
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  #wakeQueue(): string {
    const { resources } = this.#stack.launched.deployed;
    const [, url] = Object.entries(resources).find(([id]) => /^WakesQueue[0-9A-F]{8}$/.test(id)) ?? [];
    return url ?? '';
  }
}
