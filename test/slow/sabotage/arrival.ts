import {
  DeleteTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { TagUserCommand } from '@aws-sdk/client-iam';
import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionConcurrencyCommand,
  GetEventSourceMappingCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { keyEventKey } from '../../../functions/contracts/health-item.ts';
import { startTrail, TRAIL } from '../../../sandbox/launch/trail.ts';
import { setVariables } from '../../../sandbox/launch/variables.ts';
import { eventually } from '../../e2e/stack.ts';
import { type Account, ago, expectedText } from './account.ts';
import { type Sabotages, swap } from './sabotage.ts';

const global = (isOn: boolean) => new UpdateTrailCommand({ Name: TRAIL, IncludeGlobalServiceEvents: isOn });
const selecting = (ReadWriteType: 'All' | 'ReadOnly') =>
  new PutEventSelectorsCommand({ TrailName: TRAIL, EventSelectors: [{ ReadWriteType }] });

export const TRAIL_SABOTAGES: Sabotages = [
  {
    what: 'the trail is stopped',
    says: 'is logging',
    apply: ({ trail }) => trail.send(new StopLoggingCommand({ Name: TRAIL })),
    undo: ({ trail }) => trail.send(new StartLoggingCommand({ Name: TRAIL })),
  },
  {
    what: 'the trail leaves out events of global services',
    says: 'No CloudTrail trail covers us-east-1',
    apply: ({ trail }) => trail.send(global(false)),
    undo: ({ trail }) => trail.send(global(true)),
  },
  {
    what: 'the trail records reads only',
    says: "No CloudTrail trail logs IAM's management write events",
    apply: ({ trail }) => trail.send(selecting('ReadOnly')),
    undo: ({ trail }) => trail.send(selecting('All')),
  },
  {
    what: 'the trail is deleted',
    says: 'No CloudTrail trail covers us-east-1',
    apply: ({ trail }) => trail.send(new DeleteTrailCommand({ Name: TRAIL })),
    undo: ({ launched }) => startTrail(launched.clients),
  },
];

const queuePolicy = (change: (policy: string) => string) =>
  swap(
    async ({ sqs, expected }) => {
      const QueueUrl = expected.eventQueue.url;
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
      );
      return Attributes?.Policy ?? '';
    },
    ({ sqs, expected }, Policy) =>
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: expected.eventQueue.url, Attributes: { Policy } })),
    change,
  );

export const QUEUE_POLICY_SABOTAGES: Sabotages = [
  {
    what: 'the queue policy is changed so that anybody may send',
    says: 'The policy of the event queue',
    ...queuePolicy((policy) => policy.replaceAll('"Deny"', '"Allow"')),
  },
  {
    what: 'the queue policy is removed',
    says: 'The policy of the event queue',
    ...queuePolicy(() => ''),
  },
];

interface Mapping {
  readonly Enabled: boolean;
  readonly FunctionName: string | undefined;
  readonly FilterCriteria: { readonly Filters: { Pattern?: string | undefined }[] };
}

const UUID = ({ expected }: Account) => expected.mappings.find(({ queue }) => queue === 'events')?.id;

const mapping = (change: (was: Mapping, account: Account) => Mapping) =>
  swap<Mapping>(
    async (account) => {
      const found = await account.lambda.send(new GetEventSourceMappingCommand({ UUID: UUID(account) }));
      const { FunctionArn: FunctionName, FilterCriteria } = found;
      return {
        Enabled: found.State === 'Enabled',
        FunctionName,
        FilterCriteria: { Filters: FilterCriteria?.Filters ?? [] },
      };
    },
    (account, wanted) =>
      account.lambda.send(new UpdateEventSourceMappingCommand({ UUID: UUID(account), ...wanted })),
    change,
  );

export const MAPPING_SABOTAGES: Sabotages = [
  {
    what: 'a mapping is disabled',
    says: 'not enabled (disabled)',
    ...mapping((was) => ({ ...was, Enabled: false })),
  },
  {
    what: 'a mapping gives its messages to another function',
    says: 'a function other than the one that was deployed',
    ...mapping((was, account) => ({ ...was, FunctionName: account.functionName('Sweep') })),
  },
  {
    what: 'a mapping gets a filter',
    says: 'has a filter',
    ...mapping((was) => ({ ...was, FilterCriteria: { Filters: [{ Pattern: '{"body":["nothing"]}' }] } })),
  },
  // The last one: AWS gives the next mapping another id, which the deployment of it tells health.
  {
    what: 'a mapping is deleted, and deployed again',
    says: 'does not exist any more',
    apply: (account) => account.lambda.send(new DeleteEventSourceMappingCommand({ UUID: UUID(account) })),
    async undo(account) {
      const { lambda, launched, expected } = account;
      const deployed = await lambda.send(
        new CreateEventSourceMappingCommand({
          EventSourceArn: expected.keyRule.target,
          FunctionName: account.functionName('Reconcile'),
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        }),
      );
      const EXPECTED = (await expectedText(launched)).replace(UUID(account) ?? '', deployed.UUID ?? '');
      await setVariables(launched, { EXPECTED }, 'Health');
    },
  },
];

/** Waits until this many events wait in the queue. */
async function waiting({ sqs, expected }: Account, count: number): Promise<void> {
  const attributes = new GetQueueAttributesCommand({
    QueueUrl: expected.eventQueue.url,
    AttributeNames: ['ApproximateNumberOfMessages'],
  });
  await eventually(
    async () => Number((await sqs.send(attributes)).Attributes?.ApproximateNumberOfMessages),
    (seen) => seen === count,
  );
}

export const KEY_EVENT_SABOTAGES: Sabotages = [
  {
    what: 'reconcile is not allowed to run, and events wait for ten minutes',
    says: 'waiting in the event queue',
    async apply(account) {
      const FunctionName = account.functionName('Reconcile');
      const { stack, lambda, launched } = account;
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
      await stack.owners.createUser('waits', 1);
      await launched.clients
        .iam()
        .send(new TagUserCommand({ UserName: 'waits', Tags: [{ Key: 'team', Value: 'a' }] }));
      await waiting(account, 1);
      await account.put({ ...keyEventKey(stack.account), at: ago(60), schema: 1 });
      await account.remember({ waitingSince: ago(11) });
    },
    async undo(account) {
      const FunctionName = account.functionName('Reconcile');
      await account.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
      await waiting(account, 0);
    },
  },
];
