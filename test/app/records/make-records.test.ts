import { describe, expect, it } from 'vitest';
import { AnchorBroken } from '../../../functions/app/records/make-records.ts';
import { tableRestores } from '../../../functions/contracts/table-restored.ts';
import { entryHash } from '../../../functions/core/case/history.ts';
import { restored, resumed } from '../../../functions/core/model/control.ts';
import { ledgerEntry } from '../../../functions/core/model/ledger.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import type { EntryLine, HeadLine } from '../../../functions/core/records/anchor.ts';
import type { DecisionRow } from '../../../functions/core/records/decision-row.ts';
import type { Remediated } from '../../../functions/core/records/remediated.ts';
import { explainedBy } from '../../../functions/core/records/restored.ts';
import { decide, intoQuestion, later, NAME, passing, worldWith } from '../../fakes/acts.ts';
import { backup } from '../../fakes/backup.ts';
import { ACCOUNT, NEWER, USER_ID } from '../../fakes/cases.ts';
import { withRecords } from '../../fakes/records.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** A user whose two keys wait for a decision, and the function that records. */
async function asked() {
  const { m } = worldWith();
  await intoQuestion(m);
  m.clock.move(5 * MINUTE);
  return { m, r: withRecords(m) };
}

/** Somebody decides, and the older key is deactivated. */
async function decided(m: MemoryWorld) {
  expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
  await m.sweep();
}

describe('the first anchor', () => {
  it('has every entry and every head, whoever wrote them', async () => {
    const { m, r } = await asked();
    r.state.withoutLines.add(USER_ID);
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 1, users: 1, unvouched: 0 });
    const entries = m.table.history.get(USER_ID) ?? [];
    expect(r.lines<EntryLine>(1, 'entries.jsonl').map(({ n }) => n)).toEqual(entries.map(({ n }) => n));
    expect(r.lines<HeadLine>(1, 'heads.jsonl')).toEqual([
      { userId: USER_ID, version: entries.length, hash: m.table.rows.get(USER_ID)?.lastHash },
    ]);
    expect(r.anchor(1)).toMatchObject({
      ...{ kind: 'daily', previous: null, after: null, release: '0.11.0' },
      counts: { users: 1, entries: entries.length },
      latest: { settings: 1, remediated: null, times: 1, validation: null, report: null },
    });
  });
});

describe('a later anchor', () => {
  it('is made only if there is news, and follows the one before', async () => {
    const { m, r } = await asked();
    await r.run();
    m.clock.move(5 * MINUTE);
    expect(await r.run()).toEqual({ made: 'nothing', why: 'nothing-new' });
    await decided(m);
    m.clock.move(3 * MINUTE);
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 2, users: 1 });
    const [first, second] = [r.anchor(1), r.anchor(2)];
    expect(second).toMatchObject({ kind: 'news', after: first.until, counts: null });
    expect(second.previous).toMatch(/^[0-9a-f]{64}$/);
    expect(r.lines<DecisionRow>(2, 'decisions.jsonl')).toMatchObject([
      { userId: USER_ID, keysKept: [NEWER], by: 'sec-lead', final: false },
    ]);
  });

  it('takes five reads of the table and the buckets to find out that there is no news', async () => {
    const { m, r } = await asked();
    await r.run();
    m.clock.move(5 * MINUTE);
    const calls: string[] = [];
    const counted = <Port extends object>(port: Port): Port =>
      new Proxy(port, {
        get: (target, name) => {
          const method = target[name as keyof Port];
          return typeof method !== 'function'
            ? method
            : (...args: unknown[]) => {
                calls.push(String(name));
                return method.apply(target, args);
              };
        },
      });
    const { history, anchors, inventories, cases, signer } = r.world;
    await r.run({
      history: counted(history),
      anchors: counted(anchors),
      inventories: counted(inventories),
      cases: counted(cases),
      signer: counted(signer),
    });
    expect(calls).toEqual(['latest', 'lines', 'ledger', 'after', 'signOff']);
  });

  it('leaves out what was written in the last two minutes, and the next one has it', async () => {
    const { m, r } = await asked();
    await r.run();
    m.clock.move(10 * MINUTE);
    await decided(m);
    expect(await r.run()).toEqual({ made: 'nothing', why: 'nothing-new' });
    m.clock.move(2 * MINUTE);
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 2 });
    const { length } = m.table.history.get(USER_ID) ?? [];
    expect(r.lines<EntryLine>(2, 'entries.jsonl').at(-1)?.n).toBe(length);
  });

  it('has the heads of all users once a day, and finds what no line tells of', async () => {
    const { m, r } = await asked();
    await r.run();
    r.state.withoutLines.add(USER_ID);
    await decided(m);
    m.clock.move(HOUR);
    expect(await r.run()).toEqual({ made: 'nothing', why: 'nothing-new' });
    m.clock.move(DAY);
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 2, users: 1 });
    expect(r.anchor(2)).toMatchObject({ kind: 'daily', counts: { users: 1 } });
    m.clock.move(DAY);
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 3, users: 0 });
    expect(r.reads.scans).toBe(3);
  });

  it('has the new entries of the ledger', async () => {
    const { m, r } = await asked();
    await r.run();
    const why = { at: m.clock.now(), command: 'pause', by: 'arn', reason: 'x' } as const;
    const entry = ledgerEntry(null, null, { pauses: [] }, why);
    r.ledger.push(entry);
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 2, users: 0 });
    expect(r.lines(2, 'ledger.jsonl')).toEqual([{ number: 1, hash: entry.hash }]);
    expect(r.anchor(2).ledger).toEqual({ number: 1, hash: entry.hash });
    expect(await r.run()).toMatchObject({ made: 'nothing' });
  });

  it('has the settings when they changed', async () => {
    const { r } = await asked();
    await r.run();
    expect(r.lines(1, 'settings.json')).toEqual([{}]);
    expect(await r.run({ settingsHash: 'f'.repeat(64) })).toMatchObject({ made: 'anchor', number: 2 });
    expect(r.anchor(2).latest.settings).toBe(2);
  });

  it('is not made by two runs', async () => {
    const { r } = await asked();
    expect(await r.run({ once: async () => undefined })).toEqual({ made: 'nothing', why: 'another-run' });
    const twice = r.run({ anchors: { ...r.world.anchors, keep: async () => false } });
    expect(await twice).toEqual({ made: 'nothing', why: 'another-run' });
    expect(r.kept.size).toBe(0);
  });
});

