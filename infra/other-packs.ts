/**
 * Findings of rule packs that are not run at synth, for auditors who run them: cdk-nag's NIST 800-53 (revision 5) and
 * checkov, whose skip list is .checkov.yaml. A test compares this table with what the first one finds.
 */
export const NIST_800_53_R5 = {
  CloudWatchLogGroupEncrypted:
    'CloudWatch Logs encrypts all logs with a key of its own. They hold no link and no whole key id, so a key that costs a ' +
    'dollar a month and can be disabled protects nothing more.',
  IAMNoInlinePolicy:
    'Each role has its permissions beside it and shares them with nobody; a managed policy could be attached to others, too.',
  LambdaConcurrency:
    "A reserve takes from the account's limit and cannot be deployed where that is small. Queues limit reconcile, one message " +
    'group limits witness, and API Gateway throttles approve.',
  LambdaDLQ:
    'Functions with asynchronous callers have a destination for failures, which knows more than a dead-letter queue. Queues ' +
    'have their own, callers of approve see the failure, and an alarm reports missing runs of health.',
  LambdaInsideVPC:
    'The functions call AWS only. A network of their own would need an endpoint for each service, and IAM has none.',
  S3BucketLoggingEnabled:
    "An access log needs a second bucket, which would need one itself. CloudTrail's data events say more.",
  S3BucketReplicationEnabled:
    'The inventory is taken anew every day, and its bucket keeps versions. A second Region would double what can leak.',
  S3DefaultEncryptionKMS:
    "The bucket is encrypted with S3's key and closed to the public. A key of our own would add another policy to get wrong.",
  SNSEncryptedKMS:
    'The topic of operators, to which CloudWatch could not publish with the key of SNS: see docs/adr/020. The others have it.',
} as const;
