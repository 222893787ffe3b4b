import type { Context } from 'aws-lambda';
import type { Policy } from '../core/model/policy.ts';
import { caseStore } from './case-store.ts';
import {
  configStartClient,
  documentClient,
  dynamoClient,
  eventsClient,
  iamReadClient,
  iamWriteClient,
  kmsClient,
  snsClient,
  sqsClient,
} from './clients.ts';
import { ruleStarter } from './config-rule.ts';
import { named } from './environment.ts';
import { eventBus } from './event-bus.ts';
import { healthStore } from './health/store.ts';
import { operatorMails } from './health/topics.ts';
import { iamReader, iamWriter } from './iam.ts';
import { linkMinter, requestAttester } from './link-key.ts';
import { linkRequests } from './link-requests.ts';
import { onceIn } from './once.ts';
import { openCases } from './open-cases.ts';
import { outbox } from './outbox.ts';
import { paceStore } from './pace-store.ts';
import { pauser } from './pauser.ts';
import { refreshStore } from './refresh-store.ts';
import { setbackStore } from './setback-store.ts';
import { signOffAsked } from './sign-off-asks.ts';
import { keyEventStamps } from './stamps.ts';
import { statementLedger } from './statement-ledger.ts';
import { topics } from './topics.ts';
import { NO_USAGE, usageQueue } from './usage-queue.ts';
import { deadLetters, digestSender, refreshSender, wakeQueue } from './wake-queue.ts';

/** All ports of reconcile on AWS, with the names from the function's environment. */
export function reconcilePorts({ usage }: Pick<Policy, 'usage'>) {
  const dynamo = dynamoClient();
  const documents = documentClient(dynamo);
  const kms = kmsClient();
  const sqs = sqsClient();
  const sns = snsClient();
  const table = named('TABLE_NAME');
  const linkKey = named('LINK_KEY_ID');
  const wakes = outbox(sqs, named('WAKE_QUEUE_URL'));
  const onceTable = named('ONCE_TABLE_NAME');
  const refreshes = refreshSender(wakes);
  return {
    world: {
      iam: iamReader(iamReadClient()),
      iamWrites: iamWriter(iamWriteClient()),
      cases: caseStore(documents, table),
      links: { ...linkMinter(kms, linkKey), ...requestAttester(kms, linkKey) },
      publisher: topics(sns, { mail: named('MAIL_TOPIC_ARN'), data: named('DATA_TOPIC_ARN') }),
      operators: operatorMails(sns, named('OPERATOR_TOPIC_ARN')),
      bus: eventBus(eventsClient()),
      paces: paceStore(documents, table),
      digests: digestSender(wakes),
      openCases: openCases(documents, table),
      linkRequests: linkRequests(documents, table),
      statements: statementLedger(documents, table),
      signOffs: signOffAsked(documents, table),
      setbacks: setbackStore(documents, table),
      pauser: pauser(documents, table),
      health: healthStore(documents, table),
      wakes: wakeQueue(wakes),
      refreshes,
      usage: usage === null ? NO_USAGE : usageQueue(sqs, named('USAGE_QUEUE_URL')),
    },
    stamps: keyEventStamps(documents, table),
    once: (context: Context) => onceIn(dynamo, onceTable, context),
    bury: deadLetters(sqs, named('WAKE_DLQ_URL')),
    /** Call only if there is a view in AWS Config; otherwise the rule has no name. */
    refreshing: () => ({
      store: refreshStore(documents, table),
      starter: ruleStarter(configStartClient(), named('CONFIG_RULE_NAME')),
      sender: refreshes,
    }),
  };
}
