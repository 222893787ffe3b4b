import { expect, it } from 'vitest';
import { setVariables } from '../../../sandbox/launch/variables.ts';
import { messageFor, PATIENCE_MS, type Stack } from '../stack.ts';
import { overlapOnce } from './overlap.ts';

/** Idempotency saves work and nothing else: with it switched off every rule holds. It stays off for the tests after it. */
export function withoutIdempotency(stack: () => Stack): void {
  it('holds with idempotency switched off: doubled events, one case and one set of mails', async () => {
    await setVariables(stack().launched, { POWERTOOLS_IDEMPOTENCY_DISABLED: 'true' });
    const before = await stack().rememberedEvents();
    expect(before).toBeGreaterThan(0);
    await Promise.all(
      [101, 102, 103].map((seed) => overlapOnce(stack(), seed, { name: `not-once-${seed}` })),
    );
    const { userName, userId, record } = await stack().violator('doubled', 'unheard');
    const body = messageFor(record);
    const answers = [await stack().reconcile(body, body), await stack().reconcile(body)];
    expect(answers).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
    const { inbox, settings } = stack().launched;
    await inbox.waitFor({ userName }, PATIENCE_MS);
    expect(inbox.mails({ userName })).toHaveLength(settings.approvers.length);
    expect((await stack().itemsOf({ userId })).filter(({ sk }) => sk === 'CASE')).toHaveLength(1);
    expect(await stack().rememberedEvents()).toBe(before);
  }, 120_000);
}
