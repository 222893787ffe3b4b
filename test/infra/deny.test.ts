import { runSimulation } from '@cloud-copilot/iam-simulate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExcluded } from '../../functions/core/model/exclusion.ts';
import type { ExclusionRule } from '../../functions/core/model/policy.ts';
import { policiesOf } from './policies.ts';
import { flat, type Json, type Synthesised, synth } from './synth.ts';

const ACCOUNT = '123456789012';
const CHANGES = ['iam:UpdateAccessKey', 'iam:DeleteAccessKey'];

interface User {
  readonly userName: string;
  readonly path: string;
  readonly tags: Record<string, string>;
}

/** What the policies of reconcile's role say together as they would be attached, with the account filled in. */
function policyOf(made: Synthesised) {
  const all = policiesOf(made, 'Reconcile').flatMap(
    ({ document }) => (document as { readonly Statement: Record<string, Json>[] }).Statement,
  );
  const list = (value: Json | undefined) =>
    (Array.isArray(value) ? value : [value]).map((one) =>
      flat(made, one).replace('<AWS::AccountId>', ACCOUNT),
    );
  const statements = all.filter(({ Action }) => JSON.stringify(Action).includes('"iam:'));
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

it('whoever the code excludes, the policy denies; and nobody else', { timeout: 120_000 }, async () => {
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

describe('the longest list of globs that the settings take', () => {
  const users = Array.from({ length: 40 }, (_, n) => `${String(n).padStart(3, '0')}${'x'.repeat(124)}*`);
  const exclude = { tag: { key: 'solekey:exclude', value: 'true' }, users };
  // The partition with the longest ARNs.
  const made = synth({ region: 'us-gov-west-1', exclude });

  it('fits into the policies that IAM takes', () => {
    const inline = sizes(made, false).reduce((sum, size) => sum + size, 0);
    expect(inline).toBeLessThanOrEqual(10_240);
    const managed = sizes(made, true);
    expect(managed.length).toBeGreaterThan(0);
    expect(managed.length).toBeLessThanOrEqual(10);
    expect(Math.max(...managed)).toBeLessThanOrEqual(6_144);
  });

  it('is denied to the last, and nobody else is', async () => {
    const policy = policyOf(synth({ exclude }));
    for (const name of ['000x', '019x', '039x']) {
      const user = { userName: name.padEnd(130, 'x'), path: '/svc/', tags: {} };
      expect(await verdict(policy, 'iam:DeleteAccessKey', user)).toBe('ExplicitlyDenied');
    }
    const other = { userName: '040x', path: '/', tags: {} };
    expect(await verdict(policy, 'iam:DeleteAccessKey', other)).toBe('Allowed');
  });
});

/** How many characters IAM counts, where each ARN that is made at deployment is as long as the longest could be. */
function sizes(made: Synthesised, managed: boolean): number[] {
  return policiesOf(made, 'Reconcile')
    .filter((policy) => policy.managed === managed)
    .map(({ document }) => JSON.stringify(rendered(document)).length);
}

function rendered(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(rendered);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value;
  if (ref === 'AWS::AccountId') {
    return ACCOUNT;
  }
  if (ref !== undefined || attribute !== undefined) {
    return 'x'.repeat(130);
  }
  if (Array.isArray(join)) {
    return (join[1] as Json[]).map(rendered).join('');
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rendered(one)]));
}
