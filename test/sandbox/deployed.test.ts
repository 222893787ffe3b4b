import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFree } from '../../sandbox/world/ports.ts';
import type { World } from '../../sandbox/world/world.ts';
import { ADMIN, createKey, createUser, iamClient, openWorld } from './world.ts';
import { zipOf } from './zip.ts';

let world: World;
let lambda: LambdaClient;
let sqs: SQSClient;
let sns: SNSClient;
let outputs: Readonly<Record<string, string>>;

/** What the product's template has at its heart: a rule, its queue with a dead-letter queue, a topic, an HMAC key. */
const TEMPLATE = {
  Resources: {
    Dead: { Type: 'AWS::SQS::Queue' },
    Wakes: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 1,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 2 },
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: {
          source: ['aws.iam'],
          'detail-type': ['AWS API Call via CloudTrail'],
          detail: { eventName: ['CreateAccessKey'], errorCode: [{ exists: false }] },
        },
        Targets: [{ Id: 'wakes', Arn: { 'Fn::GetAtt': ['Wakes', 'Arn'] } }],
      },
    },
    Topic: { Type: 'AWS::SNS::Topic' },
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC', KeyPolicy: {} },
    },
  },
  Outputs: {
    Dead: { Value: { Ref: 'Dead' } },
    Wakes: { Value: { Ref: 'Wakes' } },
    WakesArn: { Value: { 'Fn::GetAtt': ['Wakes', 'Arn'] } },
    Topic: { Value: { Ref: 'Topic' } },
    Key: { Value: { Ref: 'Key' } },
  },
};

