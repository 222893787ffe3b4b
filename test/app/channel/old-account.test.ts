import { describe, expect, it } from 'vitest';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { DAY, HOUR, secondsBetween } from '../../../functions/core/model/time.ts';
import { ACCOUNT, NOW, POLICY } from '../../fakes/cases.ts';
import { accountOf, byAddress, expectPace, isDigest, names, slowest } from './account.ts';

describe.each([30, 60, 100])('with IAM at %i ms', (latencyMs) => {
  it.each([15, 60, 500])(
    'a survey that finds %i old violations is one digest for each approver',
    async (count) => {
      const model = accountOf(count, {}, latencyMs);
      model.arrive(names(count), { pool: true });
      await model.pass(DAY);
      expectPace(model.sent, 'ordinary');
      expect(slowest(model)).toBeLessThanOrEqual(HOUR);
      expect(byAddress(model.sent).map((mails) => mails.filter((mail) => !isDigest(mail)).length)).toEqual([
        0, 0,
      ]);
      expect(byAddress(model.sent).map((mails) => mails.length)).toEqual([1, 1]);
      const [first] = model.sent;
      expect(first?.subject).toBe(`[Solekey] prod-payments: ${count} IAM users wait for your decision`);
      expect(first?.body.match(/^- user-/gm)).toHaveLength(Math.min(20, count));
      expect(first?.body.includes(`and ${count - 20} more`)).toBe(count > 20);
    },
  );
});

it('nine days with a hundred open cases: at most nine digests for each approver, and no other mail', async () => {
  const model = accountOf(100, {}, 60);
  model.arrive(names(100), { pool: true });
  await model.pass(9 * DAY);
  expectPace(model.sent, 'ordinary');
  for (const mails of byAddress(model.sent)) {
    expect(mails.every(isDigest)).toBe(true);
    expect(mails.length).toBeLessThanOrEqual(9);
    // The first, and the one that reminds after three days; the next reminder comes six days later.
    expect(mails.length).toBeGreaterThanOrEqual(2);
  }
});

it('observed only: one digest at once, then one a week', async () => {
  const model = accountOf(40, { mode: 'observe' }, 60);
  model.arrive(names(40), { pool: true });
  await model.pass(22 * DAY);
  expectPace(model.sent, 'ordinary');
  for (const mails of byAddress(model.sent)) {
    expect(mails.map(({ at }) => Math.round(secondsBetween(NOW, at) / DAY))).toEqual([0, 7, 14, 21]);
    expect(mails[0]?.body).toContain('nothing can be decided here');
  }
});

it('a mail costs one call of the table, and one that must wait none', async () => {
  const model = accountOf(60, {}, 60);
  model.arrive(names(60), { pool: true });
  await model.pass(HOUR);
  const { written, stored } = model.m.table.paces;
  expect([...stored.keys()].sort()).toEqual(POLICY.approvers.map(({ email }) => addressMark(email)).sort());
  // Each address: the first request for a digest, then take, send, and put away.
  expect(written).toBeLessThanOrEqual(2 * 4);
  expect(model.sent).toHaveLength(2);
  expect(ACCOUNT).toBe(model.m.caseOf('AIDA00000000000000000')?.account);
});