describe('a remediated user', () => {
  it('is on record with the key that must stay, and is ordered to be read live', async () => {
    const { m, r } = await asked();
    await r.run();
    await decided(m);
    await passing(m, 8 * DAY);
    expect(m.table.rows.get(USER_ID)?.case.phase).toBe('closed');
    await r.run();
    const number = r.kept.size;
    expect(r.lines<Remediated>(number, 'remediated.jsonl')).toMatchObject([
      { userId: USER_ID, expectedActive: [NEWER], closedAs: 'remediated' },
    ]);
    expect(r.lines<DecisionRow>(number, 'decisions.jsonl')).toMatchObject([{ final: true }]);
    expect(r.state.order).toMatchObject({ users: [USER_ID] });
  });
});

describe('a history that does not fit', () => {
  it.each([
    ['an entry is gone', (entries: unknown[]) => entries.slice(1)],
    [
      'one was edited',
      (entries: object[]) => entries.map((one, n) => (n === 0 ? { ...one, rule: 'gone' } : one)),
    ],
  ])('%s: is named, nothing about it is recorded, and operators are told', async (_what, change) => {
    const { m, r } = await asked();
    const entries = m.table.history.get(USER_ID) ?? [];
    m.table.history.set(USER_ID, change([...entries]) as typeof entries);
    expect(await r.run()).toMatchObject({ made: 'anchor', unvouched: 1 });
    expect(r.anchor(1)).toMatchObject({
      unvouched: [{ userId: USER_ID, why: expect.stringContaining('does not fit') }],
      counts: { users: 0, entries: 0 },
    });
    expect(r.lines(1, 'entries.jsonl')).toEqual([]);
    expect(r.kept.get(1)?.files.has('summary.jsonl')).toBe(false);
    expect(m.log.lines).toContain('count NotVouched');
  });

  it('is named when it is another one than its lines say', async () => {
    const { m, r } = await asked();
    await r.run();
    await later(m, HOUR);
    await decided(m);
    m.clock.move(HOUR);
    const lines = r.world.history.lines;
    const forged = async (...args: Parameters<typeof lines>) =>
      (await lines(...args)).map((line) => ({ ...line, hash: '0'.repeat(64) }));
    const history = { ...r.world.history, lines: forged };
    expect(await r.run({ history })).toMatchObject({ made: 'anchor', unvouched: 1 });
  });
});

