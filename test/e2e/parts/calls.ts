import { expect, it } from 'vitest';
import type { CountedCall } from '../../../sandbox/gateway/counts.ts';
import { PATIENCE_MS, type Stack } from '../stack.ts';

/** Must run while nothing else does: it counts every call that reconcile makes. */
export function callsPerDetection(stack: () => Stack): void {
  it('makes at most ten AWS calls and two per recipient from event to mail', async () => {
    const { counts, trail } = stack().launched.world.gateway;
    await stack().violator('warm-up', 'heard');
    await stack().launched.inbox.waitFor({ userName: 'warm-up' }, PATIENCE_MS);
    await quiet(stack());
    const { record } = await stack().violator('counted', 'unheard');
    counts.reset();
    trail.deliver(record);
    const recipients = stack().launched.settings.approvers;
    await Promise.all(
      recipients.map(({ email }) =>
        stack().launched.inbox.waitFor({ recipient: email, userName: 'counted' }, PATIENCE_MS),
      ),
    );
    await quiet(stack());
    const calls = counts.calls({ caller: stack().output('ReconcileFunctionName') }).map(nameOf);
    const ofEvent = calls.slice(0, calls.indexOf(REFRESH));
    const allowed = 10 + 2 * recipients.length;
    expect(ofEvent.filter((name) => name === 'sns:Publish')).toHaveLength(recipients.length + 1);
    expect(ofEvent).toSatisfy((names: string[]) => names.length <= allowed, `at most ${allowed} calls`);
    // Then the wish for AWS Config, the end of the event in the once table, and what the wish leads to a little later.
    expect(calls.slice(ofEvent.length)).toSatisfy(
      (names: string[]) => names.filter((name) => !AFTERWARDS.has(name)).length === 0,
      `nothing but ${[...AFTERWARDS].join(', ')}`,
    );
  });
}

/** The one call that the view in AWS Config costs a pass, made when all mail is out. */
const REFRESH = 'sqs:SendMessage';

const AFTERWARDS = new Set([
  REFRESH,
  'dynamodb:UpdateItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'config:StartConfigRulesEvaluation',
]);

const nameOf = ({ service, action }: CountedCall): string => `${service}:${action}`;

/** Resolves when nobody called anything for half a second. */
async function quiet({ launched }: Stack): Promise<void> {
  const { counts } = launched.world.gateway;
  for (let before = -1; before !== counts.calls().length; ) {
    before = counts.calls().length;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
