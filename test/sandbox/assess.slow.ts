import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  type IAMClient,
  PutGroupPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Report } from '../../functions/core/assess/report.ts';
import { runAssess } from '../../ops/assess/run.ts';
import { ACTIONS } from '../../ops/assess/survey.ts';
import type { World } from '../../sandbox/world/world.ts';
import { ADMIN, createKey, createUser, iamClient, openWorld, seedUsers, trueUsers } from './world.ts';

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const active = (days: number) => ({ status: 'Active' as const, created: daysAgo(days) });
const off = (days: number) => ({ status: 'Inactive' as const, created: daysAgo(days) });
const SAME_SECOND = daysAgo(50);

/** Every character that IAM allows in a name, and in a path. */
const ODD_NAME = 'Aa0+=,.@_-';
const ODD_PATH = `/!"#$%&'()*+,-.:;<=>?@[]^_\`{|}~x/y/`;

const USERS = [
  { userName: 'two', keys: [active(300), active(30)], tags: { Owner: '=payments' } },
  { userName: 'rotates', keys: [active(300), active(1)] },
  { userName: 'one-and-off', keys: [active(300), off(30)] },
  { userName: 'one', keys: [active(300)] },
  { userName: 'none', keys: [] },
  { userName: 'eight', keys: Array.from({ length: 8 }, (_, n) => (n < 5 ? active(100 + n) : off(100 + n))) },
  {
    userName: 'same-second',
    keys: [
      { status: 'Active' as const, created: SAME_SECOND },
      { status: 'Active' as const, created: SAME_SECOND },
    ],
  },
  { userName: ODD_NAME, path: ODD_PATH, keys: [active(300), active(30)] },
  { userName: '=cmd', keys: [active(300), active(30)] },
];

let world: World;
let iam: IAMClient;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  iam = iamClient(world);
  folder = mkdtempSync(join(tmpdir(), 'solekey-assess-'));
  await seedUsers(
    world,
    USERS.map((user) => ({ created: daysAgo(400), ...user })),
  );
  await iam.send(
    new AttachUserPolicyCommand({
      UserName: 'two',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
  );
  await iam.send(new CreateGroupCommand({ GroupName: 'ops' }));
  const statement = { Effect: 'Allow', Action: 'iam:PutUserPolicy', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  await iam.send(new PutGroupPolicyCommand({ GroupName: 'ops', PolicyName: 'self-service', PolicyDocument }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'ops', UserName: 'one' }));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world?.stop();
});
afterEach(() => {
  world.gateway.faults.clear();
  vi.unstubAllEnvs();
});

