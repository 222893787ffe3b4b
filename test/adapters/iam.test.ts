import {
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  IAMClient,
  IAMServiceException,
  ListAccessKeysCommand,
  ListUsersCommand,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { iamReader } from '../../functions/adapters/iam.ts';
import { Unreadable } from '../../functions/app/ports.ts';
import { NEWER, OLDER, USER_ID } from '../fakes/cases.ts';

const iam = mockClient(IAMClient);
const reader = iamReader(new IAMClient({}));
const created = new Date('2026-11-02T10:00:00Z');
const gone = new NoSuchEntityException({ message: 'no such entity', $metadata: { httpStatusCode: 404 } });
const metadata = (id: string, Status: string) => ({
  AccessKeyId: id,
  Status: Status as 'Active',
  CreateDate: created,
});
const listed = (id: string, status: string) => ({ id, status, created: '2026-11-02T10:00:00.000Z' });

function failure(name: string, httpStatusCode: number) {
  return new IAMServiceException({ name, $fault: 'client', $metadata: { httpStatusCode } });
}

beforeEach(() => iam.reset());

describe('a user by name', () => {
  it('has the name as IAM spells it, and the tags', async () => {
    const Tags = [{ Key: 'solekey:exclude', Value: 'true' }];
    iam.on(GetUserCommand, { UserName: 'CI-DEPLOY' }).resolves({
      User: {
        UserId: USER_ID,
        UserName: 'ci-deploy',
        Path: '/svc/',
        Arn: 'arn:aws:iam::123456789012:user/svc/ci-deploy',
        CreateDate: created,
        Tags,
      },
    });
    expect(await reader.user('CI-DEPLOY')).toEqual({
      userId: USER_ID,
      userName: 'ci-deploy',
      path: '/svc/',
      tags: { 'solekey:exclude': 'true' },
    });
  });

  it('is null only when IAM says NoSuchEntity', async () => {
    iam.on(GetUserCommand).rejects(gone);
    expect(await reader.user('ci-deploy')).toBeNull();
  });

  it('an answer without a user is no absence', async () => {
    iam.on(GetUserCommand).resolves({});
    await expect(reader.user('ci-deploy')).rejects.toMatchObject({ why: 'ambiguous' });
  });
});

describe('the keys of a user', () => {
  it('come from all pages', async () => {
    iam
      .on(ListAccessKeysCommand, { UserName: 'ci-deploy' })
      .resolves({ AccessKeyMetadata: [metadata(NEWER, 'Active')], IsTruncated: true, Marker: 'next' })
      .on(ListAccessKeysCommand, { UserName: 'ci-deploy', Marker: 'next' })
      .resolves({ AccessKeyMetadata: [metadata(OLDER, 'Expired')], IsTruncated: false });
    expect(await reader.keys('ci-deploy')).toEqual([listed(NEWER, 'Active'), listed(OLDER, 'Expired')]);
  });

  it('may be none', async () => {
    iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [], IsTruncated: false });
    expect(await reader.keys('ci-deploy')).toEqual([]);
  });

  it('are null when the user is gone', async () => {
    iam.on(ListAccessKeysCommand).rejects(gone);
    expect(await reader.keys('ci-deploy')).toBeNull();
  });

  it.each([
    ['a status of tomorrow', { AccessKeyMetadata: [metadata(NEWER, 'Suspended')] }],
    ['a key without an id', { AccessKeyMetadata: [{ Status: 'Active' as const, CreateDate: created }] }],
    ['a key without an age', { AccessKeyMetadata: [{ AccessKeyId: NEWER, Status: 'Active' as const }] }],
    ['no list at all', { AccessKeyMetadata: undefined }],
    ['a list cut off', { AccessKeyMetadata: [metadata(NEWER, 'Active')], IsTruncated: true }],
  ])('are unreadable with %s', async (_what, answer) => {
    iam.on(ListAccessKeysCommand).resolves(answer);
    await expect(reader.keys('ci-deploy')).rejects.toMatchObject({
      name: 'Unreadable',
      why: 'ambiguous',
      call: 'ListAccessKeys',
    });
  });
});

