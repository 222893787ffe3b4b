import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { orderReader } from '../../functions/adapters/order-reader.ts';
import { NOW } from '../fakes/cases.ts';

const mock = mockClient(S3Client);
const s3 = new S3Client({ region: 'us-east-1' });
const { order } = orderReader(s3, 'records-bucket');
const stored = (text: string) => mock.on(GetObjectCommand).resolves({ Body: textBody(text) as never });
/** The only part of a body that is used. */
const textBody = (text: string) => ({ transformToByteArray: async () => Buffer.from(text) });

beforeEach(() => mock.reset());

describe('the order in the records bucket', () => {
  it.each([['AIDA1'], 'everybody'] as const)('is read: %s', async (users) => {
    stored(JSON.stringify({ schema: 1, at: NOW, users, further: true }));
    expect(await order()).toEqual({ schema: 1, at: NOW, users });
    const [
      {
        args: [{ input }],
      } = { args: [{ input: {} }] },
    ] = mock.commandCalls(GetObjectCommand);
    expect(input).toEqual({ Bucket: 'records-bucket', Key: 'orders/live.json' });
  });

  it.each(['{', '{}', '{"schema":1,"at":"soon","users":[]}', '{"schema":1,"users":"all"}'])(
    'is none if it cannot be read: %s',
    async (text) => {
      stored(text);
      expect(await order()).toBeNull();
    },
  );

  it('is none before the first one, and in a deployment without records', async () => {
    mock.on(GetObjectCommand).rejects(new NoSuchKey({ $metadata: {}, message: 'none' }));
    expect(await order()).toBeNull();
    expect(await orderReader(s3, undefined).order()).toBeNull();
  });

  it('fails if the bucket refuses', async () => {
    mock.on(GetObjectCommand).rejects(new Error('AccessDenied'));
    await expect(order()).rejects.toThrow('AccessDenied');
  });
});
