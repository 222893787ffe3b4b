import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  type IAMClient,
  TagUserCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Template } from '../../sandbox/launch/assembly.ts';
import { rolePolicies } from '../../sandbox/launch/rights.ts';
import type { World } from '../../sandbox/world/world.ts';
import { synth } from '../infra/synth.ts';
import { createKey, createUser, iamClient, openWorld, trueUsers } from './world.ts';

const EXCLUDE = { tag: { key: 'solekey:exclude', value: 'true' }, users: ['break-glass-*', 'svc/old/*'] };

/** The session token that a deployed function of this role signs with (see ministack_world.py). */
function functionOf(role: string) {
  const session = JSON.stringify({ role, session: 'the-function' });
  return {
    accessKeyId: '123456789012',
    secretAccessKey: 'sandbox',
    sessionToken: Buffer.from(session).toString('base64url'),
  };
}

let world: World;
let admin: IAMClient;
let reconcile: IAMClient;

beforeAll(async () => {
  world = await openWorld();
  admin = iamClient(world);
  reconcile = iamClient(world, { credentials: functionOf('reconcile') });
  const template = synth({ exclude: EXCLUDE }).template as unknown as Template;
  const known = { account: world.account, region: world.region, resources: {} };
  for (const [role, policies] of rolePolicies(template, known)) {
    const name = /^(Reconcile|Approve|Sweep|Witness)/.exec(role)?.[1]?.toLowerCase() ?? role;
    await world.gateway.rights.enforce(name, policies);
  }
});
afterAll(() => world?.stop());

async function withKey(UserName: string, Path = '/', tags: Record<string, string> = {}): Promise<string> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await admin.send(new CreateUserCommand({ UserName, Path, Tags }));
  return (await createKey(admin, { UserName })).accessKeyId;
}

const off = (UserName: string, AccessKeyId: string) =>
  new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' });

const denied = (action: string, user: string, why: string, role = 'reconcile') => ({
  name: 'AccessDenied',
  message:
    `User: arn:aws:sts::123456789012:assumed-role/${role}/the-function is not authorized to perform: ` +
    `${action} on resource: user ${user} ${why}`,
  $metadata: { httpStatusCode: 403 },
});
const DENY = 'with an explicit deny in an identity-based policy';

describe('the gateway holds the writes of deployed functions against the synthesised policies', () => {
  it('allows reconcile to switch a key off and to delete it', async () => {
    const key = await withKey('anybody');
    await reconcile.send(off('anybody', key));
    await reconcile.send(new DeleteAccessKeyCommand({ UserName: 'anybody', AccessKeyId: key }));
    expect((await trueUsers(world)).find(({ userName }) => userName === 'anybody')?.keys).toEqual([]);
  });

  it.each([
    ['by name', 'break-glass-1', '/', {}],
    ['by name below a path', 'break-glass-2', '/people/', {}],
    ['by path', 'legacy', '/svc/old/', {}],
    ['by tag', 'tagged', '/', { 'solekey:exclude': 'true' }],
  ])(
    'refuses an excluded user (%s) in the words of AWS, counted and recorded',
    async (_, user, path, tags) => {
      const key = await withKey(user, path, tags);
      const before = world.gateway.counts.count({ action: 'UpdateAccessKey', outcome: 'AccessDenied' });
      await expect(reconcile.send(off(user, key))).rejects.toMatchObject(
        denied('iam:UpdateAccessKey', user, DENY),
      );
      const after = world.gateway.counts.count({ caller: 'the-function', outcome: 'AccessDenied' });
      expect(after).toBe(before + 1);
      expect(world.gateway.trail.records().at(-1)).toMatchObject({
        eventName: 'UpdateAccessKey',
        errorCode: 'AccessDenied',
        requestParameters: null,
      });
      const truth = (await trueUsers(world)).find(({ userName }) => userName === user);
      expect(truth?.keys).toMatchObject([{ status: 'Active' }]);
    },
  );

  it('allows witness to look events up in CloudTrail, and refuses it to the others', async () => {
    const lookUp = (role: string) =>
      new CloudTrailClient({
        region: 'us-east-1',
        endpoint: world.gateway.url,
        credentials: functionOf(role),
        maxAttempts: 1,
      }).send(new LookupEventsCommand({}));
    await expect(lookUp('reconcile')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::123456789012:assumed-role/reconcile/the-function is not authorized to perform: ' +
        'cloudtrail:LookupEvents on resource: * because no identity-based policy allows the cloudtrail:LookupEvents action',
    });
    for (const role of ['approve', 'sweep', 'stranger']) {
      await expect(lookUp(role)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
    expect((await lookUp('witness')).Events).toBeDefined();
  });

  it('looks at the tags a user has now', async () => {
    const key = await withKey('tagged-later');
    await reconcile.send(off('tagged-later', key));
    const Tags = [{ Key: 'solekey:exclude', Value: 'true' }];
    await admin.send(new TagUserCommand({ UserName: 'tagged-later', Tags }));
    const remove = new DeleteAccessKeyCommand({ UserName: 'tagged-later', AccessKeyId: key });
    await expect(reconcile.send(remove)).rejects.toMatchObject(
      denied('iam:DeleteAccessKey', 'tagged-later', DENY),
    );
  });

  it('reaches nobody outside `only`, even if the code were wrong', async () => {
    const only = { users: ['apps/*'], tag: { key: 'solekey', value: 'enforce' } };
    const template = synth({ exclude: EXCLUDE, only }).template as unknown as Template;
    const known = { account: world.account, region: world.region, resources: {} };
    const [own] = [...rolePolicies(template, known)].filter(([role]) => role.startsWith('Reconcile'));
    await world.gateway.rights.enforce('beginner', own?.[1] ?? []);
    const beginner = iamClient(world, { credentials: functionOf('beginner') });
    const left = await withKey('left-out', '/jobs/', { solekey: 'later' });
    const why = 'because no identity-based policy allows the iam:UpdateAccessKey action';
    await expect(beginner.send(off('left-out', left))).rejects.toMatchObject(
      denied('iam:UpdateAccessKey', 'left-out', why, 'beginner'),
    );
    const inside: [string, string, Record<string, string>][] = [
      ['by-path', '/apps/', {}],
      ['by-tag', '/jobs/', { solekey: 'enforce' }],
    ];
    for (const [user, path, tags] of inside) {
      await beginner.send(off(user, await withKey(user, path, tags)));
    }
    const both = await withKey('break-glass-9', '/apps/');
    await expect(beginner.send(off('break-glass-9', both))).rejects.toMatchObject(
      denied('iam:UpdateAccessKey', 'break-glass-9', DENY, 'beginner'),
    );
  });

  it('refuses what no policy allows, to reconcile, to the other functions, and to roles it does not know', async () => {
    await createUser(admin, 'somebody');
    const create = new CreateAccessKeyCommand({ UserName: 'somebody' });
    const why = 'because no identity-based policy allows the iam:CreateAccessKey action';
    for (const role of ['reconcile', 'approve', 'sweep', 'stranger']) {
      const client = iamClient(world, { credentials: functionOf(role) });
      await expect(client.send(create)).rejects.toMatchObject(
        denied('iam:CreateAccessKey', 'somebody', why, role),
      );
    }
    await admin.send(create);
  });
});
