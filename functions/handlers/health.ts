import { randomInt } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { Context } from 'aws-lambda';
import {
  configClient,
  documentClient,
  dynamoClient,
  eventBridgeClient,
  kmsClient,
  lambdaClient,
  s3Client,
  snsClient,
  sqsClient,
  trailClient,
} from '../adapters/clients.ts';
import { accountOf, lambdaClock } from '../adapters/clock.ts';
import { named } from '../adapters/environment.ts';
import { healthReaders } from '../adapters/health/readers.ts';
import { healthStore } from '../adapters/health/store.ts';
import { operatorMails } from '../adapters/health/topics.ts';
import { powertoolsLog } from '../adapters/log.ts';
import { publicKeyOf } from '../adapters/records/signer.ts';
import { loadHealthSettings, loadPolicy } from '../adapters/settings.ts';
import { type Checked, checkHealth } from '../app/health/check-health.ts';
import { parseExpected } from '../contracts/expected.ts';
import { EXPOSURE_PATTERN, RECORDED_CALLS } from '../contracts/fixed-names.ts';

const logger = new Logger({ serviceName: 'health' });
const metrics = new Metrics({ namespace: 'Solekey', serviceName: 'health' });
const log = powertoolsLog(logger, metrics);
const policy = loadPolicy();
const { operators, recorderRegions } = loadHealthSettings();
const expected = parseExpected(named('EXPECTED'));
const table = named('TABLE_NAME');
const operatorTopic = named('OPERATOR_TOPIC_ARN');
const documents = documentClient(dynamoClient());
const sns = snsClient();
const configs = new Map<string, ConfigServiceClient>();
const config = (region: string): ConfigServiceClient => {
  const known = configs.get(region) ?? configClient(region);
  configs.set(region, known);
  return known;
};
const clients = {
  cloudTrail: trailClient(),
  events: eventBridgeClient(),
  lambda: lambdaClient(),
  sqs: sqsClient(),
  sns,
  s3: s3Client(),
  documents,
  recordsKey: publicKeyOf(kmsClient(), named('RECORDS_KEY_ID')),
  random: () => randomInt(2 ** 32) / 2 ** 32,
  config,
};
const lasting = {
  store: healthStore(documents, table),
  mails: operatorMails(sns, operatorTopic),
  watchedCalls: RECORDED_CALLS,
  exposurePattern: EXPOSURE_PATTERN,
  log,
  policy,
  operators,
  expected,
};

/** Checks if Solekey can keep its promises, and tells operators what changed. The event's content is ignored. */
export const handler = async (_event: unknown, context: Context): Promise<Checked> => {
  logger.addContext(context);
  const account = accountOf(context);
  const names = {
    account,
    table,
    mailTopic: named('MAIL_TOPIC_ARN'),
    operatorTopic,
    inventoryBucket: named('INVENTORY_BUCKET'),
    recordsBucket: named('RECORDS_BUCKET'),
    recorderRegions,
  };
  const readers = healthReaders(clients, names, expected);
  try {
    return await checkHealth({ ...lasting, readers, account, clock: lambdaClock(context) });
  } finally {
    if (metrics.hasStoredMetrics()) {
      metrics.publishStoredMetrics();
    }
  }
};
