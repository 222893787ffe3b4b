/** The state of sign-offs as records leaves it: from the ledger, the latest report and the clock. */
import { describe, expect, it } from 'vitest';
import { makeRecords } from '../../../functions/app/records/make-records.ts';
import { sha256 } from '../../../functions/core/model/digest.ts';
import { ledgerEntry } from '../../../functions/core/model/ledger.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { statementReason } from '../../../functions/core/signoff/entry.ts';
import type { Said } from '../../../functions/core/signoff/statement.ts';
import { reportText } from '../../../functions/core/validation/report.ts';
import { two } from '../../core/validation/population.ts';
import { intoQuestion, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, POLICY } from '../../fakes/cases.ts';
import { withRecords } from '../../fakes/records.ts';
import { memoryStatements } from '../../fakes/statement-store.ts';
import { aConcern, aSignOff, aStatement, settling } from '../../fakes/statements.ts';

/** Records, with an inventory that shows one violation, taken for the last order. */
async function recorded() {
  const { m, user } = worldWith();
  await intoQuestion(m);
  m.clock.move(5 * MINUTE);
  const r = withRecords(m);
  const statements = memoryStatements(m.table.state, r.ledger);
  const inventory = (ordered: string | null = null) => {
    const takenAt = plus(m.clock.now(), -MINUTE);
    const rows = [{ ...two(user.userName), userId: user.userId, asOf: takenAt }];
    r.state.inventory = { takenAt, listedAt: takenAt, reportOf: takenAt, ordered, rows };
  };
  const run = () => makeRecords(r.world, ACCOUNT);
  const states = async (said: Said) => {
    const [by] = POLICY.approvers;
    if (by === undefined) {
      throw new Error('nobody');
    }
    const one = aStatement({ said, anchor: r.state.report?.anchor ?? 1 });
    await statements.ledger.note(ACCOUNT, one.digest, () => statementReason(one, by, m.clock.now()));
  };
  inventory();
  await run();
  return { m, r, run, states, inventory };
}

describe('the report', () => {
  it('names the anchor that has it, and its page reads the same bytes', async () => {
    const { r } = await recorded();
    const { report } = r.state;
    expect(report?.anchor).toBe(1);
    const [file] = r.anchor(1).files.filter(({ name }) => name === 'report.json');
    expect(file?.sha256).toBe(sha256(report === null ? '' : reportText(report)));
  });
});

describe('the state of sign-offs', () => {
  it('is left with the first report, and written again only if it changes', async () => {
    const { m, r, run } = await recorded();
    const first = r.anchor(1).at;
    expect(r.state.signOff).toMatchObject({
      due: plus(first, 90 * DAY),
      since: first,
      report: { anchor: 1, everybody: false },
      changed: { users: 1 },
      last: null,
    });
    m.clock.move(15 * MINUTE);
    await run();
    expect(r.reads.signOffs).toBe(1);
  });

  it('has concerns and sign-offs of the ledger within one run', async () => {
    const { m, r, run, states } = await recorded();
    await states(aConcern());
    m.clock.move(15 * MINUTE);
    await run();
    expect(r.state.signOff?.open).toMatchObject([{ number: 1, userName: 'ci-deploy', by: 'sec-lead' }]);
    await states(aSignOff({ verdict: 'accepted-with-concerns', concerns: [1] }));
    await states(settling(1));
    m.clock.move(15 * MINUTE);
    await run();
    expect(r.state.signOff).toMatchObject({
      last: { number: 2, verdict: 'accepted-with-concerns', overlooked: [] },
      open: [],
      settled: 1,
      due: plus(m.clock.now(), 90 * DAY - 15 * MINUTE),
    });
  });
});

describe('a state that is lost or cannot be read', () => {
  it('is made anew from the ledger: nothing that somebody stated is lost, and nothing is due later than before', async () => {
    const { m, r, run, states } = await recorded();
    await states(aConcern());
    m.clock.move(15 * MINUTE);
    await run();
    const { due, open, since } = r.state.signOff ?? {};
    r.state.signOff = null;
    m.clock.move(15 * MINUTE);
    await run();
    expect(r.state.signOff).toMatchObject({ due, open, since });
  });

  it('has the first sign-off due now if not even the first anchor is there any more', async () => {
    const { m, r, run } = await recorded();
    r.state.signOff = null;
    const { read } = r.world.anchors;
    const anchors = {
      ...r.world.anchors,
      read: async (number: number) =>
        number === 1 ? ({ found: 'broken', number, why: 'it cannot be read' } as const) : read(number),
    };
    await makeRecords({ ...r.world, anchors }, ACCOUNT);
    expect(r.state).toMatchObject({ signOff: { due: m.clock.now() } });
    await run();
  });
});

describe('before a sign-off is due', () => {
  it('everybody is ordered to be read live once, and approvers are asked with that report', async () => {
    const { m, r, run, inventory } = await recorded();
    m.clock.move(88 * DAY);
    await run();
    expect(r.state.order?.users).not.toBe('everybody');
    m.clock.move(DAY + HOUR);
    await run();
    const { order } = r.state;
    expect(order?.users).toBe('everybody');
    m.clock.move(HOUR);
    inventory(order?.at ?? null);
    await run();
    expect(r.state.signOff?.report).toMatchObject({ everybody: true });
    expect(r.state.signOff?.asked).toBe(false);
    m.clock.move(DAY);
    await run();
    expect(r.state.signOff?.asked).toBe(true);
    expect(r.state.order).toEqual(order);
  });

  it('approvers are asked two days later even if nobody could read everybody', async () => {
    const { m, r, run } = await recorded();
    m.clock.move(91 * DAY);
    await run();
    expect(r.state.signOff?.asked).toBe(false);
    m.clock.move(DAY + HOUR);
    await run();
    expect(r.state.signOff?.asked).toBe(true);
  });
});

describe('an evidence pack', () => {
  it('has the sign-offs and concerns of its period', async () => {
    const { m, r, run, states } = await recorded();
    await states(aConcern());
    const at = m.clock.now();
    const day = at.slice(0, 10);
    const about = { from: day, to: day, fullIds: false, sample: null, seed: null };
    const why = { at, command: 'evidence', by: 'arn:aws:iam::123456789012:user/o', reason: 'audit' } as const;
    const last = r.ledger.at(-1) ?? null;
    r.ledger.push(ledgerEntry(last, last?.after ?? null, {}, { ...why, about }));
    m.clock.move(15 * MINUTE);
    await run();
    const text = Buffer.from(r.state.packs.get(2) ?? []).toString('latin1');
    expect(text).toContain('sign-offs.csv');
    expect(text).toContain('concerns.jsonl');
  });
});
