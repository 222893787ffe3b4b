import { createRequire } from 'node:module';
import { IAMClient, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { GenerateMacCommand, KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** A function that deployed.test.ts deploys: it looks around, calls what Solekey calls, and fails on demand. */
interface Event {
  readonly op?: 'environment' | 'calls';
  readonly Records?: readonly { readonly messageId: string; readonly body: string }[];
}

const { WAKES, KEY } = process.env;

export const handler = async (event: Event): Promise<object> => {
  if (event.Records) {
    const failed = event.Records.filter((record) => record.body.includes('poison'));
    return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };
  }
  return event.op === 'environment' ? environment() : calls();
};

/** Packages of the repository must be as far away as they are in AWS. */
function environment(): object {
  const find = createRequire(`${process.cwd()}/index.js`);
  const found = ['@aws-sdk/client-iam', 'zod', 'hono'].filter((name) => {
    try {
      return find.resolve(name) !== '';
    } catch {
      return false;
    }
  });
  return { env: process.env, node: process.version, found, flags: process.execArgv };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

async function calls(): Promise<object> {
  const kms = new KMSClient({});
  const mac = { KeyId: KEY, MacAlgorithm: 'HMAC_SHA_256' } as const;
  const { Mac } = await kms.send(new GenerateMacCommand({ ...mac, Message: Buffer.from('link') }));
  const verify = (text: string) =>
    kms.send(new VerifyMacCommand({ ...mac, Mac, Message: Buffer.from(text) }));
  const good = await verify('link');
  const forged = await verify('forged').then(() => 'accepted', nameOf);
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: WAKES, MessageBody: '{"hello":"wakes"}' }));
  const iam = new IAMClient({});
  const update = new UpdateAccessKeyCommand({
    UserName: 'nobody',
    AccessKeyId: 'AKIAAAAAAAAAAAAAAAAA',
    Status: 'Inactive',
  });
  return { mac: good.MacValid, forged, iam: await iam.send(update).then(() => 'done', nameOf) };
}
