import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { SolekeyFunction } from './function.ts';
import { ADMINISTRATION } from './key-administration.ts';

/**
 * The HMAC key that signs links. Only the key policy gives permission to use it: the usual statement, which delegates
 * `kms:*` to the account's IAM policies, would let any administrator forge a decision.
 */
export class LinkKey extends Construct {
  readonly key: kms.Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new kms.Key(this, 'Key', {
      description: 'Solekey: signs and verifies the links in its mails',
      keySpec: kms.KeySpec.HMAC_256,
      keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC,
      // Without the key the link behind a stored request could never be verified again. But a first deployment that
      // fails has signed no link, so it keeps no key that costs a dollar a month.
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

  /**
   * For reconcile alone, because a function that can make links can decide. Reconcile also uses it to verify stored
   * requests.
   */
  grantMint(fn: SolekeyFunction): void {
    this.grant(fn, 'MintLinks', 'kms:GenerateMac');
  }

  /** For approve alone, which verifies the links that people send and must not be able to make one. */
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
