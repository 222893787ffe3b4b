import { setTimeout } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { Context, SQSEvent } from 'aws-lambda';
import { cloudTrailClient, documentClient, dynamoClient } from '../adapters/clients.ts';
import { accountOf, lambdaClock, regionOf } from '../adapters/clock.ts';
import { named } from '../adapters/environment.ts';
import { powertoolsLog } from '../adapters/log.ts';
import { usageReader } from '../adapters/lookup-events.ts';
import { usageStore } from '../adapters/usage-store.ts';
import { witness } from '../app/witness.ts';
import { parseQuestion } from '../contracts/usage-question.ts';
import { type Instant, instantOf } from '../core/model/time.ts';

const logger = new Logger({ serviceName: 'witness' });
const metrics = new Metrics({ namespace: 'Solekey', serviceName: 'witness' });
const log = powertoolsLog(logger, metrics);
const store = usageStore(documentClient(dynamoClient()), named('TABLE_NAME'));
const answered = new Map<string, Instant>();
const clients = new Map<string, CloudTrailClient>();
const client = (region: string): CloudTrailClient => {
  const known = clients.get(region) ?? cloudTrailClient(region);
  clients.set(region, known);
  return known;
};
// One reader for all messages, so that the pace is kept between them, too.
const reader = usageReader({
  client,
  pause: (seconds) => setTimeout(seconds * 1000),
  now: () => instantOf(Date.now()),
});

/** Looks up who uses the keys that messages ask about. A message that is no such question is dropped, as no retry helps. */
export const handler = async (event: SQSEvent, context: Context): Promise<void> => {
  logger.addContext(context);
  const world = {
    reader,
    store,
    log,
    clock: lambdaClock(context),
    account: accountOf(context),
    region: regionOf(context),
    answered,
  };
  try {
    for (const { body, attributes } of event.Records) {
      const question = parseQuestion(body);
      if (question === null) {
        log.count('BrokenMessage');
        log.error('A message that asks about no use of keys');
      } else {
        await witness(world, question, instantOf(Number(attributes.SentTimestamp)));
      }
    }
  } finally {
    if (metrics.hasStoredMetrics()) {
      metrics.publishStoredMetrics();
    }
  }
};
