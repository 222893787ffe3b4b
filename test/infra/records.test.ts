/** The bucket and the key of records: nobody but records writes or signs, by an evaluator that is not ours. */
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { describe, expect, it } from 'vitest';
import { policiesOf } from './policies.ts';
import { at, flat, type Json, synth } from './synth.ts';

const ACCOUNT = '123456789012';
const BUCKET = 'records-bucket';
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/records`;
const made = synth();

const roleArn = (fn: string) => `arn:aws:iam::${ACCOUNT}:role/${fn}`;

/** The template's references as plain text, with ARNs where policies have them. */
function resolved(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(resolved);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value;
  if (ref !== undefined || attribute !== undefined) {
    const path = flat(made, value).slice(1, -1);
    const named: Record<string, string> = {
      'AWS::AccountId': ACCOUNT,
      'AWS::Partition': 'aws',
      'RecordsBucket/Bucket': `arn:aws:s3:::${BUCKET}`,
    };
    return named[path] ?? (path.endsWith('/Role') ? roleArn(path.slice(0, -5)) : `arn:aws:other:::${path}`);
  }
  return Array.isArray(join)
    ? (join[1] as Json[]).map((part) => String(resolved(part))).join('')
    : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolved(one)]));
}

const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

interface Caller {
  readonly principal: string;
  readonly policies: readonly Json[];
}

const role = (fn: string): Caller => ({
  principal: roleArn(fn),
  policies: policiesOf(made, fn).map(({ document }) => resolved(document)),
});
const person = (arn: string): Caller => ({ principal: arn, policies: [EVERYTHING] });

async function verdict(
  { principal, policies }: Caller,
  action: string,
  resource: string,
  resourcePolicy: Json,
  context: Record<string, string> = {},
): Promise<string> {
  const result = await runSimulation(
    {
      identityPolicies: policies.map((policy, index) => ({ name: `policy-${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: resolved(resourcePolicy),
      request: {
        principal,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: { 'aws:SecureTransport': 'true', 'aws:PrincipalArn': principal, ...context },
      },
    },
    {},
  );
  return 'overallResult' in result ? result.overallResult : JSON.stringify(result);
}

const OTHERS: readonly (readonly [string, Caller])[] = [
  ...['Reconcile', 'Approve', 'Sweep', 'Evaluate', 'Witness', 'Health'].map(
    (fn) => [`the role of ${fn}`, role(fn)] as const,
  ),
  ['an administrator, with an operator’s command', person(roleArn('admin'))],
  ['a user who may do all', person(`arn:aws:iam::${ACCOUNT}:user/mallory`)],
  ['root', person(`arn:aws:iam::${ACCOUNT}:root`)],
];
const WRITES = ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'];

const onBucket = (caller: Caller, action: string, key = 'anchors/000000001/anchor.json') =>
  verdict(
    caller,
    action,
    `arn:aws:s3:::${BUCKET}/${key}`,
    at(made, 'RecordsBucket/Bucket/Policy').Properties.PolicyDocument ?? null,
  );
const onKey = (caller: Caller, action: string, algorithm = 'ECDSA_SHA_256') =>
  verdict(caller, action, KEY, at(made, 'RecordsKey/Key').Properties.KeyPolicy ?? null, {
    'kms:SigningAlgorithm': algorithm,
  });

describe('the bucket of records', () => {
  it.each(OTHERS)('takes and loses nothing by %s', async (_who, caller) => {
    const verdicts = await Promise.all(WRITES.map((action) => onBucket(caller, action)));
    expect(verdicts).toEqual(WRITES.map(() => 'ExplicitlyDenied'));
  });

  it('takes what records puts, and lets not even records delete', async () => {
    expect(await onBucket(role('Records'), 's3:PutObject')).toBe('Allowed');
    for (const action of WRITES.slice(1)) {
      expect(await onBucket(role('Records'), action)).toBe('ImplicitlyDenied');
    }
    expect(await onBucket(role('Records'), 's3:PutObject', 'elsewhere/file')).toBe('ImplicitlyDenied');
  });

  it.each([
    ['Approve', ['reports/latest.json', 'reports/sign-off.json']],
    ['Evaluate', ['reports/sign-off.json', 'orders/live.json']],
    ['Health', ['anchors/000000001/heads.jsonl']],
  ])('shows %s %o and nothing else', async (fn, keys) => {
    const all = [
      'reports/latest.json',
      'reports/sign-off.json',
      'orders/live.json',
      'anchors/000000001/heads.jsonl',
      'packs/1/pack.zip',
    ];
    const shown = await Promise.all(all.map((one) => onBucket(role(fn), 's3:GetObject', one)));
    expect(all.filter((_, index) => shown[index] === 'Allowed')).toEqual(keys);
  });

  it('is versioned, kept, private, and ready for Object Lock', () => {
    const bucket = at(made, 'RecordsBucket/Bucket');
    expect(bucket).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    const { Properties } = bucket;
    expect(Properties).toMatchObject({
      ObjectLockEnabled: true,
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
  });
});

describe('the key of records', () => {
  it.each(OTHERS)('signs nothing for %s', async (_who, caller) => {
    const actions = ['kms:Sign', 'kms:CreateGrant', 'kms:ReplicateKey'];
    const verdicts = await Promise.all(actions.map((action) => onKey(caller, action)));
    expect(verdicts).not.toContain('Allowed');
  });

  it('signs for records, with its one algorithm', async () => {
    expect(await onKey(role('Records'), 'kms:Sign')).toBe('Allowed');
    expect(await onKey(role('Records'), 'kms:Sign', 'ECDSA_SHA_384')).not.toBe('Allowed');
  });

  it('tells everybody in the account who may ask its public half', async () => {
    expect(await onKey(person(roleArn('admin')), 'kms:GetPublicKey')).toBe('Allowed');
    expect(at(made, 'RecordsKey/Key')).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
    });
  });
});

describe('how long records are kept', () => {
  const bucket = (settings: Record<string, unknown>) =>
    at(synth(settings), 'RecordsBucket/Bucket').Properties;
  const EXPIRES = { ExpirationInDays: 400, NoncurrentVersionExpiration: { NoncurrentDays: 30 } };

  it('at least 400 days, and hidden for 30 more before they are gone', () => {
    expect(bucket({}).LifecycleConfiguration).toMatchObject({
      Rules: [
        { Prefix: 'anchors/', ...EXPIRES },
        { Prefix: 'packs/', ...EXPIRES },
        { Prefix: 'reports/', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
        { Prefix: 'orders/' },
        { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      ],
    });
  });

  it('as the settings say, as inventories are', () => {
    const longer = synth({ retention: 'P4018D' });
    const expire = (path: string) => JSON.stringify(at(longer, path).Properties?.LifecycleConfiguration);
    expect(expire('RecordsBucket/Bucket').match(/"ExpirationInDays":4018/g)).toHaveLength(2);
    expect(expire('Inventory/Bucket').match(/"ExpirationInDays":4018/g)).toHaveLength(1);
    expect(JSON.stringify(longer.template.Outputs?.RetentionDays)).toContain('"4018"');
  });

  it('locked only if the settings say so', () => {
    expect(bucket({})).toMatchObject({ ObjectLockEnabled: true });
    expect(bucket({})).not.toHaveProperty('ObjectLockConfiguration');
    expect(bucket({ objectLock: 'governance', retention: 'P730D' }).ObjectLockConfiguration).toEqual({
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 730 } },
    });
  });
});
