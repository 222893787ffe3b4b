import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { SolekeyFunction } from './function.ts';

/** A replaced version of a pointer or a reading is of use only while somebody looks for a mistake. */
const REPLACED = Duration.days(30);

export interface InventoryBucketProps {
  /** Days for which inventories are kept. */
  readonly retentionDays: number;
}

/**
 * The bucket of inventories. It names all users, their owners and their keys, so it is encrypted, reachable with TLS
 * only, and never public; and it outlives the stack, because it is a record.
 */
export class InventoryBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { retentionDays }: InventoryBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          prefix: 'inventory/',
          expiration: Duration.days(retentionDays),
          noncurrentVersionExpiration: REPLACED,
        },
        { prefix: 'readings/', noncurrentVersionExpiration: REPLACED },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }

  /** For evaluate: write inventories and readings, and read what the next run builds on. It deletes nothing. */
  grantKeep(fn: SolekeyFunction): void {
    const { bucketArn, bucketName } = this.bucket;
    fn.tell('INVENTORY_BUCKET', bucketName);
    fn.allow({
      sid: 'KeepInventory',
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [`${bucketArn}/inventory/*`, `${bucketArn}/readings/*`],
    });
    this.letList(fn);
  }

  /** For health: see when the latest inventory was taken. */
  grantDate(fn: SolekeyFunction): void {
    const { bucketArn, bucketName } = this.bucket;
    fn.tell('INVENTORY_BUCKET', bucketName);
    fn.allow({
      sid: 'ReadDateOfInventory',
      actions: ['s3:GetObject'],
      resources: [`${bucketArn}/inventory/latest.json`],
    });
    this.letList(fn);
  }

  /** For records: read the inventories that it judges. */
  grantReadInventories(fn: SolekeyFunction): void {
    const { bucketArn, bucketName } = this.bucket;
    fn.tell('INVENTORY_BUCKET', bucketName);
    fn.allow({ sid: 'ReadInventory', actions: ['s3:GetObject'], resources: [`${bucketArn}/inventory/*`] });
    this.letList(fn);
  }

  private letList(fn: SolekeyFunction): void {
    const { bucketArn } = this.bucket;
    // Without it, S3 answers 403 instead of 404 about an object that is not there yet.
    fn.allow({ sid: 'ListInventory', actions: ['s3:ListBucket'], resources: [bucketArn] });
  }
}
