import { expect } from 'vitest';
import { currentApprovers } from '../../functions/core/model/policy.ts';
import { DAY, plus, type Seconds } from '../../functions/core/model/time.ts';
import { neverTold } from '../fakes/waiting.ts';
import type { Stage } from './stage.ts';

/** A digest that has nothing new lists once a week what is open. */
const TOLD_EVERY: Seconds = 8 * DAY;

/** S11, two weeks later: closed, or people of today were told and will be again. */
export function isAlive({ m, broken }: Stage): void {
  expect(broken).toEqual([]);
  const now = m.clock.now();
  const people = currentApprovers(m.world.policy, m.table.state.control).map(({ id }) => id);
  for (const { case: current, wakeAt } of m.table.rows.values()) {
    expect(neverTold(m, current), `${current.phase}: nothing owed`).toEqual([]);
    if (current.phase === 'closed') {
      continue;
    }
    expect(wakeAt, 'a next look').not.toBeNull();
    expect((wakeAt ?? '') <= plus(now, 30 * DAY), 'within 30 days').toBe(true);
    // An excluded user is not asked about: the violation stays visible in the report (S9).
    if (current.phase === 'excluded') {
      continue;
    }
    expect(['awaiting-decision', 'awaiting-confirmation', 'held'], 'waits for people only').toContain(
      current.phase,
    );
    const told = [...m.mails, ...m.digestMails].filter(
      ({ at, recipient }) => at > plus(now, -TOLD_EVERY) && people.includes(recipient),
    );
    expect(told.length, `${current.phase}: told within the last days`).toBeGreaterThan(0);
  }
}
