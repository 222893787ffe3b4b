import {
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListUserTagsCommand,
  TagUserCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../sandbox/world/world.ts';
import { createKey, createUser, iamClient, openWorld, trueUsers } from './world.ts';

let world: World;
let iam: ReturnType<typeof iamClient>;
beforeAll(async () => {
  world = await openWorld();
  iam = iamClient(world);
});
afterAll(() => world?.stop());

const named = (name: string) => expect.objectContaining({ name });

describe('ids', () => {
  it('are upper case: AIDA and 17 for users, AKIA and 16 for keys', async () => {
    expect(await createUser(iam, 'ids')).toMatch(/^AIDA[A-Z0-9]{17}$/);
    expect((await createKey(iam, { UserName: 'ids' })).accessKeyId).toMatch(/^AKIA[A-Z0-9]{16}$/);
  });
});

describe('user names', () => {
  it('fold case in every call', async () => {
    const userId = await createUser(iam, 'Mixed.Case');
    const { accessKeyId } = await createKey(iam, { UserName: 'mixed.case' });
    const { User } = await iam.send(new GetUserCommand({ UserName: 'MIXED.CASE' }));
    expect(User).toMatchObject({ UserName: 'Mixed.Case', UserId: userId });
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: 'mixed.CASE' }));
    expect(AccessKeyMetadata).toMatchObject([
      { UserName: 'Mixed.Case', AccessKeyId: accessKeyId, Status: 'Active' },
    ]);
    await iam.send(
      new UpdateAccessKeyCommand({ UserName: 'MIXED.case', AccessKeyId: accessKeyId, Status: 'Inactive' }),
    );
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'mixed.CASE', AccessKeyId: accessKeyId }));
    await expect(createUser(iam, 'MIXED.case')).rejects.toEqual(named('EntityAlreadyExistsException'));
  });
});

describe('keys', () => {
  it('stop at two, unless the sandbox lifts the quota for one call', async () => {
    await createUser(iam, 'quota');
    await createKey(iam, { UserName: 'quota' });
    await createKey(iam, { UserName: 'quota' });
    await expect(createKey(iam, { UserName: 'quota' })).rejects.toEqual(named('LimitExceededException'));
    await createKey(iamClient(world, {}, { 'x-sandbox-no-quota': '1' }), { UserName: 'quota' });
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: 'quota' }));
    expect(AccessKeyMetadata).toHaveLength(3);
  });

  it('can be old and used from the first moment anybody sees them', async () => {
    await createUser(iam, 'dated');
    const dated = iamClient(
      world,
      {},
      {
        'x-sandbox-created': '2026-01-02T03:04:05Z',
        'x-sandbox-last-used-at': '2026-06-01T00:00:00Z',
        'x-sandbox-last-used-service': 'dynamodb',
        'x-sandbox-last-used-region': 'eu-west-1',
      },
    );
    const { accessKeyId } = await createKey(dated, { UserName: 'dated' });
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: 'dated' }));
    expect(AccessKeyMetadata?.[0]?.CreateDate).toEqual(new Date('2026-01-02T03:04:05Z'));
    const { AccessKeyLastUsed } = await iam.send(
      new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }),
    );
    expect(AccessKeyLastUsed).toEqual({
      LastUsedDate: new Date('2026-06-01T00:00:00Z'),
      ServiceName: 'dynamodb',
      Region: 'eu-west-1',
    });
  });

  it('can be dated anew, and made never used again', async () => {
    await createUser(iam, 'redated');
    const { accessKeyId } = await createKey(iam, { UserName: 'redated' });
    const set = (wish: object) =>
      fetch(`${world.emulators.motoUrl}/sandbox/key`, {
        method: 'POST',
        body: JSON.stringify({ accessKeyId, ...wish }),
      });
    const lastUsed = { at: '2026-03-01T10:00:00Z', service: 's3', region: 'us-east-1' };
    await set({ created: '2025-01-01T00:00:00Z', lastUsed });
    const used = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }));
    expect(used.AccessKeyLastUsed?.LastUsedDate).toEqual(new Date(lastUsed.at));
    await set({ lastUsed: null });
    const unused = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }));
    expect(unused.AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
    expect(
      (await fetch(`${world.emulators.motoUrl}/sandbox/key`, { method: 'POST', body: '{}' })).status,
    ).toBe(400);
  });

  it('never used have no date, and N/A for service and region', async () => {
    await createUser(iam, 'unused');
    const { accessKeyId } = await createKey(iam, { UserName: 'unused' });
    const answer = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }));
    expect(answer.UserName).toBe('unused');
    expect(answer.AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
  });

  it('belong to one user: naming another one is NoSuchEntity and changes nothing', async () => {
    await createUser(iam, 'owner');
    await createUser(iam, 'stranger');
    const { accessKeyId } = await createKey(iam, { UserName: 'owner' });
    const wrong = { UserName: 'stranger', AccessKeyId: accessKeyId };
    await expect(iam.send(new UpdateAccessKeyCommand({ ...wrong, Status: 'Inactive' }))).rejects.toEqual(
      named('NoSuchEntityException'),
    );
    await expect(iam.send(new DeleteAccessKeyCommand(wrong))).rejects.toEqual(named('NoSuchEntityException'));
    const owner = (await trueUsers(world)).find((user) => user.userName === 'owner');
    expect(owner?.keys).toMatchObject([{ accessKeyId, status: 'Active' }]);
  });

  it('know the statuses Active and Inactive', async () => {
    await createUser(iam, 'status');
    const { accessKeyId } = await createKey(iam, { UserName: 'status' });
    const set = (Status: string) =>
      iam.send(
        new UpdateAccessKeyCommand({
          UserName: 'status',
          AccessKeyId: accessKeyId,
          Status: Status as 'Active',
        }),
      );
    await expect(set('inactive')).rejects.toMatchObject({ name: 'ValidationError' });
    await Promise.all([set('Inactive'), set('Inactive')]);
  });
});

