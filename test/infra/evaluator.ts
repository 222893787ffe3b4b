/** Asks an evaluator that shares no code with us what reconcile's role may do to a user. */
import { runSimulation } from '@cloud-copilot/iam-simulate';
import fc from 'fast-check';
import type { UserRule } from '../../functions/core/model/policy.ts';
import { policiesOf } from './policies.ts';
import { flat, type Json, type Synthesised } from './synth.ts';

export const ACCOUNT = '123456789012';
export const CHANGES = ['iam:UpdateAccessKey', 'iam:DeleteAccessKey'];

export interface User {
  readonly userName: string;
  readonly path: string;
  readonly tags: Record<string, string>;
}

/** What the policies of reconcile's role say together as they would be attached, with the account filled in. */
export function policyOf(made: Synthesised) {
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

/** `Allowed`, `ImplicitlyDenied` or `ExplicitlyDenied`: the answer to a call by reconcile's role. */
export async function verdict(
  policy: ReturnType<typeof policyOf>,
  action: string,
  user: User,
): Promise<string> {
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

/** Globs and tags, some of which match some of {@link anyUser}. */
export const anyRule: fc.Arbitrary<UserRule> = fc.record({
  tag: fc.option(
    fc.constantFrom({ key: 'solekey:exclude', value: 'true' }, { key: 'Owner', value: 'sec ops' }),
  ),
  users: fc.uniqueArray(fc.constantFrom(...GLOBS), { maxLength: 3 }),
});

export const anyUser: fc.Arbitrary<User> = fc.record({
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

/** How many characters IAM counts, where each ARN that is made at deployment is as long as the longest could be. */
export function sizes(made: Synthesised, managed: boolean): number[] {
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
