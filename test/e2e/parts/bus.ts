import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { caseEventDetailSchema } from '../../../functions/contracts/for-machines.ts';
import { eventually, type Stack } from '../stack.ts';

/** Somebody else's rule on the default bus: what it delivers is what other programs get. */
export function bus(stack: () => Stack): void {
  it('tells a rule of somebody else of a new case, and says nothing but what the schema has', async () => {
    const { clients } = stack().launched;
    const sqs = clients.make(SQSClient);
    const events = clients.make(EventBridgeClient);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'listener' }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const EventPattern = JSON.stringify({ source: ['solekey'], 'detail-type': ['Solekey Case Detected'] });
    await events.send(new PutRuleCommand({ Name: 'listener', EventPattern }));
    const Targets = [{ Id: 'queue', Arn: Attributes?.QueueArn ?? '' }];
    await events.send(new PutTargetsCommand({ Rule: 'listener', Targets }));

    const violator = await stack().violator('told-of', 'heard');
    const heard: { readonly source: string; readonly account: string; readonly detail: unknown }[] = [];
    await eventually(
      async () => {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
        );
        heard.push(...Messages.map(({ Body = '' }) => JSON.parse(Body)));
        return heard.map(({ detail }) => caseEventDetailSchema.parse(detail));
      },
      (details) => details.some(({ userId }) => userId === violator.userId),
    );
    expect(heard.every(({ source, account }) => source === 'solekey' && account === stack().account)).toBe(
      true,
    );
    const ofUser = heard
      .map(({ detail }) => caseEventDetailSchema.parse(detail))
      .filter(({ userId }) => userId === violator.userId);
    expect(ofUser).toMatchObject([{ event: 'case-detected', userName: 'told-of', case: 1, keyEndsIn: null }]);
    expect(JSON.stringify(heard)).not.toMatch(/AKIA\w{12}/);
  });
}
