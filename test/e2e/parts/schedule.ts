import { expect, it } from 'vitest';
import { eventually, type Stack } from '../stack.ts';

/** Nothing in this world invokes the sweep but the deployed rule, so any query of the due index is its doing. */
export function schedule(stack: () => Stack): void {
  it('the deployed schedule runs the sweep by itself', async () => {
    const { counts } = stack().launched.world.gateway;
    const queries = () =>
      counts.count({ action: 'Query', caller: stack().output('SweepFunctionName'), outcome: 'ok' });
    await eventually(
      async () => queries(),
      (seen) => seen > 0,
      80_000,
    );
    expect(queries()).toBeGreaterThan(0);
  }, 90_000);
}
