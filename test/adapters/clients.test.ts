import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import {
  configClient,
  configStartClient,
  documentClient,
  dynamoClient,
  eventBridgeClient,
  iamReadClient,
  iamWriteClient,
  kmsClient,
  lambdaClient,
  snsClient,
  sqsClient,
  trailClient,
} from '../../functions/adapters/clients.ts';
import { iamReader, iamWriter } from '../../functions/adapters/iam.ts';
import { Unreadable } from '../../functions/app/ports.ts';
import { OLDER } from '../fakes/cases.ts';

process.env.AWS_REGION = 'us-east-1';
process.env.AWS_ACCESS_KEY_ID = 'test';
process.env.AWS_SECRET_ACCESS_KEY = 'test';

describe('clients', () => {
  it.each([
    ['DynamoDB', dynamoClient],
    ['IAM for reading', iamReadClient],
    ['IAM for writing', iamWriteClient],
    ['KMS', kmsClient],
    ['SNS', snsClient],
    ['SQS', sqsClient],
    ['AWS Config', () => configClient('eu-west-1')],
    ['EventBridge', eventBridgeClient],
    ['Lambda', lambdaClient],
    ['CloudTrail for trails', trailClient],
    ['AWS Config for starting the rule', configStartClient],
  ])('%s: a call without an answer ends in an error, not in a warning', async (_name, make) => {
    const { requestHandler } = make().config;
    const settings = await (requestHandler as unknown as { readonly configProvider: Promise<object> })
      .configProvider;
    expect(settings).toMatchObject({
      connectionTimeout: 2000,
      requestTimeout: 5000,
      throwOnRequestTimeout: true,
    });
  });

  it('AWS Config: a start of the rule is asked for once, for its "once a minute" would be tried again in vain', async () => {
    expect(await configStartClient().config.maxAttempts()).toBe(1);
    expect(await configClient().config.maxAttempts()).toBe(3);
  });

  it('IAM: reads slow down and are repeated, writes are tried once', async () => {
    expect(await iamReadClient().config.maxAttempts()).toBe(4);
    expect(await iamWriteClient().config.maxAttempts()).toBe(1);
    const { retryMode } = iamReadClient().config;
    expect(typeof retryMode === 'function' ? await retryMode() : retryMode).toBe('adaptive');
  });

  it('documents may leave optional fields undefined', async () => {
    const documents = documentClient(new DynamoDBClient({ region: 'us-east-1' }));
    expect(documents).toBeInstanceOf(DynamoDBDocumentClient);
    let sent: unknown;
    documents.middlewareStack.add(
      () => async (args) => {
        sent = args.input;
        return { output: { $metadata: {} }, response: {} };
      },
      { step: 'build' },
    );
    await documents.send(new PutCommand({ TableName: 't', Item: { pk: 'a', due: undefined } }));
    expect(sent).toMatchObject({ Item: { pk: { S: 'a' } } });
  });
});

describe('IAM over the wire', () => {
  afterEach(() => {
    delete process.env.AWS_ENDPOINT_URL;
  });

  /** Runs some calls against an IAM of our own, and returns how many requests it got. */
  async function requestsTo(answer: number | 'never', calls: () => Promise<void>): Promise<number> {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests += 1;
      if (answer !== 'never') {
        response.writeHead(answer).end();
      }
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${port}`;
    try {
      await calls();
    } finally {
      server.closeAllConnections();
      server.close();
    }
    return requests;
  }

  it('a write is tried exactly once', async () => {
    const requests = await requestsTo(503, async () => {
      expect(await iamWriter(iamWriteClient()).remove('ci-deploy', OLDER)).toEqual({ outcome: 'unknown' });
    });
    expect(requests).toBe(1);
  });

  it('a write without an answer ends after five seconds, unknown and not repeated', async () => {
    const began = Date.now();
    const requests = await requestsTo('never', async () => {
      expect(await iamWriter(iamWriteClient()).setStatus('ci-deploy', OLDER, 'Inactive')).toEqual({
        outcome: 'unknown',
      });
    });
    expect(requests).toBe(1);
    expect(Date.now() - began).toBeGreaterThan(4_500);
    expect(Date.now() - began).toBeLessThan(8_000);
  });

  it('a read is tried again, because reading is harmless', async () => {
    const requests = await requestsTo(503, async () => {
      await expect(iamReader(iamReadClient()).user('ci-deploy')).rejects.toBeInstanceOf(Unreadable);
    });
    expect(requests).toBe(4);
  });
});
