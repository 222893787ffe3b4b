import { CloudTrailClient, StartLoggingCommand, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
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

  // One of many: all others are tried in test/slow/sabotage.slow.ts.
  it('finds that the trail is stopped, and that it is on again', async () => {
    const trail = stack().launched.clients.make(CloudTrailClient);
    await trail.send(new StopLoggingCommand({ Name: TRAIL }));
    expect((await run()).began).toBe(1);
    expect([...(await found())]).toContain('trail');
    expect((await run()).began).toBe(0);
    await trail.send(new StartLoggingCommand({ Name: TRAIL }));
    expect((await run()).ended).toBe(1);
    expect([...(await found())]).not.toContain('trail');
    trail.destroy();
  });
}
