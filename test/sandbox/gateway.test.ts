import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  ListAccessKeysCommand,
  ListUsersCommand,
  paginateListUsers,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../sandbox/world/world.ts';
import { ADMIN, createKey, createUser, iamClient, openWorld } from './world.ts';

let world: World;
let iam: ReturnType<typeof iamClient>;
beforeAll(async () => {
  world = await openWorld();
  iam = iamClient(world);
});
afterAll(() => world?.stop());
afterEach(() => world.gateway.faults.clear());

describe('paging', () => {
  it('cuts lists at MaxItems, shows everybody once, and survives a deletion between pages', async () => {
    const names = Array.from({ length: 7 }, (_, at) => `page-${at}`);
    await Promise.all(names.map((name) => createUser(iam, name)));
    const first = await iam.send(new ListUsersCommand({ MaxItems: 3 }));
    expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) });
    expect(first.Users).toHaveLength(3);
    expect(first.Users?.[0]).not.toHaveProperty('Tags');
    const seen: string[] = [];
    for await (const page of paginateListUsers({ client: iam, pageSize: 2 }, {})) {
      seen.push(...(page.Users ?? []).map((user) => user.UserName ?? ''));
    }
    expect(seen.filter((name) => name.startsWith('page-'))).toEqual(names);
    const last = first.Users?.at(-1)?.UserName ?? '';
    await iam.send(new DeleteUserCommand({ UserName: last }));
    const second = await iam.send(new ListUsersCommand({ MaxItems: 3, Marker: first.Marker }));
    const next = seen[seen.indexOf(last) + 1];
    expect(second.Users?.[0]?.UserName).toBe(next);
    const whole = await iam.send(new ListUsersCommand({}));
    expect(whole.IsTruncated).toBe(false);
    expect(whole.Marker).toBeUndefined();
  });

  it('covers keys and account details, and can be made short', async () => {
    const quotaless = iamClient(world, {}, { 'x-sandbox-no-quota': '1' });
    await createUser(iam, 'many-keys', { team: 'a' });
    for (let made = 0; made < 3; made += 1) {
      await createKey(quotaless, { UserName: 'many-keys' });
    }
    world.gateway.faults.shortenPages(2);
    const first = await iam.send(new ListAccessKeysCommand({ UserName: 'many-keys' }));
    const rest = await iam.send(new ListAccessKeysCommand({ UserName: 'many-keys', Marker: first.Marker }));
    expect([first.AccessKeyMetadata?.length, rest.AccessKeyMetadata?.length, rest.IsTruncated]).toEqual([
      2,
      1,
      false,
    ]);
    const details = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['User'] }));
    expect(details).toMatchObject({ IsTruncated: true, UserDetailList: { length: 2 } });
    world.gateway.faults.shortenPages(undefined);
    const all = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['User'] }));
    expect(all.UserDetailList).toContainEqual(
      expect.objectContaining({ UserName: 'many-keys', Tags: [{ Key: 'team', Value: 'a' }] }),
    );
  });

  it('refuses markers it did not give, and sizes out of range', async () => {
    const invalid = { name: 'ValidationError' };
    await expect(iam.send(new ListUsersCommand({ Marker: 'bm9uc2Vuc2U' }))).rejects.toMatchObject(invalid);
    await expect(iam.send(new ListUsersCommand({ MaxItems: 1001 }))).rejects.toMatchObject(invalid);
    await expect(iam.send(new ListUsersCommand({ MaxItems: 0 }))).rejects.toMatchObject(invalid);
  });
});

