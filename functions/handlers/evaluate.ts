import { setTimeout } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { aboutStore } from '../adapters/about-store.ts';
import { caseReader } from '../adapters/case-reader.ts';
import {
  configClient,
  documentClient,
  dynamoClient,
  iamCensusClient,
  s3Client,
  sqsClient,
} from '../adapters/clients.ts';
import { accountOf, lambdaClock } from '../adapters/clock.ts';
import { configRule } from '../adapters/config-rule.ts';
import { named, optional } from '../adapters/environment.ts';
import { iamReader } from '../adapters/iam.ts';
import { inventoryStore } from '../adapters/inventory-store.ts';
import { powertoolsLog } from '../adapters/log.ts';
import { orderReader } from '../adapters/order-reader.ts';
import { outbox } from '../adapters/outbox.ts';
import { reportReader } from '../adapters/report-reader.ts';
import { loadPolicy } from '../adapters/settings.ts';
import { signOffKeeper } from '../adapters/sign-off-asks.ts';
import { censusTaker, readAccountDetails } from '../adapters/survey.ts';
import { refreshSender, signOffSender, wakeQueue } from '../adapters/wake-queue.ts';
import { type Evaluated, evaluate } from '../app/survey/evaluate.ts';
import { type Hourly, hourly } from '../app/survey/hourly.ts';
import { parseInvocation } from '../contracts/config-invocation.ts';

// The event is never logged, because its result token permits reporting evaluations for this rule.
const logger = new Logger({ serviceName: 'evaluate' });
const metrics = new Metrics({ namespace: 'Solekey', serviceName: 'evaluate' });
const log = powertoolsLog(logger, metrics);
const policy = loadPolicy();
const config = configClient();
const iam = iamCensusClient();
const pause = (seconds: number): Promise<void> => setTimeout(seconds * 1000);
const documents = documentClient(dynamoClient());
const table = named('TABLE_NAME');
const queue = outbox(sqsClient(), named('WAKE_QUEUE_URL'));
const s3 = s3Client();
const lasting = {
  census: censusTaker(iam, pause),
  account: { details: () => readAccountDetails(iam) },
  store: inventoryStore(s3, named('INVENTORY_BUCKET')),
  orders: orderReader(s3, optional('RECORDS_BUCKET')),
  reports: reportReader(s3, optional('RECORDS_BUCKET')),
  signOffs: signOffKeeper(documents, table),
  signOffWakes: signOffSender(queue),
  iam: iamReader(iam),
  cases: caseReader(documents, table),
  about: aboutStore(documents, table),
  wakes: wakeQueue(queue),
  refreshes: refreshSender(queue),
  log,
  policy,
  pause,
};

/**
 * The hourly survey, or one run of the rule in AWS Config. Throws for an event that is neither, or is of another account's
 * rule, and for a run that did not complete.
 */
export const handler = async (event: unknown, context: Context): Promise<Evaluated | Hourly | null> => {
  logger.addContext(context);
  const asked = parseInvocation(event);
  if (asked.kind === 'broken') {
    throw new Error(`This is an invocation neither by AWS Config nor by our schedule: ${asked.problem}`);
  }
  if (asked.kind === 'run' && asked.account !== accountOf(context)) {
    throw new Error('AWS Config asked about another account than the one this function is in.');
  }
  if (asked.kind === 'ignored') {
    log.info('A message that a periodic rule has nothing to do with', { messageType: asked.messageType });
    return null;
  }
  try {
    if (asked.kind === 'survey') {
      return await hourly({ ...lasting, clock: lambdaClock(context) }, accountOf(context));
    }
    const rule = configRule(config, asked);
    return await evaluate({ ...lasting, rule, clock: lambdaClock(context) }, asked.account);
  } finally {
    if (metrics.hasStoredMetrics()) {
      metrics.publishStoredMetrics();
    }
  }
};
