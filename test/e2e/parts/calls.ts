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
    const calls = counts.calls({ caller: stack().output('ReconcileFunctionName') });
    expect(calls.map(nameOf)).toSatisfy(
      (names: string[]) => names.length <= 10 + 2 * recipients.length,
      `at most ${10 + 2 * recipients.length} calls`,
    );
  });
}

const nameOf = ({ service, action }: CountedCall): string => `${service}:${action}`;

/** Resolves when nobody called anything for half a second. */
async function quiet({ launched }: Stack): Promise<void> {
  const { counts } = launched.world.gateway;
  for (let before = -1; before !== counts.calls().length; ) {
    before = counts.calls().length;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
