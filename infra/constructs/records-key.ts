import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { SolekeyFunction } from './function.ts';
import { ADMINISTRATION } from './key-administration.ts';

/** The only algorithm of the key. Anybody can check its signatures with the public key, without AWS. */
const ALGORITHM = 'ECDSA_SHA_256';

/**
 * The key that signs records. Only the key policy gives permission to use it, as with the key of links: neither an
 * administrator nor an operator's command can sign, and no function but records.
 */
export class RecordsKey extends Construct {
  readonly key: kms.Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new kms.Key(this, 'Key', {
      description: 'Solekey: signs its records',
      keySpec: kms.KeySpec.ECC_NIST_P256,
      keyUsage: kms.KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      policy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'AccountAdministers',
            principals: [new iam.AccountRootPrincipal()],
            // The public key is no secret: whoever keeps a copy elsewhere can check what is signed.
            actions: [...ADMINISTRATION, 'kms:GetPublicKey'],
            resources: ['*'],
          }),
        ],
      }),
    });
  }

  /** For records alone: sign, and read the public key with which it checks the anchor before. */
  grantSign(fn: SolekeyFunction): void {
    fn.tell('RECORDS_KEY_ID', this.key.keyId);
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'SignRecords',
        principals: [new iam.ArnPrincipal(fn.role.roleArn)],
        actions: ['kms:Sign'],
        resources: ['*'],
        conditions: { StringEquals: { 'kms:SigningAlgorithm': ALGORITHM } },
      }),
    );
    this.grantCheck(fn);
  }

  /** For a function that checks signatures. */
  grantCheck(fn: SolekeyFunction): void {
    fn.tell('RECORDS_KEY_ID', this.key.keyId);
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: `ReadPublicKey${fn.node.id}`,
        principals: [new iam.ArnPrincipal(fn.role.roleArn)],
        actions: ['kms:GetPublicKey'],
        resources: ['*'],
      }),
    );
  }
}
