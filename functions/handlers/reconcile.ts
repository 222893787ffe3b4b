import { randomUUID } from 'node:crypto';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { caseStore } from '../adapters/case-store.ts';
import {
  documentClient,
  dynamoClient,
  iamReadClient,
  iamWriteClient,
  kmsClient,
  snsClient,
  sqsClient,
} from '../adapters/clients.ts';
import { accountOf, lambdaClock } from '../adapters/clock.ts';
import { named } from '../adapters/environment.ts';
import { iamReader, iamWriter } from '../adapters/iam.ts';
import { linkMinter, linkVerifier } from '../adapters/link-key.ts';
import { powertoolsLog } from '../adapters/log.ts';
import { onceIn } from '../adapters/once.ts';
import { loadPolicy } from '../adapters/settings.ts';
import { topics } from '../adapters/topics.ts';
import { deadLetters, wakeQueue } from '../adapters/wake-queue.ts';
import { type Reception, receive } from '../app/receive.ts';
import { reconcile } from '../app/reconcile.ts';
import type { World } from '../app/world.ts';
import { linkPath } from '../contracts/link.ts';
import { parseMessage } from '../contracts/message.ts';

/** A claim is a lease of the function's timeout and this: nobody else moves the case while the claimer may be alive. */
const LEASE_MARGIN_SECONDS = 30;

const logger = new Logger({ serviceName: 'reconcile' });
const metrics = new Metrics({ namespace: 'Solekey', serviceName: 'reconcile' });
const log = powertoolsLog(logger, metrics);
const dynamo = dynamoClient();
const kms = kmsClient();
const sqs = sqsClient();
const publicUrl = named('PUBLIC_URL');
const links = { ...linkMinter(kms, named('LINK_KEY_ID')), ...linkVerifier(kms, named('LINK_KEY_ID')) };
const lasting: Omit<World, 'clock'> = {
  iam: iamReader(iamReadClient()),
  iamWrites: iamWriter(iamWriteClient()),
  cases: caseStore(documentClient(dynamo), named('TABLE_NAME')),
  links,
  publisher: topics(snsClient(), { mail: named('MAIL_TOPIC_ARN'), data: named('DATA_TOPIC_ARN') }),
  wakes: wakeQueue(sqs, named('WAKE_QUEUE_URL')),
  log,
  policy: loadPolicy(),
  linkTo: (purpose, token) => `${publicUrl}${linkPath(purpose, token)}`,
  leaseFor: Number(named('FUNCTION_TIMEOUT_SECONDS')) + LEASE_MARGIN_SECONDS,
  newId: randomUUID,
};
const processor = new BatchProcessor(EventType.SQS);

/** Looks at users again, one after the other; what cannot be handled now is reported back to the queue. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  logger.addContext(context);
  const world: World = { ...lasting, clock: lambdaClock(context) };
  const reception: Reception = {
    log,
    account: accountOf(context),
    reconcile: (wake) => reconcile(world, wake),
    once: onceIn(dynamo, named('ONCE_TABLE_NAME'), context),
    bury: deadLetters(sqs, named('WAKE_DLQ_URL')),
  };
  const handle = ({ body }: SQSRecord) => receive(reception, parseMessage(body), body);
  const options = { context, processInParallel: false, throwOnFullBatchFailure: false };
  const response = await processPartialResponse(event, handle, processor, options);
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  return response;
};