describe('a user who could not be vouched for', () => {
  type Entries = NonNullable<ReturnType<MemoryWorld['table']['history']['get']>>;

  /** After the first anchor a decision is recorded, while the first entry is another one. */
  async function edited() {
    const { m, r } = await asked();
    await r.run();
    await decided(m);
    m.clock.move(5 * MINUTE);
    const entries = m.table.history.get(USER_ID) ?? [];
    m.table.history.set(
      USER_ID,
      entries.map((one, at) => (at === 0 ? { ...one, rule: 'gone' } : one)) as Entries,
    );
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 2, unvouched: 1 });
    return { m, r, entries };
  }
  const counted = (m: MemoryWorld) => m.log.lines.filter((line) => line === 'count NotVouched').length;

  it('is named by every anchor, but operators are told once a day, until a whole history is there again', async () => {
    const { m, r, entries } = await edited();
    expect(await r.run()).toMatchObject({ made: 'nothing' });
    expect(await r.run({ settingsHash: 'f'.repeat(64) })).toMatchObject({ number: 3, unvouched: 1 });
    expect(counted(m)).toBe(1);
    m.clock.move(DAY);
    expect(await r.run()).toMatchObject({ number: 4, unvouched: 1 });
    expect(counted(m)).toBe(2);
    expect(r.lines(4, 'heads.jsonl')).toEqual(r.lines(1, 'heads.jsonl'));
    m.table.history.set(USER_ID, entries);
    m.clock.move(DAY);
    expect(await r.run()).toMatchObject({ number: 5, users: 1, unvouched: 0 });
    const [head] = r.lines<HeadLine>(1, 'heads.jsonl');
    const lines = r.lines<EntryLine>(5, 'entries.jsonl');
    expect([lines[0]?.n, lines.at(-1)?.n]).toEqual([head?.version, entries.length]);
    expect(lines[0]?.hash).toBe(head?.hash);
    expect(r.lines<DecisionRow>(5, 'decisions.jsonl')).toMatchObject([{ by: 'sec-lead' }]);
    m.clock.move(DAY);
    expect(await r.run()).toMatchObject({ number: 6, users: 0, unvouched: 0 });
  });

  it('stays named if the history was rewritten, so that it only fits in itself', async () => {
    const { m, r, entries } = await edited();
    let prev: string | null = null;
    const rewritten = entries.map((one, at) => {
      const entry: Entries[number] = { ...one, prev, ...(at === 0 ? { rule: 'gone' } : {}) } as never;
      prev = entryHash(entry);
      return entry;
    });
    m.table.history.set(USER_ID, rewritten);
    m.table.rows.set(USER_ID, { ...m.table.rows.get(USER_ID), lastHash: prev } as never);
    m.clock.move(DAY);
    expect(await r.run()).toMatchObject({ unvouched: 1 });
    const [named] = r.anchor(r.kept.size).unvouched;
    expect(named?.why).toMatch(/entry \d+ is not the one that was written/);
  });
});

describe('a history that went back since the last day', () => {
  type Row = { case: { version: number }; lastHash: string };
  const rowOf = (m: MemoryWorld) => m.table.rows.get(USER_ID) as unknown as Row;

  it.each([
    [
      'nothing is left of it',
      (m: MemoryWorld) => m.table.rows.delete(USER_ID),
      /nothing is left of a history/,
    ],
    [
      'it is shorter, and fits in itself',
      (m: MemoryWorld) => {
        const [first] = m.table.history.get(USER_ID) ?? [];
        if (first !== undefined) {
          m.table.history.set(USER_ID, [first]);
          const row = rowOf(m);
          const { version: _, ...current } = row.case;
          m.table.rows.set(USER_ID, {
            ...row,
            case: { ...current, version: 1 },
            lastHash: entryHash(first),
          } as never);
        }
      },
      /the history had \d+ entries and has 1/,
    ],
    [
      'its last entry was rewritten with the hash of it',
      (m: MemoryWorld) => {
        const entries = m.table.history.get(USER_ID) ?? [];
        const last = { ...entries.at(-1), rule: 'gone' } as (typeof entries)[number];
        m.table.history.set(USER_ID, [...entries.slice(0, -1), last]);
        m.table.rows.set(USER_ID, { ...rowOf(m), lastHash: entryHash(last) } as never);
      },
      /entry \d+ is not the one that was anchored/,
    ],
  ])('%s: operators are told each day, until it is as it was', async (_what, change, why) => {
    const { m, r } = await asked();
    await r.run();
    const [row, entries] = [m.table.rows.get(USER_ID), m.table.history.get(USER_ID)];
    change(m);
    for (const number of [2, 3]) {
      m.clock.move(DAY);
      expect(await r.run()).toMatchObject({ made: 'anchor', number, unvouched: 1 });
      expect(r.anchor(number).unvouched).toEqual([{ userId: USER_ID, why: expect.stringMatching(why) }]);
      expect(r.lines(number, 'heads.jsonl')).toEqual(r.lines(1, 'heads.jsonl'));
    }
    m.table.rows.set(USER_ID, row as never);
    m.table.history.set(USER_ID, entries ?? []);
    m.clock.move(DAY);
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 4, unvouched: 0 });
  });

  it('accuses nobody after a restore from a backup', async () => {
    const { m, r } = await asked();
    await r.run();
    m.table.rows.delete(USER_ID);
    const about = { anchor: 1, ledger: 0 };
    const why = { at: m.clock.now(), command: 'restored', by: 'arn', reason: 'x', about } as const;
    r.ledger.push(ledgerEntry(null, null, {}, why));
    m.clock.move(DAY);
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 2, unvouched: 0 });
  });
});