async function assessed(...args: string[]) {
  vi.stubEnv('AWS_ACCESS_KEY_ID', ADMIN.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', ADMIN.secretAccessKey);
  world.gateway.counts.reset();
  const [out, err]: [string[], string[]] = [[], []];
  const streams = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  // Reading the event history of each key takes seconds, which is for the tests of usage.
  const fixed = ['--endpoint-url', world.gateway.url, '--out', folder, '--usage', 'off'];
  const code = await runAssess([...fixed, ...args], streams);
  const calls = world.gateway.counts.count({ service: 'iam' });
  const report = () => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  return { code, out: out.join('\n'), err: err.join('\n'), calls, report };
}

/** The users with several active keys, and the numbers of active keys of everybody, as moto holds them. */
async function truth() {
  const users = await trueUsers(world);
  const count = ({ keys }: (typeof users)[number]) => keys.filter(({ status }) => status === 'Active').length;
  return {
    several: users
      .filter((user) => count(user) > 1)
      .map(({ userName }) => userName)
      .sort(),
    one: users.filter((user) => count(user) === 1).length,
    none: users.filter((user) => count(user) === 0).length,
  };
}

async function sameAsTruth({ report }: { readonly report: () => Report }): Promise<void> {
  const { several, one, none } = await truth();
  const { violations, totals } = report();
  expect(violations.map(({ userName }) => userName).sort()).toEqual(several);
  expect(totals).toMatchObject({ several: several.length, one, none, unread: 0 });
}

/** The report alone: of whom it says that there are more keys than it shows, nothing is known. */
async function sameButForExtraKeys({ report }: { readonly report: () => Report }): Promise<void> {
  const { several } = await truth();
  const { violations, users } = report();
  const unread = users.filter(({ read }) => read === 'unread').map(({ userName }) => userName);
  expect(
    violations
      .map(({ userName }) => userName)
      .concat(unread)
      .sort(),
  ).toEqual(several);
  // Whether the two keys that the report shows of this user are active depends on their ids.
  expect(unread.filter((name) => name !== 'eight')).toEqual([]);
  expect(users.every(({ read }) => read !== 'live')).toBe(true);
}

const DENIED = { code: 'AccessDenied', status: 403 };
const deny = (action: string) => world.gateway.faults.refuse({ service: 'iam', action }, DENIED, 1_000);

describe('an assessment of an account', () => {
  it('finds what IAM says, and reads one by one only those with several active keys', async () => {
    const found = await assessed();
    expect(found.code).toBe(2);
    await sameAsTruth(found);
    const eight = found.report().users.find(({ userName }) => userName === 'eight');
    expect(eight?.activeKeys).toBe(5);
    const read = found.report().users.filter(({ read: how }) => how === 'live');
    expect(read).toHaveLength((await truth()).several.length);
    // Two for each user and one for each active key; the list, and the report, which is not there at first.
    const keys = read.reduce((sum, { activeKeys }) => sum + activeKeys, 0);
    expect(found.calls).toBeLessThanOrEqual(2 * read.length + keys + 5);
    expect(JSON.stringify(found.report())).not.toMatch(/AKIA\w{16}/);
  });

  it('says who is an administrator, and by which policy', async () => {
    const found = await assessed();
    expect(found.report().privileged).toEqual({ administrators: 1, canBecome: 1, unknown: 0, several: 1 });
    expect(found.out).toMatch(/^! two {2}\* .* \* administrator$/m);
    expect(found.out).toContain(
      '1 user is an administrator, and 1 more can become one. 1 of them has more than one active key.',
    );
    const inventory = new Map(found.report().users.map((user) => [user.userName, user]));
    expect(inventory.get('none')).toMatchObject({ privileged: false });
    expect(inventory.get('one')).toMatchObject({
      privileged: true,
      privilegedBy: [{ policy: 'self-service', group: 'ops', actions: ['iam:PutUserPolicy'] }],
    });
    const explained = await assessed('--explain', 'one');
    expect(explained.out).toContain('through group ops (iam:PutUserPolicy)');
  });

  it('finds the same in pages of one, and with everybody read one by one', async () => {
    world.gateway.faults.shortenPages(1);
    await sameAsTruth(await assessed());
    const full = await assessed('--full', '--full-ids');
    await sameAsTruth(full);
    expect(full.report().users.every(({ read }) => read === 'live')).toBe(true);
    expect(JSON.stringify(full.report())).toMatch(/AKIA\w{16}/);
  });

  it('finds the same if every kind of call is throttled at first', async () => {
    for (const action of ACTIONS) {
      world.gateway.faults.throttle({ service: 'iam', action: action.slice(4) }, 1);
    }
    await sameAsTruth(await assessed());
  });

  it('uses an older report, and reads who changed since', async () => {
    world.gateway.faults.reuseReport(3_600);
    await assessed();
    await createUser(iam, 'since');
    const keys = [await createKey(iam, { UserName: 'since' }), await createKey(iam, { UserName: 'since' })];
    await sameAsTruth(await assessed());
    for (const { accessKeyId } of keys) {
      await iam.send(new DeleteAccessKeyCommand({ UserName: 'since', AccessKeyId: accessKeyId }));
    }
    await iam.send(new DeleteUserCommand({ UserName: 'since' }));
    await sameAsTruth(await assessed());
  });

  it('leaves out a user who is deleted while it runs', async () => {
    await seedUsers(world, [{ userName: 'leaves', created: daysAgo(400), keys: [active(300), active(30)] }]);
    const [leaves] = (await trueUsers(world)).filter(({ userName }) => userName === 'leaves');
    const past = { motoUrl: world.emulators.motoUrl, gone: false };
    const direct = iamClient(world, { endpoint: past.motoUrl });
    let deleting: Promise<unknown> = Promise.resolve();
    world.gateway.faults.disturbEveryCall(({ action }) => {
      if (action !== 'GetUser' || past.gone) {
        return undefined;
      }
      past.gone = true;
      deleting = (async () => {
        for (const { accessKeyId } of leaves?.keys ?? []) {
          await direct.send(new DeleteAccessKeyCommand({ UserName: 'leaves', AccessKeyId: accessKeyId }));
        }
        await direct.send(new DeleteUserCommand({ UserName: 'leaves' }));
      })();
      return { refuse: { code: 'Throttling', status: 400 } };
    });
    const found = await assessed();
    await deleting;
    await sameAsTruth(found);
    expect(found.report().users.map(({ userName }) => userName)).not.toContain('leaves');
  });
});

describe('with fewer permissions', () => {
  it.each([
    ['the detailed list', ['GetAccountAuthorizationDetails'], 0],
    ['the report', ['GenerateCredentialReport'], 0],
    ['the last uses', ['GetAccessKeyLastUsed'], 0],
  ])('finds the same violations without %s, and names what is missing', async (_, actions) => {
    for (const action of actions) {
      deny(action);
    }
    const found = await assessed();
    expect(found.code).toBe(2);
    await sameAsTruth(found);
    for (const action of actions) {
      expect(found.err).toContain(`iam:${action}`);
      expect(found.report().denied).toContain(`iam:${action}`);
    }
    const unknown = actions.includes('GetAccountAuthorizationDetails') ? found.report().totals.users : 0;
    expect(found.report().privileged.unknown).toBe(unknown);
  });

  it('falls back to the report where a user cannot be read, and says so', async () => {
    deny('ListAccessKeys');
    const found = await assessed();
    expect(found.code).toBe(2);
    await sameButForExtraKeys(found);
    expect(found.err).toContain('iam:ListAccessKeys');
  });

  it('counts nobody as fine who could not be read at all', async () => {
    deny('ListAccessKeys');
    deny('GenerateCredentialReport');
    const found = await assessed();
    expect(found.code).toBe(3);
    const { totals } = found.report();
    expect(totals).toMatchObject({ several: 0, one: 0, none: 0, unread: totals.users });
    expect(found.out).toContain('could not be read');
    expect(await assessed('--fail-on', 'violations')).toMatchObject({ code: 0 });
  });

  it('works from the report alone', async () => {
    deny('GetAccountAuthorizationDetails');
    deny('ListUsers');
    const found = await assessed();
    expect(found.code).toBe(2);
    await sameButForExtraKeys(found);
  });

  it('says in one line which permission is missing where nothing can be read', async () => {
    for (const action of ACTIONS) {
      deny(action.slice(4));
    }
    const found = await assessed('-q');
    expect([found.code, found.out]).toEqual([1, '']);
    expect(found.err).toMatch(
      /^These credentials have no permission to list users: .*iam:ListUsers.*--policy\.$/,
    );
  });
});
