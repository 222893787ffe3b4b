import { GetObjectCommand, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { reportReader } from '../../functions/adapters/report-reader.ts';
import { SignOffUnreadable } from '../../functions/app/report-ports.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { aReport } from '../fakes/report.ts';
import { aSignOffFile } from '../fakes/sign-offs.ts';

const mock = mockClient(S3Client);
const s3 = new S3Client({ region: 'us-east-1' });
const { latest, signOff } = reportReader(s3, 'records-bucket');
/** The only part of a body that is used. */
const stored = (text: string) =>
  mock
    .on(GetObjectCommand)
    .resolves({ Body: { transformToByteArray: async () => Buffer.from(text) } as never });

function refused(httpStatusCode: number): S3ServiceException {
  return new S3ServiceException({ name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode } });
}

beforeEach(() => mock.reset());

describe('the report in the records bucket', () => {
  it('is read, and unknown fields of a newer release are left out', async () => {
    const text = JSON.stringify({ ...aReport(), further: true });
    stored(text);
    expect(await latest()).toEqual({ report: aReport(), sha256: sha256(text) });
    const [
      {
        args: [{ input }],
      } = { args: [{ input: {} }] },
    ] = mock.commandCalls(GetObjectCommand);
    expect(input).toEqual({ Bucket: 'records-bucket', Key: 'reports/latest.json' });
  });

  it.each(['{', JSON.stringify({ ...aReport(), rows: [{ userName: 'x' }] })])(
    'is none if it cannot be read: %.20s',
    async (text) => {
      stored(text);
      expect(await latest()).toBeNull();
    },
  );

  it('is none before the first one, whether S3 says so or refuses to, and in a deployment without records', async () => {
    mock.on(GetObjectCommand).rejects(new NoSuchKey({ $metadata: {}, message: 'none' }));
    expect(await latest()).toBeNull();
    mock.on(GetObjectCommand).rejects(refused(403));
    expect(await latest()).toBeNull();
    expect(await reportReader(s3, undefined).latest()).toBeNull();
  });

  it('fails where S3 does', async () => {
    mock.on(GetObjectCommand).rejects(refused(503));
    await expect(latest()).rejects.toThrow();
    mock.on(GetObjectCommand).rejects(new Error('timeout'));
    await expect(latest()).rejects.toThrow('timeout');
  });
});

describe('the state of sign-offs in the records bucket', () => {
  it('is read, and unknown fields of a newer release are left out', async () => {
    stored(JSON.stringify({ ...aSignOffFile(), further: true }));
    expect(await signOff()).toEqual(aSignOffFile());
  });

  it('is none before the first one', async () => {
    mock.on(GetObjectCommand).rejects(new NoSuchKey({ $metadata: {}, message: 'none' }));
    expect(await signOff()).toBeNull();
  });

  it.each([
    ['cut off', '{"schema":1,'],
    ['of a layout that only a newer release knows', JSON.stringify({ ...aSignOffFile(), schema: 2 })],
  ])('fails if it is %s', async (_what, text) => {
    stored(text);
    await expect(signOff()).rejects.toThrow(SignOffUnreadable);
  });
});
