import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  GetAccountAuthorizationDetailsCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readAccountDetails } from '../../functions/adapters/survey.ts';
import { privilegeOf } from '../../functions/core/inventory/privilege.ts';
import { FOUND, forgetFound, makeFound } from '../../sandbox/story/found.ts';
import type { World } from '../../sandbox/world/world.ts';
import { createUser, iamClient, openWorld, trueUsers } from './world.ts';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

const policy = (Action: string | string[], Resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

let world: World;
let iam: IAMClient;
beforeAll(async () => {
  world = await openWorld();
  iam = iamClient(world);
  for (const name of ['plain', 'direct', 'grouped', 'own', 'versioned']) {
    await createUser(iam, name);
  }
  await iam.send(new AttachUserPolicyCommand({ UserName: 'direct', PolicyArn: ADMINISTRATOR }));
  await iam.send(
    new PutUserPolicyCommand({ UserName: 'plain', PolicyName: 'read', PolicyDocument: policy('s3:Get*') }),
  );
  const own = policy(['iam:PutUserPolicy'], `arn:aws:iam::*:user/\${aws:username}`);
  await iam.send(
    new PutUserPolicyCommand({ UserName: 'own', PolicyName: 'self + 100%', PolicyDocument: own }),
  );
  for (const GroupName of ['ops', 'staff']) {
    await iam.send(new CreateGroupCommand({ GroupName }));
    await iam.send(new AddUserToGroupCommand({ GroupName, UserName: 'grouped' }));
  }
  await iam.send(
    new PutGroupPolicyCommand({ GroupName: 'ops', PolicyName: 'all', PolicyDocument: policy('iam:*') }),
  );
  await iam.send(
    new AttachGroupPolicyCommand({ GroupName: 'staff', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
  );
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'deploy', PolicyDocument: policy('s3:*') }),
  );
  const PolicyArn = Policy?.Arn ?? '';
  await iam.send(new AttachUserPolicyCommand({ UserName: 'versioned', PolicyArn }));
  await iam.send(
    new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policy('*'), SetAsDefault: true }),
  );
});
afterAll(() => world?.stop());
afterEach(() => world.gateway.faults.clear());

async function privileges() {
  const { users, policies } = await readAccountDetails(iam);
  return Object.fromEntries(users.map((user) => [user.userName, privilegeOf(user, policies)]));
}

const EXPECTED = {
  plain: { kind: 'ordinary' },
  direct: {
    kind: 'administrator',
    by: [{ policy: 'AdministratorAccess', kind: 'aws-managed', group: null }],
  },
  grouped: { kind: 'administrator', by: [{ policy: 'all', kind: 'inline', group: 'ops', scope: 'iam' }] },
  own: { kind: 'can-become', by: [{ policy: 'self + 100%', actions: ['iam:PutUserPolicy'] }] },
  versioned: {
    kind: 'administrator',
    by: [{ policy: 'deploy', kind: 'customer-managed', scope: 'everything' }],
  },
};

describe('the policies of users', () => {
  it('are read from IAM, through groups and versions', async () => {
    expect(await privileges()).toMatchObject(EXPECTED);
  });

  it('are the same in pages of one', async () => {
    world.gateway.faults.shortenPages(1);
    expect(await privileges()).toMatchObject(EXPECTED);
  });

  it('of the users whom the story assesses are there, and are forgotten with them', async () => {
    const names = async () => (await trueUsers(world)).map(({ userName }) => userName).sort();
    const before = await names();
    await makeFound(world.emulators.motoUrl, FOUND);
    expect(await privileges()).toMatchObject({
      terraform: { kind: 'administrator' },
      mailer: { kind: 'ordinary' },
    });
    expect(await names()).toEqual([...before, ...FOUND.map(({ userName }) => userName)].sort());
    await forgetFound(world.emulators.motoUrl);
    expect(await names()).toEqual(before);
  });

  it('are URL-encoded, as in AWS', async () => {
    const { UserDetailList, Policies } = await iam.send(
      new GetAccountAuthorizationDetailsCommand({ Filter: ['User', 'LocalManagedPolicy'] }),
    );
    const texts = [
      ...(UserDetailList ?? []).flatMap(({ UserPolicyList = [] }) =>
        UserPolicyList.map((one) => one.PolicyDocument),
      ),
      ...(Policies ?? []).flatMap(({ PolicyVersionList = [] }) =>
        PolicyVersionList.map((one) => one.Document),
      ),
    ];
    expect(texts).toHaveLength(4);
    for (const text of texts) {
      expect(text).toMatch(/^%7B[\w.~%/-]+$/);
    }
  });
});