describe('a deactivated key', () => {
  it('signs nothing any more, and works again when reactivated', async () => {
    await createUser(iam, 'dormant');
    const own = await createKey(iam, { UserName: 'dormant' });
    const dormant = iamClient(world, { credentials: own });
    const set = (Status: 'Active' | 'Inactive') =>
      iam.send(new UpdateAccessKeyCommand({ UserName: 'dormant', AccessKeyId: own.accessKeyId, Status }));
    await set('Inactive');
    await expect(dormant.send(new GetUserCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    await set('Active');
    expect((await dormant.send(new GetUserCommand({}))).User?.UserName).toBe('dormant');
  });
});

describe('missing things', () => {
  it('are NoSuchEntity', async () => {
    const missing = named('NoSuchEntityException');
    await createUser(iam, 'keyless');
    const noKey = { UserName: 'keyless', AccessKeyId: 'AKIAAAAAAAAAAAAAAAAA' };
    await expect(iam.send(new GetUserCommand({ UserName: 'nobody' }))).rejects.toEqual(missing);
    await expect(iam.send(new ListAccessKeysCommand({ UserName: 'nobody' }))).rejects.toEqual(missing);
    await expect(createKey(iam, { UserName: 'nobody' })).rejects.toEqual(missing);
    await expect(iam.send(new DeleteUserCommand({ UserName: 'nobody' }))).rejects.toEqual(missing);
    await expect(iam.send(new UpdateUserCommand({ UserName: 'nobody', NewUserName: 'x' }))).rejects.toEqual(
      missing,
    );
    await expect(iam.send(new DeleteAccessKeyCommand(noKey))).rejects.toEqual(missing);
    await expect(iam.send(new UpdateAccessKeyCommand({ ...noKey, Status: 'Active' }))).rejects.toEqual(
      missing,
    );
    await expect(
      iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: noKey.AccessKeyId })),
    ).rejects.toEqual(missing);
  });
});

describe('users', () => {
  it('with keys cannot be deleted', async () => {
    const first = await createUser(iam, 'leaver');
    const { accessKeyId } = await createKey(iam, { UserName: 'leaver' });
    await expect(iam.send(new DeleteUserCommand({ UserName: 'leaver' }))).rejects.toEqual(
      named('DeleteConflictException'),
    );
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'leaver', AccessKeyId: accessKeyId }));
    await iam.send(new DeleteUserCommand({ UserName: 'leaver' }));
    expect(await createUser(iam, 'leaver')).not.toBe(first);
  });

  it('keep keys, tags and id when renamed', async () => {
    const userId = await createUser(iam, 'before', { team: 'payments' });
    const { accessKeyId } = await createKey(iam, { UserName: 'before' });
    await iam.send(new UpdateUserCommand({ UserName: 'before', NewUserName: 'After' }));
    await expect(iam.send(new GetUserCommand({ UserName: 'before' }))).rejects.toEqual(
      named('NoSuchEntityException'),
    );
    const { User } = await iam.send(new GetUserCommand({ UserName: 'After' }));
    expect(User).toMatchObject({ UserId: userId, Tags: [{ Key: 'team', Value: 'payments' }] });
    const owner = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }));
    expect(owner.UserName).toBe('After');
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'After', AccessKeyId: accessKeyId }));
    await expect(
      iam.send(new DeleteAccessKeyCommand({ UserName: 'After', AccessKeyId: accessKeyId })),
    ).rejects.toEqual(named('NoSuchEntityException'));
    await iam.send(new UpdateUserCommand({ UserName: 'After', NewUserName: 'AFTER' }));
    await createUser(iam, 'taken');
    await expect(
      iam.send(new UpdateUserCommand({ UserName: 'taken', NewUserName: 'after' })),
    ).rejects.toEqual(named('EntityAlreadyExistsException'));
  });

  it('have tags, also later ones', async () => {
    await createUser(iam, 'tagged', { a: '1' });
    await iam.send(
      new TagUserCommand({ UserName: 'tagged', Tags: [{ Key: 'solekey:exclude', Value: 'true' }] }),
    );
    const tags = [
      { Key: 'a', Value: '1' },
      { Key: 'solekey:exclude', Value: 'true' },
    ];
    expect((await iam.send(new GetUserCommand({ UserName: 'tagged' }))).User?.Tags).toEqual(tags);
    expect((await iam.send(new ListUserTagsCommand({ UserName: 'tagged' }))).Tags).toEqual(tags);
  });
});

describe('calls without a user name', () => {
  it('are about the caller', async () => {
    await createUser(iam, 'self');
    await createUser(iam, 'other');
    const own = await createKey(iam, { UserName: 'self' });
    const others = await createKey(iam, { UserName: 'other' });
    const self = iamClient(world, { credentials: own });
    const second = await createKey(self, {});
    expect((await self.send(new GetUserCommand({}))).User?.UserName).toBe('self');
    expect((await self.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toHaveLength(2);
    await self.send(new UpdateAccessKeyCommand({ AccessKeyId: second.accessKeyId, Status: 'Inactive' }));
    await expect(
      self.send(new UpdateAccessKeyCommand({ AccessKeyId: others.accessKeyId, Status: 'Inactive' })),
    ).rejects.toEqual(named('NoSuchEntityException'));
    await self.send(new DeleteAccessKeyCommand({ AccessKeyId: second.accessKeyId }));
  });

  it('need a caller who is a user', async () => {
    await expect(createKey(iam, {})).rejects.toMatchObject({ name: 'ValidationError' });
  });
});
