import { CloudTrailClient, StartLoggingCommand, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import type { Checked } from '../../../functions/app/health/check-health.ts';
import { CHECKS, type Check } from '../../../functions/core/health/checks.ts';
import type { HealthState } from '../../../functions/core/health/state.ts';
import { TRAIL } from '../../../sandbox/launch/trail.ts';
import type { Stack } from '../stack.ts';

/** Health as deployed: it reads the emulated account, and finds what was sabotaged in it. */
export function health(stack: () => Stack): void {
  const run = async (): Promise<Checked> => {
    const lambda = stack().launched.clients.make(LambdaClient);
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: stack().output('HealthFunctionName') }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString('utf8');
    lambda.destroy();
    if (answer.FunctionError !== undefined) {
      throw new Error(text);
    }
    return JSON.parse(text) as Checked;
  };
  const state = async () => {
    const item = (await stack().everything()).find(
      ({ pk, sk }) => String(pk).startsWith('HEALTH#') && sk === 'STATE',
    );
    return item?.health as HealthState;
  };
  const found = async () => new Set((await state()).open.map(({ check }) => check));
  const unchecked = async () =>
    (await state()).open.filter(({ kind }) => kind === 'unchecked').map(({ check, words }) => [check, words]);

  it('can read everything that it checks', async () => {
    expect((await run()).checks).toBe(Object.keys(CHECKS).length);
    expect(await unchecked()).toEqual([]);
    // The emulator subscribes inboxes by HTTP, and other parts of this file leave dead letters and keys without events.
    const ownDoing: readonly Check[] = ['subscriptions', 'operators', 'dead-letters', 'unannounced'];
    expect([...(await found())].filter((check) => !ownDoing.includes(check))).toEqual([]);
  });

  it.each<[Check, string, () => Promise<void>, () => Promise<void>]>([
    [
      'trail',
      'the trail is stopped',
      () => trail((name) => new StopLoggingCommand({ Name: name })),
      () => trail((name) => new StartLoggingCommand({ Name: name })),
    ],
    [
      'rule',
      'the rule is disabled',
      () => rules((name) => new DisableRuleCommand({ Name: name }), 'Detection'),
      () => rules((name) => new EnableRuleCommand({ Name: name }), 'Detection'),
    ],
    [
      'sweep',
      "the sweep's rule is disabled",
      () => rules((name) => new DisableRuleCommand({ Name: name }), 'SweepScheduleRule'),
      () => rules((name) => new EnableRuleCommand({ Name: name }), 'SweepScheduleRule'),
    ],
    ['queue-policy', 'the queue policy is changed', () => queuePolicy('{}'), () => queuePolicy(null)],
    ['recorder', 'the recorder is stopped', () => recording(false), () => recording(true)],
  ])('%s: %s', async (check, _what, sabotage, repair) => {
    await sabotage();
    expect((await run()).began).toBe(1);
    expect([...(await found())]).toContain(check);
    expect((await run()).began).toBe(0);
    await repair();
    expect((await run()).ended).toBe(1);
    expect([...(await found())]).not.toContain(check);
  });

  async function trail(command: (name: string) => StopLoggingCommand | StartLoggingCommand): Promise<void> {
    const client = stack().launched.clients.make(CloudTrailClient);
    await client.send(command(TRAIL) as StopLoggingCommand);
    client.destroy();
  }

  async function rules(
    command: (name: string) => DisableRuleCommand | EnableRuleCommand,
    begin: string,
  ): Promise<void> {
    const client = stack().launched.clients.make(EventBridgeClient);
    const { resources } = stack().launched.deployed;
    const [, name = ''] =
      Object.entries(resources).find(([id]) => id.startsWith(begin) && /KeyEvents|Rule/.test(id)) ?? [];
    await client.send(command(name) as DisableRuleCommand);
    client.destroy();
  }

  let deployed = '';
  async function queuePolicy(policy: string | null): Promise<void> {
    const client = stack().launched.clients.make(SQSClient);
    const { resources } = stack().launched.deployed;
    const [, QueueUrl = ''] = Object.entries(resources).find(([id]) => id.startsWith('EventsQueue')) ?? [];
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
    );
    deployed = policy === null ? deployed : (Attributes?.Policy ?? '');
    await client.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: policy ?? deployed } }),
    );
    client.destroy();
  }

  async function recording(isOn: boolean): Promise<void> {
    stack().launched.config.recorder.recording = isOn;
  }
}
