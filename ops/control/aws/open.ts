/** Opens AWS for the commands. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { documentClient } from '../../../functions/adapters/clients.ts';
import { controlStore } from '../../../functions/adapters/control-store.ts';
import { healthStore } from '../../../functions/adapters/health/store.ts';
import { outbox } from '../../../functions/adapters/outbox.ts';
import { recordReader } from '../../../functions/adapters/record-reader.ts';
import { signOffKeeper } from '../../../functions/adapters/sign-off-asks.ts';
import { topics } from '../../../functions/adapters/topics.ts';
import { wakeQueue } from '../../../functions/adapters/wake-queue.ts';
import { instantOf } from '../../../functions/core/model/time.ts';
import type { Command } from '../arguments.ts';
import type { Account, World } from '../world.ts';
import { accountReader } from './account.ts';
import { copyTable } from './copy-table.ts';
import { openCases } from './list.ts';
import { recordObjects } from './objects.ts';
import { queues } from './queues.ts';
import { recordsKey } from './records-key.ts';
import { describe, stackParts } from './stack.ts';
import { subscriptions } from './subscriptions.ts';
import { texts } from './texts.ts';

type Where = Pick<Command, 'stack' | 'region'>;

const pause = (seconds: number) => new Promise<void>((done) => setTimeout(done, seconds * 1000));

async function identity(region: string) {
  const { Arn = '', Account: account = '' } = await new STSClient({ region }).send(
    new GetCallerIdentityCommand({}),
  );
  return { arn: Arn, account };
}

/** The stack and everything around it but the operator's own files. Fails if there is no such stack. */
export async function openWorld({ stack, region }: Where): Promise<Omit<World, 'files'>> {
  const formation = new CloudFormationClient({ region });
  const deployed = await describe(formation, stack, region);
  const { account, outputs } = deployed;
  const output = (name: string) => outputs[name] ?? '';
  const documents = documentClient(new DynamoDBClient({ region }));
  const [sns, sqs] = [new SNSClient({ region }), new SQSClient({ region })];
  const { OperatorTopicArn: operators } = outputs;
  return {
    deployed,
    parts: stackParts(formation, new IAMClient({ region }), stack),
    control: controlStore(documents, output('TableName'), account),
    records: recordReader(documents, output('TableName')),
    objects: recordObjects(new S3Client({ region }), outputs.RecordsBucketName),
    texts: texts(documents, output('TableName'), account),
    copyFrom: (source, keep) => copyTable(documents, output('TableName'), source, keep, pause),
    health: () => healthStore(documents, output('TableName')).load(account),
    signOff: () => signOffKeeper(documents, output('TableName')).ask(account),
    publicKey: () => recordsKey(new KMSClient({ region }), outputs.RecordsKeyId),
    wakes: wakeQueue(outbox(sqs, output('WakeQueueUrl'))),
    subscriptions: subscriptions(sns, output('MailTopicArn')),
    queues: queues(sqs),
    cases: () => openCases(documents, output('TableName'), account),
    mail: topics(sns, { mail: output('MailTopicArn'), data: output('DataTopicArn') }).mail,
    operators:
      operators === undefined
        ? null
        : async (Subject, Message) => {
            await sns.send(new PublishCommand({ TopicArn: operators, Subject, Message }));
          },
    caller: async () => (await identity(region)).arn,
    now: () => instantOf(Date.now()),
    pause,
  };
}

/** The account of the caller, for a stack that is not there yet. */
export async function openAccount({ region }: Where): Promise<Account> {
  const { account } = await identity(region);
  const clients = {
    formation: new CloudFormationClient({ region }),
    trail: new CloudTrailClient({ region }),
    config: new ConfigServiceClient({ region }),
  };
  return accountReader(clients, account, region);
}
