import {
  DeleteConfigRuleCommand,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { dueShard } from '../../../functions/contracts/due.ts';
import { DUE_INDEX } from '../../../functions/contracts/fixed-names.ts';
import { sampleKey } from '../../../functions/contracts/health-item.ts';
import { caseKey } from '../../../functions/contracts/items.ts';
import type { RuleDescription } from '../../../sandbox/gateway/config/rule.ts';
import { eventually, type Violator } from '../../e2e/stack.ts';
import { type Account, ago } from './account.ts';
import { changedTargets, disabledRule } from './rules.ts';
import type { Sabotages } from './sabotage.ts';

const OVERDUE = 'AIDAOVERDUE';

export const SWEEP_SABOTAGES: Sabotages = [
  {
    what: "the sweep's rule is disabled",
    says: 'starts the sweep is disabled',
    ...disabledRule(({ expected }) => expected.sweepRule.name),
  },
  {
    what: "the sweep's rule starts another function",
    says: 'starts the sweep has a different target',
    ...changedTargets(
      ({ expected }) => expected.sweepRule.name,
      (target, { expected }) => ({ ...target, Arn: expected.surveyRule.target }),
    ),
  },
  {
    what: 'cases are overdue',
    says: 'more than 15 minutes',
    apply: (account) =>
      account.put({
        ...caseKey(account.stack.account, OVERDUE),
        [DUE_INDEX.shard]: dueShard(OVERDUE),
        [DUE_INDEX.at]: ago(20),
      }),
    undo: (account) => account.remove(caseKey(account.stack.account, OVERDUE)),
  },
];

export const SURVEY_SABOTAGES: Sabotages = [
  {
    what: "the survey's rule is disabled",
    says: 'starts the survey is disabled',
    ...disabledRule(({ expected }) => expected.surveyRule.name),
  },
  {
    what: "the survey's rule gives another input",
    says: 'starts the survey changes its input',
    ...changedTargets(
      ({ expected }) => expected.surveyRule.name,
      (target) => ({ ...target, Input: '{}' }),
    ),
  },
  {
    what: 'the survey fails for a day',
    says: 'The last survey was 30 hours ago',
    apply: ({ launched, stack }) =>
      launched.clients.put(
        `/${stack.output('InventoryBucketName')}/inventory/latest.json`,
        Buffer.from(JSON.stringify({ takenAt: ago(30 * 60) })),
      ),
    undo: ({ stack }) => stack.survey(),
  },
];

const GIVEN_UP = 'Events/DeadLetters/NotEmpty';

function deadLettersUrl({ expected }: Account): string {
  return expected.eventQueue.url.replace(/[^/]+$/, expected.deadLetters[GIVEN_UP] ?? '');
}

export const DEAD_LETTER_SABOTAGES: Sabotages = [
  {
    what: 'a message is given up',
    says: 'dead-letter queue of Events is not empty',
    heading: GIVEN_UP,
    apply: (account) =>
      account.sqs.send(new SendMessageCommand({ QueueUrl: deadLettersUrl(account), MessageBody: '{}' })),
    undo: (account) => account.sqs.send(new PurgeQueueCommand({ QueueUrl: deadLettersUrl(account) })),
  },
];

export const RECORDER_SABOTAGES: Sabotages = [
  {
    what: 'the recorder is stopped',
    says: 'recorder is off',
    apply: ({ config }) =>
      config.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' })),
    undo: ({ config }) =>
      config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' })),
  },
  {
    what: 'the recorder records no users',
    says: 'does not record AWS::IAM::User',
    apply: async ({ launched }) => {
      launched.config.recorder.users = false;
    },
    undo: async ({ launched }) => {
      launched.config.recorder.users = true;
    },
  },
];

const deleted: RuleDescription[] = [];

export const CONFIG_RULE_SABOTAGES: Sabotages = [
  {
    what: 'its last run failed',
    says: 'The last run of the rule in AWS Config failed',
    async apply(account) {
      const FunctionName = account.functionName('Evaluate');
      await account.lambda.send(
        new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
      );
      await account.launched.config.runScheduled();
    },
    async undo(account) {
      const FunctionName = account.functionName('Evaluate');
      await account.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
      await account.launched.config.runScheduled();
    },
  },
  {
    what: 'the rule in AWS Config is deleted',
    says: 'does not exist',
    async apply({ launched, config, expected }) {
      deleted.push(...[launched.config.rule ?? []].flat());
      await config.send(new DeleteConfigRuleCommand({ ConfigRuleName: expected.configRule ?? '' }));
    },
    async undo({ launched }) {
      for (const rule of deleted.splice(0)) {
        launched.config.register(rule);
      }
    },
  },
];

const UNHEARD = 'nobody-heard';
const made: Violator[] = [];

export const UNANNOUNCED_SABOTAGES: Sabotages = [
  {
    what: 'AWS Config finds a key that no event announced',
    says: `of ${UNHEARD} was created on`,
    async apply(account) {
      made.push(await account.stack.violator(UNHEARD, 'unheard', { daysOld: 1 }));
      await account.launched.config.runScheduled();
      await openCases(account, 1);
    },
    async undo(account) {
      for (const { userName, keys } of made.splice(0)) {
        await account.stack.owners.switchOff(userName, keys[1]);
      }
      await openCases(account, 0);
    },
  },
];

const ANCHOR = { Key: 'anchors/000000001/anchor.json' };

/** Does something to the bucket of records, and has health draw a new sample. */
async function withRecords(account: Account, act: (s3: S3Client, Bucket: string) => Promise<unknown>) {
  const s3 = account.launched.clients.make(S3Client);
  await act(s3, account.stack.output('RecordsBucketName'));
  s3.destroy();
  await account.remove(sampleKey(account.stack.account));
}

export const RECORDS_SABOTAGES: Sabotages = [
  {
    what: 'somebody writes an anchor',
    says: 'Anchor 1 of the records is not as it was signed',
    apply: (account) =>
      withRecords(account, (s3, Bucket) => s3.send(new PutObjectCommand({ ...ANCHOR, Bucket, Body: '{}' }))),
    undo: (account) =>
      withRecords(account, (s3, Bucket) => s3.send(new DeleteObjectCommand({ ...ANCHOR, Bucket }))),
  },
];

/** Waits until so many cases are open. The sweep runs meanwhile, as it does every five minutes. */
async function openCases({ stack, launched }: Account, count: number): Promise<void> {
  const open = async () => {
    await launched.sweep();
    const items = await stack.everything();
    return items.filter((item) => item.sk === 'CASE' && DUE_INDEX.shard in item).length;
  };
  await eventually(open, (seen) => seen === count);
}
