import {
  CredentialReportNotReadyException,
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  IAMClient,
  IAMServiceException,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { censusTaker, readAccountDetails } from '../../functions/adapters/survey.ts';

const iam = mockClient(IAMClient);
const pauses: number[] = [];
const census = censusTaker(new IAMClient({}), async (seconds) => {
  pauses.push(seconds);
});
const meta = { $metadata: {}, message: 'no' };

beforeEach(() => {
  iam.reset();
  pauses.splice(0);
});

const detail = (name: string) => ({
  UserId: `AIDA${name}`,
  UserName: name,
  Path: '/svc/',
  Arn: `arn:aws:iam::123456789012:user/svc/${name}`,
  CreateDate: new Date('2025-03-04T10:00:00.789Z'),
  Tags: [{ Key: 'owner', Value: 'payments' }],
});

describe('the users of the account', () => {
  it('come from all pages, with tags, made to the second', async () => {
    iam
      .on(GetAccountAuthorizationDetailsCommand)
      .resolvesOnce({ UserDetailList: [detail('a')], IsTruncated: true, Marker: 'next' })
      .resolvesOnce({ UserDetailList: [{ ...detail('b'), Tags: undefined, Path: undefined }] });
    expect(await census.users()).toEqual([
      {
        userId: 'AIDAa',
        userName: 'a',
        path: '/svc/',
        arn: 'arn:aws:iam::123456789012:user/svc/a',
        created: '2025-03-04T10:00:00.000Z',
        tags: { owner: 'payments' },
      },
      expect.objectContaining({ userId: 'AIDAb', path: '/', tags: {} }),
    ]);
    const inputs = iam.commandCalls(GetAccountAuthorizationDetailsCommand).map((call) => call.args[0].input);
    expect(inputs).toMatchObject([{ Filter: ['User'], MaxItems: 1000 }, { Marker: 'next' }]);
  });

  it.each([
    ['a list cut off', { UserDetailList: [detail('a')], IsTruncated: true }],
    ['no list', {}],
    ['a user without an id', { UserDetailList: [{ ...detail('a'), UserId: undefined }] }],
  ])('%s is no answer', async (_, answer) => {
    iam.on(GetAccountAuthorizationDetailsCommand).resolves(answer);
    await expect(census.users()).rejects.toThrow('IAM');
  });
});

describe('the users with their policies', () => {
  it('come from all pages, with the groups and policies of the account', async () => {
    iam
      .on(GetAccountAuthorizationDetailsCommand)
      .resolvesOnce({
        UserDetailList: [{ ...detail('a'), GroupList: ['ops'] }],
        IsTruncated: true,
        Marker: 'next',
      })
      .resolvesOnce({ GroupDetailList: [{ GroupName: 'ops', Arn: 'g' }], IsTruncated: true, Marker: 'last' })
      .resolvesOnce({ Policies: [{ Arn: 'p' }] });
    const { users, policies } = await readAccountDetails(new IAMClient({}));
    expect(users).toMatchObject([
      { userName: 'a', tags: { owner: 'payments' }, permissions: { groups: ['ops'] } },
    ]);
    expect([...policies.groups.keys(), ...policies.managed.keys()]).toEqual(['ops', 'p']);
    const inputs = iam.commandCalls(GetAccountAuthorizationDetailsCommand).map((call) => call.args[0].input);
    expect(inputs).toHaveLength(3);
    expect(inputs[0]).toMatchObject({ Filter: ['User', 'Group', 'LocalManagedPolicy'], MaxItems: 1000 });
  });

  it.each([
    ['a list cut off', { UserDetailList: [detail('a')], IsTruncated: true }],
    ['no list', {}],
  ])('%s is no answer', async (_, answer) => {
    iam.on(GetAccountAuthorizationDetailsCommand).resolves(answer);
    await expect(readAccountDetails(new IAMClient({}))).rejects.toThrow('IAM cut its list');
  });
});

const HEADER =
  'user,arn,user_creation_time,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated';
const ROOT = '<root_account>,arn:aws:iam::123456789012:root,2020-01-01T00:00:00+00:00,false,N/A,false,N/A';
const ROW =
  '"a,b",arn:aws:iam::123456789012:user/a,2025-03-04T10:00:00+00:00,true,2025-03-04T10:00:00+00:00,false,N/A';
const GENERATED = new Date('2026-11-23T16:00:00Z');
const content = (...lines: string[]) => ({
  Content: new TextEncoder().encode(lines.join('\n')) as Uint8Array & { transformToString(): string },
  GeneratedTime: GENERATED,
});

describe('the credential report', () => {
  it('is waited for, and says when it was made', async () => {
    iam
      .on(GenerateCredentialReportCommand)
      .resolvesOnce({ State: 'STARTED' })
      .resolvesOnce({ State: 'INPROGRESS' })
      .resolves({ State: 'COMPLETE' })
      .on(GetCredentialReportCommand)
      .rejectsOnce(new CredentialReportNotReadyException(meta))
      .resolves(content(HEADER, ROOT, ROW, 'short,row'));
    const { generated, rows } = await census.report();
    expect(generated).toBe('2026-11-23T16:00:00.000Z');
    expect([...rows.values()]).toEqual([
      expect.objectContaining({ arn: 'arn:aws:iam::123456789012:user/a', more: null }),
    ]);
    expect(pauses).toEqual([1, 2, 4]);
  });

  it('that never comes fails the run with a sentence', async () => {
    iam.on(GenerateCredentialReportCommand).resolves({ State: 'STARTED' });
    await expect(census.report()).rejects.toThrow('IAM made no credential report in two minutes');
    expect(iam.commandCalls(GenerateCredentialReportCommand)).toHaveLength(10);
    expect(pauses.reduce((sum, seconds) => sum + seconds, 0)).toBe(120);
  });

  it('without content fails the run, and so does a refusal', async () => {
    iam.on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
    iam.on(GetCredentialReportCommand).resolvesOnce({});
    await expect(census.report()).rejects.toThrow('without content or time');
    const denied = new IAMServiceException({ name: 'AccessDenied', $fault: 'client', $metadata: {} });
    iam.on(GetCredentialReportCommand).rejects(denied);
    await expect(census.report()).rejects.toBe(denied);
  });
});
