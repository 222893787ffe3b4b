/**
 * Findings of cdk-nag that we accept, each with its reason. A finding that is not listed here makes synth fail, and a
 * test fails for an entry that is no longer needed.
 *
 * The ids have the plug-in's name in front. Without it cdk-nag drops the finding before it reaches the validation
 * report, and an auditor sees neither the finding nor the reason.
 */
import { type CfnElement, type Stack, Token, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Settings } from '../functions/contracts/settings.ts';
import { mayChangeKeys } from './constructs/remediation.ts';

interface Acknowledged {
  /** Path of the construct below the stack. */
  readonly at: string;
  /** The rule, with the finding in brackets where a rule can have several. */
  readonly finding: string;
  readonly reason: string;
}

/** An accepted resource with `*` in an IAM policy of ours. A test allows exactly these. */
export interface AcknowledgedWildcard {
  /** The function whose role has the resource in its policy. */
  readonly role: string;
  /** The resource as cdk-nag writes it. Values known only at deployment are in angle brackets. */
  readonly resource: string;
  readonly reason: string;
}

const DEAD_LETTERS =
  'It is a dead-letter queue itself: what leaves messages in it names it, which this check does not see.';

const ACCESS_LOG =
  'An access log needs a second bucket, which would need one itself. Data events of CloudTrail say more, with the ' +
  "caller's identity; whoever wants them adds this bucket to the account's trail.";

const FINDINGS: readonly Acknowledged[] = [
  {
    at: 'Approval/Api',
    finding: 'AwsSolutions-APIG4',
    reason:
      "A person who opens a mailed link has no AWS identity to authorise. The link's own signature, made with a key " +
      'in KMS, admits its holder to one case, and reconcile checks what was said through it before it counts.',
  },
  { at: 'Detection/DeadLetters/Queue', finding: 'AwsSolutions-SQS3', reason: DEAD_LETTERS },
  { at: 'SweepSchedule/DeadLetters/Queue', finding: 'AwsSolutions-SQS3', reason: DEAD_LETTERS },
  { at: 'ComplianceView/DeadLetters/Queue', finding: 'AwsSolutions-SQS3', reason: DEAD_LETTERS },
  { at: 'Inventory/Bucket', finding: 'AwsSolutions-S1', reason: ACCESS_LOG },
  { at: 'RecordsBucket/Bucket', finding: 'AwsSolutions-S1', reason: ACCESS_LOG },
];

/** Only where usage is looked up. */
const WITNESS: AcknowledgedWildcard = {
  role: 'Witness',
  resource: '*',
  reason: 'cloudtrail:LookupEvents, the only action given on it, cannot be narrowed to a resource.',
};

const HEALTH: AcknowledgedWildcard = {
  role: 'Health',
  resource: '*',
  reason:
    'Reads only: of trails, which may be those of the organisation, of subscriptions and of AWS Config. Most of these ' +
    'calls cannot be narrowed to a resource; the others are about resources that are not ours and whose names are unknown.',
};

/** The settings on which they depend: exclusions and `only`, if the role can change keys at all, and whether usage is looked up. */
type Deciding = Pick<Settings, 'mode' | 'only' | 'exclude' | 'usage'>;

export function acknowledgedWildcards(
  stack: Stack,
  { mode, only, exclude, usage }: Deciding,
): AcknowledgedWildcard[] {
  const account = Token.isUnresolved(stack.account) ? '<AWS::AccountId>' : stack.account;
  const partition = Token.isUnresolved(stack.partition) ? '<AWS::Partition>' : stack.partition;
  const users = (name: string) => `arn:${partition}:iam::${account}:user/${name}`;
  const globsIn = (names: readonly string[]) =>
    mayChangeKeys(mode)
      ? names.flatMap((glob) => [glob, `*/${glob}`]).filter((glob) => glob.includes('*'))
      : [];
  const everyUser =
    'The product is about every IAM user of the account; which ones come tomorrow nobody knows.';
  const kept = (folder: string) => ({
    role: 'Evaluate',
    resource: `<${logicalIdOf(stack, 'Inventory/Bucket/Resource')}.Arn>/${folder}/*`,
    reason: 'Every inventory and every turn of the reading is an object of its own in this folder.',
  });
  const recorded = (folder: string, role = 'Records') => ({
    role,
    resource: `<${logicalIdOf(stack, 'RecordsBucket/Bucket/Resource')}.Arn>/${folder}/*`,
    reason: 'Every anchor, every evidence pack and every report is an object of its own in this folder.',
  });
  const records = [
    recorded('anchors'),
    recorded('anchors', 'Health'),
    recorded('packs'),
    recorded('reports'),
    {
      role: 'Records',
      resource: `<${logicalIdOf(stack, 'Inventory/Bucket/Resource')}.Arn>/inventory/*`,
      reason: 'It judges the latest inventory, each of which is an object of its own in this folder.',
    },
  ];
  const evaluate = [
    kept('inventory'),
    kept('readings'),
    { role: 'Evaluate', resource: users('*'), reason: everyUser },
    {
      role: 'Evaluate',
      resource: '*',
      reason:
        'The credential report, the authorization details and config:PutEvaluations, the only actions given on it, ' +
        'cannot be narrowed to a resource.',
    },
  ];
  return [
    ...globsIn(exclude.users).map((glob) => ({
      role: 'Reconcile',
      resource: users(glob),
      reason:
        'It stands in a Deny: the setting `exclude` names users that are never changed, and this takes them out of reach.',
    })),
    ...globsIn(only?.users ?? []).map((glob) => ({
      role: 'Reconcile',
      resource: users(glob),
      reason:
        'The setting `only` names the users whose keys may be changed by globs; without it the same actions reach every user.',
    })),
    { role: 'Reconcile', resource: users('*'), reason: everyUser },
    {
      role: 'Reconcile',
      resource: '*',
      reason: 'iam:ListUsers, the only action given on it, cannot be narrowed to a resource.',
    },
    ...evaluate,
    ...records,
    ...(usage === 'off' ? [] : [WITNESS]),
    HEALTH,
  ];
}

/**
 * Adds every acknowledgement to its construct. Throws if a path matches no construct, so that no outdated entry
 * remains.
 */
export function acknowledgeFindings(stack: Stack, settings: Deciding): void {
  const wildcards = acknowledgedWildcards(stack, settings).map(({ role, resource, reason }) => ({
    // Added to the role, because a long policy is split into further constructs only at synth.
    at: `${role}/Role`,
    finding: `AwsSolutions-IAM5[Resource::${resource}]`,
    reason,
  }));
  for (const { at, finding, reason } of [...FINDINGS, ...wildcards]) {
    Validations.of(constructAt(stack, at)).acknowledge({ id: `AwsSolutions::${finding}`, reason });
  }
}

function constructAt(stack: Stack, path: string): IConstruct {
  return path.split('/').reduce<IConstruct>((parent, id) => parent.node.findChild(id), stack);
}

function logicalIdOf(stack: Stack, path: string): string {
  return stack.getLogicalId(constructAt(stack, path) as CfnElement);
}
