import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { SolekeyFunction } from './function.ts';

/**
 * What the account's administrators may do with the key. Neither GenerateMac nor VerifyMac, and no CreateGrant,
 * with which they could give themselves either: only a change of this policy, which CloudTrail shows, opens it.
 */
const ADMINISTRATION = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:PutKeyPolicy',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:RevokeGrant',
  'kms:EnableKey',
  'kms:DisableKey',
  'kms:GetKeyRotationStatus',
  'kms:ListResourceTags',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateKeyDescription',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
];

/**
 * The key that makes a link genuine. Nothing but the key policy gives its use away: the usual statement, which
 * hands `kms:*` on to the account's IAM policies, would let any administrator mint a decision.
 */
export class LinkKey extends Construct {
  readonly key: kms.Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new kms.Key(this, 'Key', {
      description: 'Solekey: makes and checks the links in its mails',
      keySpec: kms.KeySpec.HMAC_256,
      keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC,
      // Without the key nobody could ever check again through which link a stored request came. But a first deployment
      // that fails has made no link, and leaves no key that costs a dollar a month.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      policy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'AccountAdministers',
            principals: [new iam.AccountRootPrincipal()],
            actions: ADMINISTRATION,
            resources: ['*'],
          }),
        ],
      }),
    });
  }

  /** For reconcile alone: whoever can make a link can decide. With it reconcile also checks what was said through a link. */
  grantMint(fn: SolekeyFunction): void {
    this.grant(fn, 'MintLinks', 'kms:GenerateMac');
  }

  /** For approve alone, which is sent links by people and must not be able to make one. */
  grantCheck(fn: SolekeyFunction): void {
    this.grant(fn, 'CheckLinks', 'kms:VerifyMac');
  }

  private grant(fn: SolekeyFunction, sid: string, action: string): void {
    fn.tell('LINK_KEY_ID', this.key.keyId);
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        principals: [new iam.ArnPrincipal(fn.role.roleArn)],
        actions: [action],
        resources: ['*'],
        conditions: { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } },
      }),
    );
  }
}
