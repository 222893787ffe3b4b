/** A statement about a report: from the page through the table into the ledger, and what nobody can make of it. */
import { describe, expect, it } from 'vitest';
import { recordStatement, type ToRecord } from '../../../functions/app/approve/record-statement.ts';
import { noteStatement } from '../../../functions/app/reconcile/statement.ts';
import { statedIn } from '../../../functions/contracts/stated.ts';
import type { NewReportClaim } from '../../../functions/core/case/requests.ts';
import { ledgerFindings } from '../../../functions/core/model/ledger.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import type { SealedStatement } from '../../../functions/core/signoff/statement.ts';
import { typedText } from '../../../functions/core/signoff/typed.ts';
import { ACCOUNT, aReportClaim, NOW, POLICY } from '../../fakes/cases.ts';
import { arrives } from '../../fakes/messages.ts';
import { memoryStatementSender } from '../../fakes/statement-store.ts';
import { aConcern, aSignOff, settling, WORRY } from '../../fakes/statements.ts';
import { type MemoryWorld, memoryWorld } from '../../fakes/world.ts';

const SEC = { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' };
const SEEN = { anchor: 7, reportSha256: 'f'.repeat(64) };
const WORRIED: ToRecord = { ...SEEN, said: aConcern(), typed: WORRY };
const ACCEPTED: ToRecord = { ...SEEN, said: aSignOff(), typed: null };

/** A world in which somebody states something through a link of theirs; the message about it waits in `sent`. */
async function given(one: ToRecord = WORRIED, claim: Partial<NewReportClaim> = {}, m = memoryWorld()) {
  const statementWakes = memoryStatementSender();
  const { clock, log } = m;
  const ports = { links: m.links, statements: m.statements.store, statementWakes, clock, log };
  const whole = aReportClaim(claim);
  const token = await m.links.mint(whole);
  const press = (more: ToRecord = one) =>
    recordStatement(ports, { approver: SEC, claim: whole, token }, more);
  const result = await press();
  return { m, token, press, result, statementWakes };
}

/** All messages arrive. */
async function delivered(m: MemoryWorld, { sent }: ReturnType<typeof memoryStatementSender>): Promise<void> {
  for (const wish of sent.splice(0)) {
    await arrives(m, 'wakes', wish);
  }
}

const storedIn = (m: MemoryWorld) => [...m.statements.kept.values()][0]?.statement as SealedStatement;
const wishFor = ({ digest }: SealedStatement) => ({ kind: 'statement' as const, account: ACCOUNT, digest });

describe('a statement', () => {
  it('becomes an entry of the ledger, without the words that were typed', async () => {
    const { m, statementWakes, result } = await given();
    expect(result.outcome).toBe('recorded');
    m.clock.move(60);
    await delivered(m, statementWakes);
    expect(m.statements.entries).toEqual([
      expect.objectContaining({
        number: 1,
        at: plus(NOW, 60),
        command: 'concern',
        by: 'approver sec-lead',
        reason: 'concern',
        about: expect.objectContaining({ given: NOW, ...SEEN, said: aConcern() }),
      }),
    ]);
    expect(ledgerFindings(m.statements.entries)).toEqual([]);
    expect(JSON.stringify(m.statements.entries)).not.toMatch(/export|OPS-1742/);
    expect([...m.statements.kept.values()][0]?.typed).toBe(typedText(WORRY));
    expect(await m.statements.store.noted(ACCOUNT, storedIn(m).digest)).toEqual({
      entry: 1,
      at: plus(NOW, 60),
    });
  });

  it('is read again from the ledger, each kind as it was given', async () => {
    const { m, statementWakes, press } = await given(ACCEPTED);
    await press();
    await press(WORRIED);
    await press({ ...SEEN, said: settling(2), typed: { done: 'The export has a role now.' } });
    await delivered(m, statementWakes);
    const others = [
      { ...m.statements.entries[0], command: 'pause' },
      { ...m.statements.entries[0], by: 'arn:x' },
    ];
    const all = [...m.statements.entries, ...(others as typeof m.statements.entries)];
    expect(statedIn(all).map(({ number, by, said }) => [number, by, said])).toEqual([
      [1, 'sec-lead', aSignOff()],
      [2, 'sec-lead', aConcern()],
      [3, 'sec-lead', settling(2)],
    ]);
  });

  it('has one entry, however often it is given and its message comes', async () => {
    const { m, statementWakes, press } = await given();
    expect(await press()).toMatchObject({ outcome: 'before' });
    const [wish] = statementWakes.sent;
    await delivered(m, statementWakes);
    await arrives(m, 'wakes', wish as object);
    m.clock.move(DAY);
    await press();
    await delivered(m, statementWakes);
    expect([m.statements.entries.length, m.statements.kept.size]).toEqual([1, 1]);
  });

  it('is sent again by the next press, if reconcile could not be told', async () => {
    const { m, statementWakes, press } = await given();
    statementWakes.sent.splice(0);
    statementWakes.broken = true;
    expect(await press()).toMatchObject({ outcome: 'not-sent' });
    expect(m.log.lines).toContain('count WakeNotSent');
    statementWakes.broken = false;
    await press();
    await delivered(m, statementWakes);
    expect(m.statements.entries).toHaveLength(1);
  });

  it('waits while others write the ledger, and in the end leaves its message to the queue', async () => {
    const { m } = await given();
    m.statements.fake.busy = 2;
    expect(await noteStatement(m.world, wishFor(storedIn(m)))).toBe('noted');
    const other = await given();
    other.m.statements.fake.busy = 3;
    await expect(noteStatement(other.m.world, wishFor(storedIn(other.m)))).rejects.toThrow('Others write');
    expect(other.m.statements.entries).toEqual([]);
  });

  it('is not stored through a link that has expired', async () => {
    const { m, result, statementWakes } = await given(ACCEPTED, { expires: plus(NOW, -1) });
    expect([result, m.statements.kept.size, statementWakes.sent]).toEqual([
      { outcome: 'not-permitted' },
      0,
      [],
    ]);
  });
});

describe('nothing is recorded', () => {
  it('upon a message alone', async () => {
    const { m } = await given();
    const wish = { ...wishFor(storedIn(m)), digest: 'd'.repeat(64) };
    expect(await noteStatement(m.world, wish)).toBe('nothing');
    expect([m.statements.entries, m.statements.outcomes.size]).toEqual([[], 0]);
  });

  it('upon a statement of a newer release, whose message is left to that release', async () => {
    const { m } = await given();
    m.world.statements = { ...m.statements.ledger, read: async () => 'newer' };
    await expect(noteStatement(m.world, wishFor(storedIn(m)))).rejects.toThrow('newer release');
    expect([m.statements.entries, m.statements.outcomes.size]).toEqual([[], 0]);
    expect(m.log.lines).toContain('count NewerMessage');
  });

  it('upon a message that came through the event queue', async () => {
    const { m } = await given();
    await arrives(m, 'events', wishFor(storedIn(m)));
    expect([m.statements.entries, m.buried.length]).toEqual([[], 1]);
  });

  it.each<[string, (one: SealedStatement) => Partial<SealedStatement>]>([
    ['without a proof', () => ({ proof: 'a'.repeat(64) })],
    ['with another verdict', () => ({ said: aSignOff({ verdict: 'accepted' }) })],
    ['about another report', () => ({ anchor: 8 })],
    ['at another time', ({ at }) => ({ at: plus(at, 1) })],
    ['with no link', () => ({ payload: 'nonsense' })],
  ])('upon a statement that somebody wrote into the table: %s', async (_what, forge) => {
    const { m } = await given();
    const statement = storedIn(m);
    m.statements.kept.set(`${ACCOUNT}/${statement.digest}`, {
      statement: { ...statement, ...forge(statement) },
      typed: null,
    });
    expect(await noteStatement(m.world, wishFor(statement))).toBe('refused');
    expect(m.statements.entries).toEqual([]);
    expect(m.log.lines).toContain('count NotAsRecorded');
    expect(await m.statements.store.noted(ACCOUNT, statement.digest)).toEqual({
      refused: 'not-proved',
      at: NOW,
    });
  });

  it('upon a genuine statement under another digest', async () => {
    const { m } = await given();
    const statement = storedIn(m);
    const digest = 'e'.repeat(64);
    m.statements.kept.set(`${ACCOUNT}/${digest}`, { statement, typed: null });
    expect(await noteStatement(m.world, { ...wishFor(statement), digest })).toBe('refused');
  });

  it('of a revoked approver, but of one who was reinstated', async () => {
    const { m } = await given();
    m.table.state.control = { pauses: [], revoked: ['sec-lead'] };
    expect(await noteStatement(m.world, wishFor(storedIn(m)))).toBe('refused');
    expect(m.log.lines).not.toContain('count NotAsRecorded');
    expect(await m.statements.store.noted(ACCOUNT, storedIn(m).digest)).toMatchObject({
      refused: 'not-approver',
    });
    m.table.state.control = { pauses: [], revoked: [] };
    expect(await noteStatement(m.world, wishFor(storedIn(m)))).toBe('noted');
    expect(await m.statements.store.noted(ACCOUNT, storedIn(m).digest)).toMatchObject({ entry: 1 });
  });

  it('of somebody who is no approver any more', async () => {
    const { m } = await given();
    m.world.policy = { ...POLICY, approvers: POLICY.approvers.slice(1) };
    expect(await noteStatement(m.world, wishFor(storedIn(m)))).toBe('refused');
  });
});