describe('an anchor that somebody changed', () => {
  it('stops all recording until it is restored', async () => {
    const { m, r } = await asked();
    await r.run();
    const [kept] = r.kept.values();
    const { text } = kept ?? { text: '' };
    const change = (to: string) => Object.assign(kept ?? {}, { text: to });
    change(text.replace('"release": "0.11.0"', '"release": "0.12.0"'));
    await expect(r.run()).rejects.toThrow(AnchorBroken);
    expect(m.log.lines).toContain('count NotVouched');
    change(text);
    m.clock.move(plus(m.clock.now(), DAY) > m.clock.now() ? DAY : 0);
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 2 });
  });
});

describe('a validation', () => {
  it('is made of each inventory once, and says of which', async () => {
    const { m, r } = await asked();
    const at = m.clock.now();
    r.state.inventory = { takenAt: at, listedAt: at, reportOf: plus(at, -4 * HOUR), ordered: null, rows: [] };
    expect(await r.run()).toMatchObject({ made: 'anchor', validated: true });
    expect(r.anchor(1)).toMatchObject({ validated: at, latest: { validation: 1, report: 1 } });
    expect(r.state.report).toMatchObject({ at: m.clock.now(), points: [{ one: 0 }] });
    expect(r.lines(1, 'report.json')).toEqual([r.state.report]);
    const [csv] = (r.kept.get(1)?.files.get('validation.csv') ?? '').split('\n');
    expect(csv).toContain('user_id');
    expect(await r.run()).toMatchObject({ made: 'nothing' });
    expect(r.anchor(1).account).toBe(ACCOUNT);
  });
});

describe('after months', () => {
  it('an anchor has the latest files once more, so that none is only in one that expires', async () => {
    const { m, r } = await asked();
    await r.run();
    await decided(m);
    await passing(m, 9 * DAY, 6 * HOUR);
    await r.run();
    const { latest } = r.anchor(2);
    expect(latest).toMatchObject({ settings: 2, remediated: 2, times: 2 });
    m.clock.move(DAY);
    await r.run();
    expect(r.anchor(3).latest).toMatchObject({ settings: 2, remediated: 2, times: 2 });
    m.clock.move(31 * DAY);
    await r.run();
    expect(r.anchor(4).latest).toMatchObject({ settings: 4, remediated: 4, times: 4 });
  });
});

describe('a table restored from a backup', () => {
  it('is anchored on from there: nobody is accused, and the restore is in the ledger', async () => {
    const { m, r } = await asked();
    await r.run();
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    const bringBack = backup(m);
    await m.sweep();
    m.clock.move(5 * MINUTE);
    await r.run();
    const lost = r.lines<EntryLine>(2, 'entries.jsonl');
    bringBack();
    const at = m.clock.now();
    m.table.state.control = resumed(restored(m.table.state.control, at), at);
    const about = { anchor: 2, ledger: 6 };
    r.ledger.push(ledgerEntry(null, null, {}, { at, command: 'restored', by: 'arn', reason: 'x', about }, 6));
    await m.wake(NAME);
    m.clock.move(5 * MINUTE);
    expect(await r.run()).toMatchObject({ made: 'anchor', number: 3, unvouched: 0 });
    // Only the ledger tells of the restore, so operators hear of it once.
    expect(m.log.lines.filter((line) => line.includes('NotVouched'))).toHaveLength(1);
    const entries = r.lines<EntryLine>(3, 'entries.jsonl');
    expect(entries[0]).toMatchObject({ n: lost[0]?.n });
    expect(entries[0]?.hash).not.toBe(lost[0]?.hash);
    expect(r.anchor(3).ledger).toMatchObject({ number: 7 });
    const [restore] = tableRestores(r.ledger);
    const [present] = m.table.history.get(USER_ID)?.filter(({ n }) => n === lost[0]?.n) ?? [];
    expect(explainedBy(restore === undefined ? [] : [restore], 2, present?.at ?? null)).toBe(restore);
    m.clock.move(DAY);
    expect(await r.run(), 'the next day compares all heads').toMatchObject({ unvouched: 0 });
    expect(m.log.lines.filter((line) => line.includes('NotVouched'))).toHaveLength(1);
  });
});
