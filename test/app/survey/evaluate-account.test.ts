import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { ACCOUNT, NOW, POLICY } from '../../fakes/cases.ts';
import { account, oneKey, reachingAll, users } from '../../fakes/rule.ts';

/** An account with one user, of which AWS Config shows nothing yet, and the last check of health. */
function fresh() {
  const a = account(...users(1, oneKey));
  const { config, m } = a;
  config.state.account = null;
  const state = m.table.state;
  return {
    ...a,
    check: () => {
      state.subscriptions = reachingAll(POLICY, m.clock.now());
    },
    never: () => {
      state.subscriptions = null;
    },
    revoke: (...ids: string[]) => {
      state.control = { ...state.control, revoked: ids };
    },
  };
}

describe('what a run tells AWS Config of the account', () => {
  it('is told once, beside the users, and again after thirty days', async () => {
    const { m, run, check, config, ofAccount } = fresh();
    check();
    expect(await run()).toMatchObject({ users: 1, put: 2 });
    expect(config.ofAccount).toEqual([
      { account: ACCOUNT, compliance: 'COMPLIANT', annotation: null, factsAt: NOW },
    ]);
    m.clock.move(10 * MINUTE);
    check();
    expect(await run()).toMatchObject({ put: 0 });
    m.clock.move(30 * DAY);
    check();
    expect(await run()).toMatchObject({ users: 1, put: 2 });
    expect(ofAccount()?.factsAt).toBe(plus(NOW, 10 * MINUTE + 30 * DAY));
  });

  it('is NON_COMPLIANT where health never ran, and follows each later check', async () => {
    const { m, run, check, never, revoke, config } = fresh();
    never();
    await run();
    const steps = [
      check,
      () => revoke(...POLICY.approvers.map(({ id }) => id)),
      () => revoke('sec-lead'),
      () => m.clock.move(HOUR),
      check,
    ];
    for (const step of steps) {
      m.clock.move(MINUTE);
      step();
      await run();
    }
    const told = config.ofAccount.map(
      ({ compliance, annotation }) => `${compliance} ${annotation?.slice(0, 14)}`,
    );
    expect(told).toEqual([
      'NON_COMPLIANT In the last 45',
      'COMPLIANT undefined',
      'NON_COMPLIANT Every approver',
      'COMPLIANT undefined',
      'NON_COMPLIANT In the last 45',
      'COMPLIANT undefined',
    ]);
    const times = config.ofAccount.map(({ factsAt }) => factsAt);
    expect(times).toEqual([...times].sort());
  });

  it('wins over a run that read an older check, and ended later', async () => {
    const { m, run, check, world, ofAccount } = fresh();
    check();
    let other: Promise<unknown> | undefined;
    const { users: listed } = world.census;
    world.census = {
      ...world.census,
      users: async () => {
        if (other === undefined) {
          m.clock.move(MINUTE);
          m.table.state.control = {
            ...m.table.state.control,
            revoked: POLICY.approvers.map(({ id }) => id),
          };
          other = run();
          await other;
        }
        return listed();
      },
    };
    await run();
    expect(ofAccount()).toMatchObject({ compliance: 'NON_COMPLIANT', factsAt: plus(NOW, MINUTE) });
  });

  it('is told although no user can be read, and not where AWS Config gives no answer', async () => {
    const { run, check, world, config } = fresh();
    check();
    world.iam.keys = async () => null;
    await run();
    expect(config.ofAccount).toHaveLength(1);
    config.state.account = null;
    world.rule.shown = () => Promise.reject(new Error('AccessDenied'));
    await expect(run()).rejects.toThrow('AccessDenied');
    expect(config.ofAccount).toHaveLength(1);
  });
});
