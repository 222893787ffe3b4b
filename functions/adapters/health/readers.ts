import type { KeyObject } from 'node:crypto';
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { HealthReaders } from '../../app/health-ports.ts';
import type { Expected } from '../../core/health/expected.ts';
import { OVERDUE_MINUTES } from '../../core/health/readings.ts';
import { type Instant, MINUTE, plus } from '../../core/model/time.ts';
import { dueIndex } from '../due-index.ts';
import { inventoryStore } from '../inventory-store.ts';
import { readConfigRule, readRecorder } from './aws-config.ts';
import { answered } from './not-read.ts';
import { readDeadLetters, readQueue } from './queues.ts';
import { readSample } from './records.ts';
import { readMapping, readRule } from './rules.ts';
import { readControl, readControlAndLedger, readKeyEvent, readOpenKeys, readSignOff } from './table.ts';
import { readSubscriptions } from './topics.ts';
import { readTrails } from './trails.ts';

/** The clients of health. Any credentials do that may read. */
export interface HealthClients {
  readonly cloudTrail: CloudTrailClient;
  readonly events: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly s3: S3Client;
  readonly documents: DynamoDBDocumentClient;
  /** The public key of the records. */
  readonly recordsKey: () => Promise<KeyObject>;
  /** Returns a number from 0 up to but not including 1 that nobody can foresee. */
  readonly random: () => number;
  config(region: string): ConfigServiceClient;
}

/** The deployment's names, as its outputs and environment have them. */
export interface HealthNames {
  readonly account: string;
  readonly table: string;
  readonly mailTopic: string;
  readonly operatorTopic: string;
  readonly inventoryBucket: string;
  readonly recordsBucket: string;
  /** Regions whose AWS Config may record IAM users. */
  readonly recorderRegions: readonly string[];
}

/** The readers of all checks on AWS. */
export function healthReaders(
  { cloudTrail, events, lambda, sqs, sns, s3, documents, recordsKey, random, config }: HealthClients,
  { account, table, mailTopic, operatorTopic, inventoryBucket, recordsBucket, recorderRegions }: HealthNames,
  expected: Expected,
): HealthReaders {
  const { keyRule, exposureRule, sweepRule, surveyRule, eventQueue, mappings, deadLetters, configRule } =
    expected;
  const inventory = inventoryStore(s3, inventoryBucket);
  const due = dueIndex(documents, table);
  const isOverdue = async (now: Instant) =>
    (await answered('dynamodb:Query', due.due(plus(now, -OVERDUE_MINUTES * MINUTE), 1))).length > 0;
  return {
    trail: () => readTrails(cloudTrail),
    rule: () => readRule(events, keyRule.name),
    'exposure-rule': () => readRule(events, exposureRule),
    'queue-policy': async () => (await readQueue(sqs, eventQueue.url)).policy,
    mappings: () => Promise.all(mappings.map((mapping) => readMapping(lambda, mapping))),
    'key-events': async () => ({
      waiting: (await readQueue(sqs, eventQueue.url)).waiting,
      handledAt: await readKeyEvent(documents, table, account),
    }),
    sweep: async (now) => ({ rule: await readRule(events, sweepRule.name), overdue: await isOverdue(now) }),
    survey: async () => ({
      rule: await readRule(events, surveyRule.name),
      takenAt: await answered('s3:GetObject', inventory.latest()),
    }),
    'dead-letters': () => readDeadLetters(sqs, eventQueue.url, deadLetters),
    subscriptions: () => readSubscriptions(sns, mailTopic),
    operators: () => readSubscriptions(sns, operatorTopic),
    approvers: () => readControl(documents, table),
    pause: () => readControl(documents, table),
    control: () => readControlAndLedger(documents, table, account),
    recorder: () => Promise.all(recorderRegions.map((region) => readRecorder(config(region), region))),
    'config-rule': () => readConfigRule(config(expected.region), configRule ?? ''),
    unannounced: () => readOpenKeys(documents, table, account),
    records: (now) =>
      readSample(
        { s3, bucket: recordsBucket, documents, table, account, publicKey: recordsKey, random },
        now,
      ),
    'sign-off': () => readSignOff(documents, table, account),
  };
}
