import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { accountOf, lambdaClock } from '../adapters/clock.ts';
import { named, optional } from '../adapters/environment.ts';
import { powertoolsLog } from '../adapters/log.ts';
import { reconcilePorts } from '../adapters/reconcile-ports.ts';
import { loadPolicy } from '../adapters/settings.ts';
import { askSignOff } from '../app/reconcile/ask-sign-off.ts';
import { sendDigests } from '../app/reconcile/digest.ts';
import { mailLink } from '../app/reconcile/mail-link.ts';
import { type Reception, receive } from '../app/reconcile/receive.ts';
import { reconcile } from '../app/reconcile/reconcile.ts';
import { refresh } from '../app/reconcile/refresh.ts';
import { noteStatement } from '../app/reconcile/statement.ts';
import type { World } from '../app/reconcile/world.ts';
import { linkPath } from '../contracts/link.ts';
import { parseMessage } from '../contracts/message.ts';
import { paceTermsOf } from '../contracts/pace-terms.ts';

/**
 * A lease lasts for the function's timeout and this margin, so that nobody else moves the case while its holder may
 * still run.
 */
const LEASE_MARGIN_SECONDS = 30;

const logger = new Logger({ serviceName: 'reconcile' });
const metrics = new Metrics({ namespace: 'Solekey', serviceName: 'reconcile' });
const log = powertoolsLog(logger, metrics);
const policy = loadPolicy();
const ports = reconcilePorts(policy);
const view = policy.config === null ? null : { view: policy.config, ...ports.refreshing() };
const publicUrl = named('PUBLIC_URL');
const eventQueue = named('EVENT_QUEUE_ARN');
const lasting: Omit<World, 'clock'> = {
  ...ports.world,
  log,
  policy,
  pace: paceTermsOf(optional('PACE_TERMS')),
  linkTo: (purpose, token) => `${publicUrl}${linkPath(purpose, token)}`,
  leaseFor: Number(named('FUNCTION_TIMEOUT_SECONDS')) + LEASE_MARGIN_SECONDS,
  pause: (milliseconds) => setTimeout(milliseconds),
  newId: randomUUID,
};
const processor = new BatchProcessor(EventType.SQS);

/** Handles messages one after the other. Those that cannot be handled now are reported to the queue as failed. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  logger.addContext(context);
  const clock = lambdaClock(context);
  const reception: Reception = {
    log,
    account: accountOf(context),
    reconcile: (wake, news) => reconcile({ ...lasting, clock }, wake, news),
    // A request from before the view was turned off needs no run.
    refresh: async (wish) => (view === null ? undefined : refresh({ ...view, clock, log }, wish)),
    digest: (wish) => sendDigests({ ...lasting, clock }, wish),
    mailLink: (wish) => mailLink({ ...lasting, clock }, wish),
    statement: (wish) => noteStatement({ ...lasting, clock }, wish),
    signOff: (wish) => askSignOff({ ...lasting, clock }, wish),
    once: ports.once(context),
    stamp: () => ports.stamps.stamp(accountOf(context), clock.now()),
    bury: ports.bury,
  };
  const handle = ({ body, eventSourceARN }: SQSRecord) =>
    receive(reception, parseMessage(body, eventSourceARN === eventQueue ? 'events' : 'wakes'), body);
  const options = { context, processInParallel: false, throwOnFullBatchFailure: false };
  const response = await processPartialResponse(event, handle, processor, options);
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
  }
  return response;
};
