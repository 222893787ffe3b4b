import { expect, it } from 'vitest';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import { intoQuestion, NAME, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, NOW, USER_ID } from '../../fakes/cases.ts';

it('who made keys of a user that cannot be read is kept with a limit, and never at the cost of a key of the case', async () => {
  const { m } = worldWith();
  await intoQuestion(m);
  m.iam.state.unreadable = true;
  const wake = { kind: 'user' as const, account: ACCOUNT, userId: USER_ID, attempt: 0 };
  const made = (keyId: string) => ({ origin: { keyId, createdBy: 'user/mallory', at: NOW } });
  await reconcile(m.world, wake, made(NEWER));
  for (let n = 0; n < 50; n += 1) {
    await reconcile(m.world, wake, made(`AKIACHURN${String(n).padStart(11, '0')}`));
  }
  const origins = m.caseOf(USER_ID)?.origins ?? {};
  expect([Object.keys(origins).length, NEWER in origins]).toEqual([21, true]);
});

it('a table that reports a spent budget for what costs nothing fails the pass instead of going on for ever', async () => {
  const { m } = worldWith();
  let writes = 0;
  m.world.cases = {
    ...m.world.cases,
    async commit() {
      writes += 1;
      return 'over-budget';
    },
  };
  await expect(m.wake(NAME)).rejects.toThrow('takes nothing from it');
  expect(writes).toBe(2);
});
