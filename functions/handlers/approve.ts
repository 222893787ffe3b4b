import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { type APIGatewayProxyResult, handle, type LambdaEvent } from 'hono/aws-lambda';
import { documentClient } from '../adapters/clients.ts';
import { named, optional } from '../adapters/environment.ts';
import { gatheredReads } from '../adapters/gathered-reads.ts';
import { linkVerifier } from '../adapters/link-key.ts';
import { listStore } from '../adapters/list-store.ts';
import { powertoolsLog } from '../adapters/log.ts';
import { outbox } from '../adapters/outbox.ts';
import { reportReader } from '../adapters/report-reader.ts';
import { requestStore } from '../adapters/request-store.ts';
import { loadPolicy } from '../adapters/settings.ts';
import { statementStore } from '../adapters/statement-store.ts';
import { mailLinkSender, statementSender, wakeQueue } from '../adapters/wake-queue.ts';
import { instantOf } from '../core/model/time.ts';
import { buildApp } from '../web/app.ts';

/**
 * Short limits, because a person is waiting: an error page after some seconds is better than a page that never comes.
 */
const HASTY = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2500, throwOnRequestTimeout: true },
};

// The event is never logged, because its path contains a link and its body what a person typed.
const logger = new Logger({ serviceName: 'approve' });
const metrics = new Metrics({ namespace: 'Solekey', serviceName: 'approve' });
const log = powertoolsLog(logger, metrics);
const documents = documentClient(new DynamoDBClient(HASTY));
const post = outbox(new SQSClient(HASTY), named('WAKE_QUEUE_URL'));
const app = buildApp({
  links: linkVerifier(new KMSClient(HASTY), named('LINK_KEY_ID')),
  store: requestStore(documents, named('TABLE_NAME')),
  storeForMany: requestStore(documents, named('TABLE_NAME'), gatheredReads(documents, named('TABLE_NAME'))),
  list: listStore(documents, named('TABLE_NAME')),
  reports: reportReader(new S3Client(HASTY), optional('RECORDS_BUCKET')),
  wakes: wakeQueue(post),
  mailLinks: mailLinkSender(post),
  statements: statementStore(documents, named('TABLE_NAME')),
  statementWakes: statementSender(post),
  clock: { now: () => instantOf(Date.now()) },
  log,
  policy: loadPolicy(),
});
const answer = handle(app);

/** The pages behind the links, for HTTP API v2. */
export const handler = async (event: LambdaEvent, context: Context): Promise<APIGatewayProxyResult> => {
  logger.addContext(context);
  const response = await answer(event, context);
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
  }
  return response;
};
