import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../functions/core/model/digest.ts';
import { ledgerEntry } from '../../../functions/core/model/ledger.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { checkPack } from '../../../ops/verify/pack.ts';
import { decide, intoQuestion, worldWith } from '../../fakes/acts.ts';
import { NEWER, USER_ID } from '../../fakes/cases.ts';
import { withRecords } from '../../fakes/records.ts';

/** A user with a decision, a validation, and an operator who asked for a pack of today. */
async function ordered(about: Readonly<Record<string, unknown>> = {}) {
  const { m } = worldWith();
  await intoQuestion(m);
  expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
  await m.sweep();
  m.clock.move(5 * MINUTE);
  const r = withRecords(m);
  const at = m.clock.now();
  r.state.inventory = { takenAt: at, listedAt: at, reportOf: plus(at, -4 * HOUR), ordered: null, rows: [] };
  const day = at.slice(0, 10);
  const order = { from: day, to: day, fullIds: false, sample: null, seed: null, ...about };
  const why = { at, command: 'evidence', by: 'arn:aws:iam::123456789012:user/o', reason: 'audit' } as const;
  r.ledger.push(ledgerEntry(null, null, {}, { ...why, about: order }));
  return { m, r };
}

/** The verdict of the independent command about a pack. */
const verdictOf = ({ state, publicKey }: Awaited<ReturnType<typeof ordered>>['r'], entry: number) =>
  checkPack(Buffer.from(state.packs.get(entry) ?? []), publicKey);

describe('an evidence pack', () => {
  it('is built in the run that anchors its order, signed, and as the operator’s command wants it', async () => {
    const { r } = await ordered();
    await r.run();
    expect([...r.state.packs.keys()]).toEqual([1]);
    expect(await verdictOf(r, 1)).toMatchObject({ findings: [] });
    const text = Buffer.from(r.state.packs.get(1) ?? []).toString('latin1');
    for (const name of ['records/decisions.jsonl', 'manifest.sig', 'settings.json', 'population.json']) {
      expect(text).toContain(name);
    }
  });

  it('is built once, and not for an order of two days ago', async () => {
    const { m, r } = await ordered();
    await r.run();
    r.state.packs.set(1, new Uint8Array([1]));
    await r.run();
    expect(r.state.packs.get(1)).toEqual(new Uint8Array([1]));
    r.state.packs.clear();
    m.clock.move(2 * DAY);
    await r.run();
    expect(r.state.packs.size).toBe(0);
  });

  it('of another entry, or of one that cannot be read, is none', async () => {
    const { r } = await ordered({ from: 'yesterday' });
    await r.run();
    expect(r.state.packs.size).toBe(0);
  });

  it('is not built on an anchor that somebody changed, and the run goes on', async () => {
    const { m, r } = await ordered({ from: '2026-11-01', to: '2026-11-30' });
    r.state.packs.set(1, new Uint8Array([1]));
    await r.run();
    m.clock.move(DAY);
    await r.run();
    Object.assign(r.kept.get(1) ?? {}, { text: '{}' });
    r.state.packs.clear();
    expect(await r.run()).toMatchObject({ made: 'nothing' });
    expect(r.state.packs.size).toBe(0);
    expect(m.log.lines).toContain('count PackNotBuilt');
  });

  it('has the words that people typed, unless they were erased, and names whose history does not fit', async () => {
    const { m, r } = await ordered();
    r.state.comments.set(sha256('a word'), 'a word');
    const entries = m.table.history.get(USER_ID) ?? [];
    m.table.history.set('AIDAOTHER', entries.slice(1));
    m.table.rows.set('AIDAOTHER', m.table.rows.get(USER_ID) as never);
    await r.run();
    expect(await verdictOf(r, 1)).toMatchObject({ findings: [] });
  });
});
