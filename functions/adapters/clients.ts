import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * Timeouts in milliseconds, so that a hanging call does not use up the invocation. Without the last field the SDK
 * only warns and keeps waiting.
 */
const TIMEOUTS = { connectionTimeout: 2000, requestTimeout: 5000, throwOnRequestTimeout: true };

export function dynamoClient(): DynamoDBClient {
  return new DynamoDBClient({ requestHandler: TIMEOUTS });
}

export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/**
 * For reads of IAM. IAM's request rate is shared with the customer's own tools (fact iam-throttling): `adaptive` slows down when throttled.
 */
export function iamReadClient(): IAMClient {
  return new IAMClient({ retryMode: 'adaptive', maxAttempts: 4, requestHandler: TIMEOUTS });
}

/** Law 2: an IAM write is attempted once. The next observation decides if it is tried again. */
export function iamWriteClient(): IAMClient {
  return new IAMClient({ maxAttempts: 1, requestHandler: TIMEOUTS });
}

export function kmsClient(): KMSClient {
  return new KMSClient({ requestHandler: TIMEOUTS });
}

export function snsClient(): SNSClient {
  return new SNSClient({ requestHandler: TIMEOUTS });
}

/** For events to other programs, at the end of a pass: nothing depends on them, so little time is spent. */
export function eventsClient(): EventBridgeClient {
  return new EventBridgeClient({ maxAttempts: 2, requestHandler: { ...TIMEOUTS, requestTimeout: 2000 } });
}

export function sqsClient(): SQSClient {
  return new SQSClient({ requestHandler: TIMEOUTS });
}

export function s3Client(): S3Client {
  return new S3Client({ requestHandler: { ...TIMEOUTS, requestTimeout: 30_000 } });
}

/** In this function's own Region, unless another is named. */
export function configClient(region?: string): ConfigServiceClient {
  return new ConfigServiceClient({
    ...(region === undefined ? {} : { region }),
    requestHandler: TIMEOUTS,
  });
}

export function eventBridgeClient(): EventBridgeClient {
  return new EventBridgeClient({ requestHandler: TIMEOUTS });
}

export function lambdaClient(): LambdaClient {
  return new LambdaClient({ requestHandler: TIMEOUTS });
}

/** For health, which reads the trails once and retries as the SDK does. */
export function trailClient(): CloudTrailClient {
  return new CloudTrailClient({ requestHandler: TIMEOUTS });
}

/** For starting the rule. The SDK treats "once a minute" as throttling and would retry three times within seconds. */
export function configStartClient(): ConfigServiceClient {
  return new ConfigServiceClient({ maxAttempts: 1, requestHandler: TIMEOUTS });
}

/**
 * For evaluate, which makes many IAM calls and has minutes to wait: `adaptive` slows down when throttled, and the
 * authorization details of a thousand users take longer than a single user.
 */
export function iamCensusClient(): IAMClient {
  const requestHandler = { ...TIMEOUTS, requestTimeout: 30_000 };
  return new IAMClient({ retryMode: 'adaptive', maxAttempts: 8, requestHandler });
}

/** For witness: one attempt a call, because it keeps to the rate of CloudTrail itself. */
export function cloudTrailClient(region: string): CloudTrailClient {
  return new CloudTrailClient({
    region,
    maxAttempts: 1,
    requestHandler: { ...TIMEOUTS, requestTimeout: 15_000 },
  });
}