describe('the last use of a key', () => {
  const lastUse = (AccessKeyLastUsed: object | undefined) => {
    iam
      .on(GetAccessKeyLastUsedCommand, { AccessKeyId: NEWER })
      .resolves({ UserName: 'ci-deploy', AccessKeyLastUsed } as object);
    return reader.lastUsed(NEWER);
  };

  it.each([
    [
      { LastUsedDate: created, ServiceName: 's3', Region: 'eu-west-1' },
      { kind: 'used', at: '2026-11-02T10:00:00.000Z', service: 's3', region: 'eu-west-1' },
    ],
    [{ ServiceName: 'N/A', Region: 'N/A' }, { kind: 'never' }],
    [
      { LastUsedDate: created },
      { kind: 'used', at: '2026-11-02T10:00:00.000Z', service: 'N/A', region: 'N/A' },
    ],
  ])('%j', async (answer, use) => {
    expect(await lastUse(answer)).toEqual(use);
  });

  it('an answer without it is no "never"', async () => {
    await expect(lastUse(undefined)).rejects.toMatchObject({ why: 'ambiguous' });
  });

  it('of a key that vanished since it was listed is unreadable: the listing is out of date', async () => {
    iam.on(GetAccessKeyLastUsedCommand).rejects(gone);
    await expect(reader.lastUsed(NEWER)).rejects.toMatchObject({ why: 'ambiguous' });
  });
});

describe('who owns a key', () => {
  it('is the present name, or nobody', async () => {
    iam
      .on(GetAccessKeyLastUsedCommand, { AccessKeyId: NEWER })
      .resolves({ UserName: 'renamed', AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } })
      .on(GetAccessKeyLastUsedCommand, { AccessKeyId: OLDER })
      .rejects(gone);
    expect(await reader.ownerOf(NEWER)).toBe('renamed');
    expect(await reader.ownerOf(OLDER)).toBeNull();
  });
});

describe('who has a UserId', () => {
  const user = (UserId: string, UserName: string) => ({
    UserId,
    UserName,
    Path: '/',
    Arn: `arn:aws:iam::123456789012:user/${UserName}`,
    CreateDate: created,
  });

  it('is looked for on all pages', async () => {
    iam
      .on(ListUsersCommand, { MaxItems: 1000 })
      .resolves({ Users: [user('AIDAOTHER', 'other')], IsTruncated: true, Marker: 'next' })
      .on(ListUsersCommand, { MaxItems: 1000, Marker: 'next' })
      .resolves({ Users: [user(USER_ID, 'renamed')], IsTruncated: false });
    expect(await reader.nameOf(USER_ID)).toBe('renamed');
    expect(await reader.nameOf('AIDANOBODY')).toBeNull();
  });

  it.each([
    ['no list at all', { Users: undefined }],
    ['a list cut off', { Users: [user('AIDAOTHER', 'other')], IsTruncated: true }],
  ])('%s proves nobody gone', async (_what, answer) => {
    iam.on(ListUsersCommand).resolves(answer);
    await expect(reader.nameOf(USER_ID)).rejects.toMatchObject({ why: 'ambiguous', call: 'ListUsers' });
  });
});

describe('a read that fails says why', () => {
  it.each([
    ['AccessDenied', 403, 'denied'],
    ['AccessDeniedException', 403, 'denied'],
    ['UnauthorizedOperation', 403, 'denied'],
    ['Throttling', 400, 'throttled'],
    ['ThrottlingException', 429, 'throttled'],
    ['TooManyRequestsException', 429, 'throttled'],
    ['RequestLimitExceeded', 503, 'throttled'],
    ['ServiceFailure', 500, 'failed'],
    ['ExpiredToken', 403, 'failed'],
  ])('%s (%i) is %s', async (name, status, why) => {
    iam.onAnyCommand().rejects(failure(name, status));
    const reads = [
      reader.user('ci-deploy'),
      reader.keys('ci-deploy'),
      reader.lastUsed(NEWER),
      reader.ownerOf(NEWER),
      reader.nameOf(USER_ID),
    ];
    for (const read of await Promise.allSettled(reads)) {
      expect(read).toMatchObject({ status: 'rejected', reason: { why } });
      expect(read.status === 'rejected' && read.reason).toBeInstanceOf(Unreadable);
    }
  });

  it('no answer at all is a failure', async () => {
    const timeout = Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    iam.on(GetUserCommand).rejects(timeout);
    await expect(reader.user('ci-deploy')).rejects.toMatchObject({ why: 'failed', call: 'GetUser' });
  });
});
