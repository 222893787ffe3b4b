import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { documentClient, dynamoClient, sqsClient } from '../adapters/clients.ts';
import { lambdaClock } from '../adapters/clock.ts';
import { dueIndex } from '../adapters/due-index.ts';
import { named } from '../adapters/environment.ts';
import { powertoolsLog } from '../adapters/log.ts';
import { outbox } from '../adapters/outbox.ts';
import { digestSender, wakeQueue } from '../adapters/wake-queue.ts';
import { sweep } from '../app/sweep.ts';

const logger = new Logger({ serviceName: 'sweep' });
const log = powertoolsLog(logger, null);
const due = dueIndex(documentClient(dynamoClient()), named('TABLE_NAME'));
const post = outbox(sqsClient(), named('WAKE_QUEUE_URL'));
const [wakes, digests] = [wakeQueue(post), digestSender(post)];

/** Wakes the cases that are due. The event's content is ignored. */
export const handler = async (_event: unknown, context: Context): Promise<{ readonly woken: number }> => {
  logger.addContext(context);
  return sweep({ due, wakes, digests, clock: lambdaClock(context), log, random: Math.random });
};
