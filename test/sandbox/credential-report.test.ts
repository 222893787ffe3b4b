import {
  CreateLoginProfileCommand,
  DeleteAccessKeyCommand,
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  type IAMClient,
  paginateGetAccountAuthorizationDetails,
  UpdateAccessKeyCommand,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../sandbox/world/world.ts';
import { createKey, createUser, iamClient, openWorld, seedUsers } from './world.ts';

let world: World;
let iam: IAMClient;
beforeAll(async () => {
  world = await openWorld();
  iam = iamClient(world);
});
afterAll(() => world?.stop());
afterEach(() => world.gateway.faults.clear());

const HEADER =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,' +
  'mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,' +
  'access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,' +
  'access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,' +
  'cert_2_last_rotated';

const generate = () => iam.send(new GenerateCredentialReportCommand({}));

async function report() {
  const { Content, GeneratedTime, ReportFormat } = await iam.send(new GetCredentialReportCommand({}));
  const text = Buffer.from(Content ?? []).toString('utf8');
  const rows = text.split('\n').map((line) => line.split(','));
  return { text, rows, generated: GeneratedTime?.getTime() ?? 0, ReportFormat };
}

const rowOf = (rows: readonly string[][], user: string) => rows.find(([name]) => name === user)?.slice(2);

const NO_KEY = ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
const NO_CERTIFICATES = ['false', 'N/A', 'false', 'N/A'];

describe('the credential report', () => {
  it('is not there before somebody generates it', async () => {
    await expect(report()).rejects.toMatchObject({
      name: 'CredentialReportNotPresentException',
      $metadata: { httpStatusCode: 410 },
    });
    expect((await generate()).State).toBe('STARTED');
    expect((await generate()).State).toBe('COMPLETE');
  });

  it('has the columns of AWS, the root account first, and no line break at the end', async () => {
    await generate();
    const before = Math.floor(Date.now() / 1_000) * 1_000 - 2_000;
    const { text, rows, generated, ReportFormat } = await report();
    expect(text.split('\n')[0]).toBe(HEADER);
    expect(text).not.toMatch(/\r|\n$/);
    expect(ReportFormat).toBe('text/csv');
    expect(rows[1]?.slice(0, 2)).toEqual(['<root_account>', `arn:aws:iam::${world.account}:root`]);
    expect(rows[1]).toHaveLength(22);
    expect(generated).toBeGreaterThanOrEqual(before);
    expect(generated).toBeLessThanOrEqual(Date.now());
  });

  it('shows keys in the order of their ids, when they were made and where they were used', async () => {
    const [user] = await seedUsers(world, [
      {
        userName: 'two-keys',
        created: '2024-01-02T03:04:05Z',
        keys: [
          { created: '2024-02-01T00:00:00Z' },
          {
            created: '2024-03-01T00:00:00Z',
            status: 'Inactive',
            lastUsed: { at: '2025-05-05T05:05:05Z', service: 's3', region: 'eu-west-1' },
          },
        ],
      },
    ]);
    const slots = [
      ['true', '2024-02-01T00:00:00+00:00', 'N/A', 'N/A', 'N/A'],
      ['false', '2024-03-01T00:00:00+00:00', '2025-05-05T05:05:05+00:00', 'eu-west-1', 's3'],
    ];
    const [first = '', second = ''] = user?.keys ?? [];
    await generate();
    expect(rowOf((await report()).rows, 'two-keys')).toEqual([
      '2024-01-02T03:04:05+00:00',
      ...['false', 'N/A', 'N/A', 'N/A', 'false'],
      ...(first < second ? slots : slots.reverse()).flat(),
      ...NO_CERTIFICATES,
    ]);
  });

  it('shows a password that was never used, and no keys', async () => {
    await createUser(iam, 'person');
    await iam.send(new CreateLoginProfileCommand({ UserName: 'person', Password: 'Correct-horse-1!' }));
    await generate();
    const row = rowOf((await report()).rows, 'person') ?? [];
    expect(row.slice(1, 3)).toEqual(['true', 'no_information']);
    expect(row.slice(6)).toEqual([...NO_KEY, ...NO_KEY, ...NO_CERTIFICATES]);
  });

  it('has a 23rd column only when somebody has more than two keys', async () => {
    const [user] = await seedUsers(world, [
      { userName: 'eight', keys: Array.from({ length: 8 }, () => ({})) },
    ]);
    await generate();
    const { rows } = await report();
    expect(rows[0]?.at(-1)).toBe('additional_credentials_info');
    expect(rowOf(rows, 'eight')?.at(-1)).toMatch(/^6 more access keys/);
    expect(rows[1]?.at(-1)).toBe('N/A');
    expect(rows.every((row) => row.length === 23)).toBe(true);
    for (const AccessKeyId of user?.keys.slice(2) ?? []) {
      await iam.send(new DeleteAccessKeyCommand({ UserName: 'eight', AccessKeyId }));
    }
    await generate();
    expect((await report()).text.split('\n')[0]).toBe(HEADER);
  });

  it('is what it was when it was generated', async () => {
    await createUser(iam, 'later');
    const { accessKeyId } = await createKey(iam, { UserName: 'later' });
    await generate();
    const input = { UserName: 'later', AccessKeyId: accessKeyId, Status: 'Inactive' } as const;
    await iam.send(new UpdateAccessKeyCommand(input));
    expect(rowOf((await report()).rows, 'later')?.[6]).toBe('true');
    await generate();
    expect(rowOf((await report()).rows, 'later')?.[6]).toBe('false');
  });

  it('is not made anew within the reuse window, when that is asked for', async () => {
    await generate();
    world.gateway.faults.reuseReport(1.5);
    const old = await report();
    await createUser(iam, 'invisible');
    expect((await generate()).State).toBe('COMPLETE');
    expect(await report()).toEqual(old);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    await generate();
    const fresh = await report();
    expect(fresh.generated).toBeGreaterThan(old.generated);
    expect(rowOf(fresh.rows, 'invisible')).toBeDefined();
  });
});

describe('the account details', () => {
  it('describe users as AWS does, and only them when asked', async () => {
    await seedUsers(world, [
      { userName: 'detailed', path: '/team/', created: '2024-01-02T03:04:05Z', tags: { team: 'a' } },
    ]);
    const answer = await iam.send(
      new GetAccountAuthorizationDetailsCommand({ Filter: ['User'], MaxItems: 1_000 }),
    );
    const user = answer.UserDetailList?.find(({ UserName }) => UserName === 'detailed');
    expect(user).toMatchObject({
      UserId: expect.stringMatching(/^AIDA/),
      Path: '/team/',
      Arn: `arn:aws:iam::${world.account}:user/team/detailed`,
      CreateDate: new Date('2024-01-02T03:04:05Z'),
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    expect([answer.GroupDetailList, answer.RoleDetailList, answer.Policies]).toEqual([[], [], []]);
  });

  it('of 5,000 users with 6,500 keys are made and read in seconds', async () => {
    const began = performance.now();
    const wishes = Array.from({ length: 5_000 }, (_, at) => ({
      userName: `crowd-${at}`,
      created: '2024-01-02T03:04:05Z',
      keys: Array.from({ length: at < 1_500 ? 2 : 1 }, (_, slot) => ({
        status: at < 100 || slot === 0 ? ('Active' as const) : ('Inactive' as const),
        created: '2024-02-02T00:00:00Z',
      })),
    }));
    const made = await seedUsers(world, wishes);
    const seeded = performance.now();
    expect(made.flatMap(({ keys }) => keys)).toHaveLength(6_500);
    const users: UserDetail[] = [];
    let pages = 0;
    for await (const page of paginateGetAccountAuthorizationDetails(
      { client: iam, pageSize: 1_000 },
      { Filter: ['User'] },
    )) {
      users.push(...(page.UserDetailList ?? []));
      pages += 1;
    }
    const listed = performance.now();
    await generate();
    const { rows } = await report();
    const reported = performance.now();
    expect(users.filter(({ UserName }) => UserName?.startsWith('crowd-'))).toHaveLength(5_000);
    expect(rows.filter(([name]) => name?.startsWith('crowd-'))).toHaveLength(5_000);
    const times = { seeded: seeded - began, listed: listed - seeded, reported: reported - listed, pages };
    process.stdout.write(`${JSON.stringify(times)}\n`);
    expect(new Set(users.map(({ UserId }) => UserId)).size).toBe(users.length);
    expect(times.seeded).toBeLessThan(20_000);
    expect(times.listed / pages).toBeLessThan(10_000);
  }, 90_000);
});