describe('counts', () => {
  it('are held against those of the emulators, where a call past the gateway shows', async () => {
    const at = async (name: string) =>
      (await world.emulators.seen()).find(({ caller, service }) => caller === name && service === 'iam')
        ?.count;
    const past = { credentials: { ...ADMIN, accessKeyId: 'past' }, endpoint: world.emulators.motoUrl };
    await iamClient(world, past).send(new ListUsersCommand({}));
    await iamClient(world, { ...past, endpoint: world.gateway.url }).send(new ListUsersCommand({}));
    expect([await at('past'), world.gateway.counts.count({ caller: 'past' })]).toEqual([2, 1]);
  });

  it('tell service, action, caller and outcome, for IAM and for what is passed through', async () => {
    const { counts, url } = world.gateway;
    counts.reset();
    const db = new DynamoDBClient({
      region: world.region,
      endpoint: url,
      credentials: ADMIN,
      maxAttempts: 1,
    });
    await db.send(
      new CreateTableCommand({
        TableName: 'counted',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      }),
    );
    const get = (TableName: string) => db.send(new GetItemCommand({ TableName, Key: { pk: { S: 'x' } } }));
    await get('counted');
    await expect(get('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(createKey(iam, { UserName: 'nobody' })).rejects.toThrow();
    const sts = new STSClient({ region: world.region, endpoint: url, credentials: ADMIN });
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(world.account);
    expect(counts.snapshot()).toEqual({
      'dynamodb:CreateTable': { ok: 1 },
      'dynamodb:GetItem': { ok: 1, ResourceNotFoundException: 1 },
      'iam:CreateAccessKey': { NoSuchEntity: 1 },
      'sts:GetCallerIdentity': { ok: 1 },
    });
    expect(counts.count({ caller: ADMIN.accessKeyId, action: 'GetItem', outcome: 'ok' })).toBe(1);
  });
});

describe('faults', () => {
  it('throttle: the next n calls of an action have no effect', async () => {
    await createUser(iam, 'throttled');
    world.gateway.faults.throttle({ service: 'iam', action: 'CreateAccessKey' }, 2);
    const throttled = { name: 'Throttling', message: 'Rate exceeded' };
    await expect(createKey(iam, { UserName: 'throttled' })).rejects.toMatchObject(throttled);
    const patient = iamClient(world, { maxAttempts: 3 });
    expect((await createKey(patient, { UserName: 'throttled' })).accessKeyId).toMatch(/^AKIA/);
  });

  it('refuse: with any code, also for services behind the proxy', async () => {
    const { faults, url } = world.gateway;
    faults.refuse({ service: 'dynamodb' }, { code: 'InternalServerError', status: 500 });
    const db = new DynamoDBClient({
      region: world.region,
      endpoint: url,
      credentials: ADMIN,
      maxAttempts: 1,
    });
    const get = db.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'x' } } }));
    await expect(get).rejects.toMatchObject({ name: 'InternalServerError' });
    faults.refuse({ action: 'ListUsers' }, { code: 'AccessDenied', status: 403 });
    await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('refuse: only calls about one resource, in the words of each service', async () => {
    const { faults, url: endpoint } = world.gateway;
    const options = { region: world.region, endpoint, credentials: ADMIN, maxAttempts: 1 };
    const deny = (service: string, code: string) =>
      faults.refuse({ service, containing: 'mine' }, { code, status: 403 }, 2);
    deny('sns', 'AuthorizationError');
    const sns = new SNSClient(options);
    const list = (name: string) =>
      sns.send(
        new ListSubscriptionsByTopicCommand({ TopicArn: `arn:aws:sns:us-east-1:123456789012:${name}` }),
      );
    await expect(list('yours')).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(list('mine')).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    deny('s3', 'AccessDenied');
    const s3 = new S3Client({ ...options, forcePathStyle: true });
    const get = (Bucket: string) => s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    await expect(get('yours')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(get('mine')).rejects.toMatchObject({ name: 'AccessDenied' });
    deny('lambda', 'AccessDeniedException');
    const lambda = new LambdaClient(options);
    const mapping = (UUID: string) => lambda.send(new GetEventSourceMappingCommand({ UUID }));
    await expect(mapping('yours')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(mapping('mine')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(
      world.gateway.counts.count({ action: 'GetEventSourceMapping', outcome: 'AccessDeniedException' }),
    ).toBe(1);
    for (const client of [sns, s3, lambda]) {
      client.destroy();
    }
  });

  it('lose the answer: the call has its effect and the caller does not know', async () => {
    await createUser(iam, 'unanswered');
    const { accessKeyId } = await createKey(iam, { UserName: 'unanswered' });
    const input = { UserName: 'unanswered', AccessKeyId: accessKeyId, Status: 'Inactive' } as const;
    world.gateway.faults.loseAnswer({ action: 'UpdateAccessKey' });
    await expect(iam.send(new UpdateAccessKeyCommand(input))).rejects.toThrow();
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: 'unanswered' }));
    expect(AccessKeyMetadata?.[0]?.Status).toBe('Inactive');
  });

  it('hide new keys from reads for a while', async () => {
    await createUser(iam, 'lagging');
    world.gateway.faults.hideNewKeys(0.4);
    const { accessKeyId } = await createKey(iam, { UserName: 'lagging' });
    const list = () => iam.send(new ListAccessKeysCommand({ UserName: 'lagging' }));
    const lastUsed = () => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }));
    expect((await list()).AccessKeyMetadata).toEqual([]);
    await expect(lastUsed()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect((await list()).AccessKeyMetadata).toHaveLength(1);
    expect((await lastUsed()).UserName).toBe('lagging');
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'lagging', AccessKeyId: accessKeyId }));
  });
});
