import { runSimulation } from '@cloud-copilot/iam-simulate';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isExcluded } from '../../functions/core/exclusion.ts';
import type { ExclusionRule } from '../../functions/core/policy.ts';
import { at, flat, type Json, type Synthesised, synth } from './synth.ts';

const ACCOUNT = '123456789012';
const CHANGES = ['iam:UpdateAccessKey', 'iam:DeleteAccessKey'];

interface User {
  userName: string;
  path: string;
  tags: Record<string, string>;
}

/** The policy of reconcile's role as it would be attached, with the account filled in. */
function policyOf(made: Synthesised) {
  const document = at(made, 'Reconcile/Role/DefaultPolicy').Properties.PolicyDocument as {
    Statement: Record<string, Json>[];
  };
  const list = (value: Json | undefined) =>
    (Array.isArray(value) ? value : [value]).map((one) =>
      flat(made, one).replace('<AWS::AccountId>', ACCOUNT),
    );
  const statements = document.Statement.filter(({ Action }) => JSON.stringify(Action).includes('"iam:'));
  return {
    Version: '2012-10-17',
    Statement: statements.map((one) => ({ ...one, Resource: list(one.Resource) })),
  };
}

/** What an evaluator that shares no code with us says to a call by reconcile's role. */
async function verdict(policy: ReturnType<typeof policyOf>, action: string, user: User): Promise<string> {
  const tags = Object.entries(user.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  const result = await runSimulation(
    {
      identityPolicies: [{ name: 'reconcile', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/reconcile`,
        action,
        resource: {
          resource: `arn:aws:iam::${ACCOUNT}:user${user.path}${user.userName}`,
          accountId: ACCOUNT,
        },
        contextVariables: Object.fromEntries(tags),
      },
    },
    {},
  );
  return 'overallResult' in result ? result.overallResult : JSON.stringify(result);
}

const NAMES = [
  'break-glass-1',
  'Break-Glass-1',
  'break-glass-',
  'my-break-glass-1',
  'ci.deploy',
  'cixdeploy',
  'svc',
  'a+b=c@d.e',
  'x',
];
const PATHS = ['/', '/svc/', '/svc/legacy/', '/SVC/', '/break-glass-/'];
const GLOBS = [
  'break-glass-*',
  '*',
  'ci.deploy',
  'ci?deploy',
  'svc/*',
  'svc/legacy/*',
  'svc/ci.deploy',
  '*glass*',
  '?',
  'a+b=c@d.e',
  'nobody',
];
const VALUES = ['true', 'TRUE', 'false'];

const anyRule: fc.Arbitrary<ExclusionRule> = fc.record({
  tag: fc.option(
    fc.constantFrom({ key: 'solekey:exclude', value: 'true' }, { key: 'Owner', value: 'sec ops' }),
  ),
  users: fc.uniqueArray(fc.constantFrom(...GLOBS), { maxLength: 3 }),
});

const anyUser: fc.Arbitrary<User> = fc.record({
  userName: fc.constantFrom(...NAMES),
  path: fc.constantFrom(...PATHS),
  tags: fc.dictionary(
    fc.constantFrom('solekey:exclude', 'Solekey:EXCLUDE', 'Owner'),
    fc.constantFrom(...VALUES, 'sec ops'),
    {
      // IAM keeps no two tags of a user whose keys differ in case only.
      maxKeys: 1,
    },
  ),
});

it('whoever the code excludes, the policy denies; and nobody else', { timeout: 60_000 }, async () => {
  const met = { excluded: 0, free: 0 };
  for (const exclude of fc.sample(anyRule, 14)) {
    const policy = policyOf(synth({ exclude: { tag: exclude.tag, users: [...exclude.users] } }));
    for (const user of fc.sample(anyUser, 20)) {
      const excluded = isExcluded(user, exclude);
      met[excluded ? 'excluded' : 'free'] += 1;
      for (const action of CHANGES) {
        const about = `${action} on ${user.path}${user.userName} ${JSON.stringify(user.tags)} with ${JSON.stringify(exclude)}`;
        expect(await verdict(policy, action, user), about).toBe(excluded ? 'ExplicitlyDenied' : 'Allowed');
      }
    }
  }
  expect(Math.min(met.excluded, met.free), JSON.stringify(met)).toBeGreaterThan(30);
});

it('looking is never denied: excluded users stay visible', async () => {
  const policy = policyOf(synth({ exclude: { tag: null, users: ['*'] } }));
  const user = { userName: 'anybody', path: '/', tags: {} };
  for (const action of ['iam:GetUser', 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed']) {
    expect(await verdict(policy, action, user)).toBe('Allowed');
  }
  expect(await verdict(policy, 'iam:DeleteAccessKey', user)).toBe('ExplicitlyDenied');
});
