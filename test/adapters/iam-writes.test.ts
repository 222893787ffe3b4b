import {
  DeleteAccessKeyCommand,
  IAMClient,
  IAMServiceException,
  NoSuchEntityException,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { iamWriter } from '../../functions/adapters/iam.ts';
import { OLDER } from '../fakes/cases.ts';

const target = { UserName: 'ci-deploy', AccessKeyId: OLDER };

describe('what IAM answered', () => {
  const iam = mockClient(IAMClient);
  const writer = iamWriter(new IAMClient({}));
  afterEach(() => iam.reset());

  it('a write that IAM accepted is done, with exactly the name, key and status given', async () => {
    iam.onAnyCommand().resolves({});
    expect(await writer.setStatus('ci-deploy', OLDER, 'Inactive')).toEqual({ outcome: 'done' });
    expect(await writer.setStatus('ci-deploy', OLDER, 'Active')).toEqual({ outcome: 'done' });
    expect(await writer.remove('ci-deploy', OLDER)).toEqual({ outcome: 'done' });
    expect(iam.commandCalls(UpdateAccessKeyCommand).map((call) => call.args[0].input)).toEqual([
      { ...target, Status: 'Inactive' },
      { ...target, Status: 'Active' },
    ]);
    expect(iam.commandCalls(DeleteAccessKeyCommand).map((call) => call.args[0].input)).toEqual([target]);
  });

  const answered = (name: string, httpStatusCode?: number) =>
    new IAMServiceException({
      name,
      $fault: 'client',
      $metadata: { requestId: 'r-1', ...(httpStatusCode === undefined ? {} : { httpStatusCode }) },
    });

  it.each([
    ['no such key', new NoSuchEntityException({ message: '', $metadata: { httpStatusCode: 404 } }), 'absent'],
    ['denied', answered('AccessDenied', 403), 'refused'],
    ['throttled', answered('Throttling', 400), 'throttled'],
    ['a conflict', answered('ConcurrentModification', 409), 'refused'],
    ['a failure of theirs', answered('ServiceFailure', 500), 'unknown'],
    ['not available', answered('ServiceUnavailable', 503), 'unknown'],
    ['an error without a status', answered('Whatever'), 'unknown'],
    ['a timeout', Object.assign(new Error('too late'), { name: 'TimeoutError' }), 'unknown'],
    ['a broken connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' }), 'unknown'],
  ])('%s', async (_what, error, outcome) => {
    iam.onAnyCommand().rejects(error);
    expect((await writer.setStatus('ci-deploy', OLDER, 'Inactive')).outcome).toBe(outcome);
    expect((await writer.remove('ci-deploy', OLDER)).outcome).toBe(outcome);
  });

  it('a refusal says by which code and request id AWS knows it', async () => {
    iam.onAnyCommand().rejects(answered('AccessDenied', 403));
    const refused = { outcome: 'refused', error: { code: 'AccessDenied', requestId: 'r-1' } };
    expect(await writer.remove('ci-deploy', OLDER)).toEqual(refused);
  });

  it('an answer without a request id, and with a name that no error of IAM has, is kept in short', async () => {
    iam.onAnyCommand().rejects(
      new IAMServiceException({
        name: 'X'.repeat(300),
        $fault: 'client',
        $metadata: { httpStatusCode: 400 },
      }),
    );
    const refused = { outcome: 'refused', error: { code: 'X'.repeat(100), requestId: null } };
    expect(await writer.remove('ci-deploy', OLDER)).toEqual(refused);
  });
});
