import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { vi } from 'vitest';
import type { Checked } from '../../../functions/app/health/check-health.ts';
import { parseExpected } from '../../../functions/contracts/expected.ts';
import { healthKey } from '../../../functions/contracts/health-item.ts';
import type { ItemKey } from '../../../functions/contracts/items.ts';
import type { Expected } from '../../../functions/core/health/expected.ts';
import type { HealthState } from '../../../functions/core/health/state.ts';
import { run } from '../../../ops/control/run.ts';
import { DOORS } from '../../../ops/control-doors.ts';
import type { Mail } from '../../../sandbox/inbox/mail.ts';
import { type Launched, launchWorld } from '../../../sandbox/launch/launch.ts';
import { SHORT_SETTINGS } from '../../../sandbox/launch/settings.ts';
import { PATIENCE_MS, Stack } from '../../e2e/stack.ts';

/** The first operator is unsubscribed by one sabotage. The second is told of it, as of all others. */
export const OPERATORS = ['first@example.com', 'second@example.com'] as const;
const [, READER] = OPERATORS;

/** Half of what SNS permits. */
const MANY_A_SECOND = 5;

type Item = Readonly<Record<string, unknown>>;

/** A run of health: its answer, and what it mailed to an operator. */
export interface Told extends Checked {
  readonly mails: readonly Mail[];
}

/** The deployed product, with clients of an administrator who breaks it and repairs it again. */
export class Account {
  readonly launched: Launched;
  readonly stack: Stack;
  /** The deployment as the stack tells health. */
  readonly expected: Expected;
  readonly trail: CloudTrailClient;
  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly lambda: LambdaClient;
  readonly config: ConfigServiceClient;
  readonly documents: DynamoDBDocumentClient;

  private constructor(launched: Launched, expected: Expected) {
    const { clients } = launched;
    this.launched = launched;
    this.expected = expected;
    this.stack = new Stack(launched);
    this.trail = clients.make(CloudTrailClient);
    this.events = clients.make(EventBridgeClient);
    this.sqs = clients.make(SQSClient);
    this.sns = clients.make(SNSClient);
    this.lambda = clients.make(LambdaClient);
    this.config = clients.make(ConfigServiceClient);
    this.documents = DynamoDBDocumentClient.from(clients.make(DynamoDBClient));
  }

  /** Deploys, and lets health run for three days in which nothing happens. */
  static async open(): Promise<Account> {
    const launched = await launchWorld({
      say: () => undefined,
      settings: { ...SHORT_SETTINGS, operators: OPERATORS, notifyAfter: 'PT0S' },
      // Nothing runs by itself: a run of health in between would send the mail that a test waits for.
      sweepEveryMs: 0,
      schedule: 'rate(1 hour)',
    });
    const account = new Account(launched, parseExpected(await expectedText(launched)));
    await account.stack.survey();
    for (const command of ['pause', 'resume']) {
      await account.command(command);
    }
    await account.remember({ watchingSince: ago(3 * 24 * 60) });
    return account;
  }

  async close(): Promise<void> {
    const { trail, events, sqs, sns, lambda, config, documents } = this;
    for (const client of [trail, events, sqs, sns, lambda, config, documents]) {
      client.destroy();
    }
    await this.launched.stop();
  }

  functionName(name: 'Health' | 'Reconcile' | 'Evaluate' | 'Sweep'): string {
    return this.stack.output(`${name}FunctionName`);
  }

  /** Invokes health as its schedule does. Mails are counted where SNS sends them, so that one too many is always seen. */
  async checkHealth(): Promise<Told> {
    await this.#paced();
    const before = await this.#mailsSent();
    const seen = this.launched.inbox.mails({ recipient: READER }).length;
    const { Payload, FunctionError } = await this.lambda.send(
      new InvokeCommand({ FunctionName: this.functionName('Health') }),
    );
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError !== undefined) {
      throw new Error(`health failed: ${text}`);
    }
    const sent = (await this.#mailsSent()) - before;
    const mails = await this.#arrived(seen + sent);
    return { ...(JSON.parse(text) as Checked), mails: mails.slice(seen) };
  }

  /** Waits while the last second had so many mails that SNS might cut the address off: days are seconds here. */
  async #paced(): Promise<void> {
    while ((await this.#sentAt()).filter((at) => at > Date.now() - 1_000).length > MANY_A_SECOND) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #sentAt(): Promise<readonly number[]> {
    return (await this.launched.sns.of(READER)).sentAt;
  }

  async #mailsSent(): Promise<number> {
    return (await this.#sentAt()).length;
  }

  async #arrived(count: number): Promise<readonly Mail[]> {
    const { inbox } = this.launched;
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
      const mails = inbox.mails({ recipient: READER });
      if (mails.length >= count) {
        return mails;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('a mail that SNS sent did not arrive');
  }

  /** Types a command of an operator, and waits until its mails have arrived. */
  async command(...words: readonly string[]): Promise<void> {
    await this.#paced();
    const { assembly, world } = this.launched;
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const options = ['--stack', assembly.stackName, '--region', world.region, '--reason', 'a drill'];
    vi.stubEnv('AWS_ENDPOINT_URL', this.launched.gatewayUrl);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'operator');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'sandbox');
    const code = await run([...words, ...options], { out: say, err: say }, DOORS).finally(() =>
      vi.unstubAllEnvs(),
    );
    if (code !== 0) {
      throw new Error(`${words.join(' ')} ended with ${code}: ${said.join('\n')}`);
    }
    await this.#arrived(await this.#mailsSent());
  }

  async item(Key: ItemKey): Promise<Item> {
    const { Item = {} } = await this.documents.send(
      new GetCommand({ TableName: this.stack.output('TableName'), Key, ConsistentRead: true }),
    );
    return Item;
  }

  async put(item: Item): Promise<void> {
    await this.documents.send(new PutCommand({ TableName: this.stack.output('TableName'), Item: item }));
  }

  async remove(Key: ItemKey): Promise<void> {
    await this.documents.send(new DeleteCommand({ TableName: this.stack.output('TableName'), Key }));
  }

  /** Changes the memory of health, which is how time passes here. */
  async remember(changed: Partial<HealthState>): Promise<void> {
    const item = await this.item(healthKey(this.stack.account));
    await this.put({ ...item, health: { ...(item.health as HealthState), ...changed } });
  }
}

/** The deployment as health is told it. */
export async function expectedText({ clients, deployed }: Launched): Promise<string> {
  const lambda = clients.make(LambdaClient);
  const { Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: deployed.outputs.HealthFunctionName }),
  );
  lambda.destroy();
  return Environment?.Variables?.EXPECTED ?? '';
}

/** The time this many minutes ago. */
export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}
