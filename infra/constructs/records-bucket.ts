import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { SolekeyFunction } from './function.ts';

/** A replaced version of a pointer or a report is of use only while somebody looks for a mistake. */
const REPLACED = Duration.days(30);

/** An object past its retention is first hidden. Somebody who shortened the retention by mistake has this long to notice. */
const HIDDEN = Duration.days(30);

export interface RecordsBucketProps {
  /** Days for which records and packs are kept. */
  readonly retentionDays: number;
  /** `governance`: no version can be deleted before. */
  readonly objectLock: 'off' | 'governance';
}

/** The report that approvers are shown, and the state of sign-offs beside it. */
const REPORT = 'reports/latest.json';
const SIGN_OFF = 'reports/sign-off.json';

/** The actions that write, delete, or shorten how long something is kept. */
const WRITES = [
  's3:PutObject',
  's3:PutObjectRetention',
  's3:PutObjectLegalHold',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:BypassGovernanceRetention',
];

/**
 * The bucket of records: anchors with their files, reports, evidence packs. Its policy lets nobody but records write,
 * administrators included, and it outlives the stack.
 */
export class RecordsBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { retentionDays, objectLock }: RecordsBucketProps) {
    super(scope, id);
    const kept = Duration.days(retentionDays);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      // From the beginning, because a bucket that CloudFormation made without it would be replaced.
      objectLockEnabled: true,
      ...(objectLock === 'off' ? {} : { objectLockDefaultRetention: ObjectLockRetention.governance(kept) }),
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        ...['anchors/', 'packs/'].map((prefix) => ({
          prefix,
          expiration: kept,
          noncurrentVersionExpiration: HIDDEN,
        })),
        ...['reports/', 'orders/'].map((prefix) => ({ prefix, noncurrentVersionExpiration: REPLACED })),
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }

  /** For records alone: write, and read what the next anchor follows. It deletes nothing. */
  grantRecord(fn: SolekeyFunction): void {
    this.tell(fn);
    fn.allow({
      sid: 'KeepRecords',
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: ['anchors/*', 'packs/*', 'reports/*', 'orders/live.json'].map(
        (key) => `${this.bucket.bucketArn}/${key}`,
      ),
    });
    this.letList(fn);
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NobodyElseWrites',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: WRITES,
        resources: [`${this.bucket.bucketArn}/*`],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': fn.role.roleArn } },
      }),
    );
  }

  /** For evaluate: read which users the next inventory must read live, and if approvers are to be asked for a sign-off. */
  grantOrders(fn: SolekeyFunction): void {
    this.letRead(fn, 'ReadOrders', 'orders/live.json', SIGN_OFF);
  }

  /** For approve: read the report behind a link. It must not list the bucket, so S3 answers 403 while there is no report. */
  grantReports(fn: SolekeyFunction): void {
    this.tell(fn);
    fn.allow({
      sid: 'ReadReports',
      actions: ['s3:GetObject'],
      resources: [REPORT, SIGN_OFF].map((key) => `${this.bucket.bucketArn}/${key}`),
    });
  }

  /** For health: compare the histories of some users with the anchors. */
  grantAnchors(fn: SolekeyFunction): void {
    this.letRead(fn, 'ReadAnchors', 'anchors/*');
  }

  private letRead(fn: SolekeyFunction, sid: string, ...keys: readonly string[]): void {
    this.tell(fn);
    const resources = keys.map((key) => `${this.bucket.bucketArn}/${key}`);
    fn.allow({ sid, actions: ['s3:GetObject'], resources });
    this.letList(fn);
  }

  private letList(fn: SolekeyFunction): void {
    // Without it, S3 answers 403 instead of 404 about an object that is not there yet.
    fn.allow({ sid: 'ListRecords', actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] });
  }

  private tell(fn: SolekeyFunction): void {
    fn.tell('RECORDS_BUCKET', this.bucket.bucketName);
  }
}