beforeAll(async () => {
  world = await openWorld({ env: { FROM_THE_WORLD: 'yes' } });
  const config = { region: world.region, endpoint: world.gateway.url, credentials: ADMIN };
  lambda = new LambdaClient(config);
  sqs = new SQSClient(config);
  sns = new SNSClient(config);
  const cfn = new CloudFormationClient(config);
  await cfn.send(new CreateStackCommand({ StackName: 'heart', TemplateBody: JSON.stringify(TEMPLATE) }));
  const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName: 'heart' }));
  expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
  outputs = Object.fromEntries(
    Stacks?.[0]?.Outputs?.map((o) => [o.OutputKey ?? '', o.OutputValue ?? '']) ?? [],
  );

  const entry = fileURLToPath(new URL('probe-function.ts', import.meta.url));
  const built = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
  });
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'probe',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${world.account}:role/probe-role`,
      Timeout: 10,
      MemorySize: 256,
      Environment: { Variables: { WAKES: outputs.Wakes ?? '', KEY: outputs.Key ?? '' } },
      Code: { ZipFile: zipOf('index.js', built.outputFiles[0]?.text ?? '') },
    }),
  );
});
afterAll(() => world?.stop());

async function invoke(payload: object): Promise<Record<string, unknown>> {
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: 'probe', Payload: JSON.stringify(payload) }),
  );
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as Record<string, unknown>;
}

/** Waits for a message on a queue, as JSON. */
async function message(queue: string | undefined, withinMs: number): Promise<unknown> {
  for (const end = Date.now() + withinMs; Date.now() < end; ) {
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, WaitTimeSeconds: 1 }));
    if (Messages?.[0]?.Body) {
      return JSON.parse(Messages[0].Body);
    }
  }
  return undefined;
}

describe('a deployed function', () => {
  it('runs on this Node, in a clean environment, with nothing but its bundle', async () => {
    process.env.SECRET_OF_THE_HOST = 'must not leak';
    const { env, node, found, flags } = await invoke({ op: 'environment' });
    expect(node).toBe(process.version);
    expect(env).toMatchObject({
      FROM_THE_WORLD: 'yes',
      AWS_REGION: world.region,
      AWS_ENDPOINT_URL: world.gateway.url,
    });
    const host = [
      'SECRET_OF_THE_HOST',
      'VITEST',
      'AWS_PROFILE',
      'PIP_CERT',
      'npm_config_cache',
      'NODE_OPTIONS',
    ];
    expect(Object.keys(env as object).filter((name) => host.includes(name))).toEqual([]);
    expect(found).toEqual([]);
    expect(flags).toEqual(['--max-semi-space-size=12', '--max-old-space-size=231']);
    const config = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'probe' }));
    expect(config.Runtime).toBe('nodejs24.x');
  });

  it('is counted by name in every service it calls, and shows as its role in CloudTrail', async () => {
    world.gateway.counts.reset();
    expect(await invoke({ op: 'calls' })).toEqual({
      mac: true,
      forged: 'KMSInvalidMacException',
      iam: 'NoSuchEntityException',
    });
    expect(world.gateway.counts.snapshot({ caller: 'probe' })).toEqual({
      'kms:GenerateMac': { ok: 1 },
      'kms:VerifyMac': { ok: 1, KMSInvalidMacException: 1 },
      'sqs:SendMessage': { ok: 1 },
      'iam:UpdateAccessKey': { NoSuchEntity: 1 },
    });
    // The same, as the emulators counted it at their own ports.
    const seen = (await world.emulators.seen()).filter(({ caller }) => caller === 'probe');
    expect(Object.fromEntries(seen.map(({ service, count }) => [service, count]))).toEqual({
      kms: 3,
      sqs: 1,
      iam: 1,
    });
    expect(world.gateway.trail.records().at(-1)).toMatchObject({
      eventName: 'UpdateAccessKey',
      errorCode: 'NoSuchEntityException',
      userIdentity: {
        type: 'AssumedRole',
        principalId: expect.stringMatching(/:probe$/),
        sessionContext: { sessionIssuer: { userName: 'probe-role' } },
      },
    });
    expect(await message(outputs.Wakes, 3_000)).toEqual({ hello: 'wakes' });
  });
});

describe('events', () => {
  it('reach a function through rule, queue and mapping; a reported failure is redriven and then dead', async () => {
    await createUser(iamClient(world), 'eventful');
    await createKey(iamClient(world), { UserName: 'eventful' });
    expect(await message(outputs.Wakes, 3_000)).toMatchObject({
      detail: { requestParameters: { userName: 'eventful' } },
    });
    await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'probe',
        EventSourceArn: outputs.WakesArn,
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    );
    for (const name of ['good', 'poison']) {
      await sqs.send(
        new SendMessageCommand({ QueueUrl: outputs.Wakes, MessageBody: JSON.stringify({ name }) }),
      );
    }
    expect(await message(outputs.Dead, 10_000)).toEqual({ name: 'poison' });
    expect(await message(outputs.Dead, 500)).toBeUndefined();
  });
});

describe('SNS over http', () => {
  let inbox: Server;
  afterAll(() => inbox?.close());

  it('confirms, and delivers only what the filter policy lets through', async () => {
    const posted: { readonly Type: string; readonly Message: string; readonly SubscribeURL: string }[] = [];
    inbox = createServer(async (incoming, outgoing) => {
      let body = '';
      for await (const chunk of incoming) {
        body += String(chunk);
      }
      posted.push(JSON.parse(body));
      outgoing.end();
    });
    let port = 32_100;
    while (!(await isFree(port))) {
      port += 1;
    }
    await new Promise<void>((resolve) => inbox.listen(port, '127.0.0.1', resolve));
    await sns.send(
      new SubscribeCommand({
        TopicArn: outputs.Topic,
        Protocol: 'http',
        Endpoint: `http://127.0.0.1:${port}/inbox`,
        Attributes: { FilterPolicy: JSON.stringify({ recipient: ['ana'] }) },
      }),
    );
    await expect.poll(() => posted.length, { timeout: 15_000 }).toBe(1);
    const link = posted[0]?.SubscribeURL ?? '';
    expect(link).toContain(world.gateway.url);
    expect((await fetch(link)).status).toBe(200);
    for (const recipient of ['bob', 'ana']) {
      const MessageAttributes = { recipient: { DataType: 'String', StringValue: recipient } };
      await sns.send(
        new PublishCommand({ TopicArn: outputs.Topic, Message: `to ${recipient}`, MessageAttributes }),
      );
    }
    await expect
      .poll(() => posted.map((post) => post.Message).slice(1), { timeout: 15_000 })
      .toEqual(['to ana']);
  });
});
