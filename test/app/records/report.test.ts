import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { one, two } from '../../core/validation/population.ts';
import { decide, intoQuestion, passing, worldWith } from '../../fakes/acts.ts';
import { NEWER } from '../../fakes/cases.ts';
import { withRecords } from '../../fakes/records.ts';

/** A user whose two keys wait for a decision, and an inventory that has both. */
async function asked() {
  const { m, user } = worldWith();
  await intoQuestion(m);
  m.clock.move(5 * MINUTE);
  const r = withRecords(m);
  const seen = (row: ReturnType<typeof one>) => {
    const takenAt = plus(m.clock.now(), -MINUTE);
    const rows = [{ ...row, userId: user.userId, asOf: takenAt }];
    r.state.inventory = { takenAt, listedAt: takenAt, reportOf: takenAt, ordered: null, rows };
  };
  seen(two(user.userName));
  return { m, r, seen, user };
}

describe('the report', () => {
  it('of the first validation shows the open case and what to do next', async () => {
    const { r, user } = await asked();
    await r.run();
    expect(r.state.report).toMatchObject({
      totals: { users: 1, counts: { more: 1 }, openCases: 1 },
      rows: [{ userName: user.userName, next: 'awaiting-decision', active: ['…MPLE', '…3QXK'] }],
      toDecide: { medianDays: null },
    });
  });

  it('shows how long it took once the case has closed, and the days in between', async () => {
    const { m, r, seen, user } = await asked();
    await r.run();
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await passing(m, 10 * DAY, 6 * HOUR);
    await r.run();
    m.clock.move(HOUR);
    seen(one(user.userName));
    await r.run();
    const { report } = r.state;
    expect(report).toMatchObject({
      totals: { counts: { one: 1, more: 0 }, remaining: { ok: 1 }, fine: 1 },
      toDecide: { bands: { 1: 1 } },
      rows: [{ remaining: 'ok', next: null }],
    });
    expect(report?.toDelete.medianDays).toBeGreaterThan(6);
    expect(report?.points.map(({ more }) => more)).toEqual([1, 0]);
  });

  it('accuses nobody with an inventory from before the case closed', async () => {
    const { m, r, seen, user } = await asked();
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    await passing(m, 6 * DAY, 6 * HOUR);
    seen(one(user.userName));
    await passing(m, 4 * DAY, 6 * HOUR);
    await r.run();
    expect(r.state.report).toMatchObject({ rows: [{ remaining: 'not-read', next: 'read' }] });
  });
});
