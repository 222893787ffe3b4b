import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../../functions/core/model/time.ts';
import { intoGrace, intoQuestion, later, NAME, scene, worldWith } from '../../fakes/acts.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** The kinds of the events of each call so far. */
const told = (m: MemoryWorld) => m.put.map((events) => events.map(({ detail }) => detail.event));

/** Through the whole life of a case, to the end. */
async function toTheEnd(m: MemoryWorld) {
  await intoGrace(m);
  for (let day = 0; day < 9; day += 1) {
    await later(m, DAY);
  }
  await later(m, 10 * MINUTE);
}

describe('events for other programs', () => {
  it('each step of a case is put once, with one call a pass', async () => {
    const { m } = worldWith();
    await toTheEnd(m);
    expect(scene(m)).toContain('closed(remediated)');
    expect(told(m)).toEqual([['case-detected'], ['case-decided', 'key-deactivated'], ['key-deleted']]);
    const ids = m.put.flat().map(({ detail }) => detail.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('a pass that has nothing to tell makes no call', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    const before = m.put.length;
    await m.wake(NAME);
    await later(m, DAY);
    expect(m.put).toHaveLength(before);
  });

  it('every event is that of an entry that was written', async () => {
    const { m } = worldWith();
    await toTheEnd(m);
    for (const { detail } of m.put.flat()) {
      const entry = m.table.history.get(detail.userId)?.find(({ n }) => n === detail.caseVersion);
      const index = Number(detail.id.split('/').at(-1));
      expect([entry?.at, entry?.events[index]?.code]).toEqual([
        detail.at,
        detail.event.replace('case-detected', 'opened').replace(/^(case|key)-/, ''),
      ]);
    }
  });

  it('a bus that is away changes nothing else, is logged and counted, and nothing is put later', async () => {
    const { m } = worldWith();
    m.state.busAway = true;
    await toTheEnd(m);
    expect(scene(m)).toContain('closed(remediated)');
    const lines = m.log.lines.filter((line) => line.includes('Events for other programs'));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/"ids":\["123456789012\/\w+\/1\/0"\]/);
    expect(m.log.lines.filter((line) => line === 'count EventsNotPut')).toHaveLength(3);
    m.state.busAway = false;
    await later(m, DAY);
    expect(m.put).toEqual([]);
  });

  it('a write that another pass was faster with is told by nobody but that pass', async () => {
    const { m } = worldWith();
    let first = true;
    m.world.cases = {
      ...m.table.cases,
      commit: async (change) => {
        const stale = first;
        first = false;
        return stale ? 'stale' : m.table.cases.commit(change);
      },
    };
    await m.wake(NAME);
    expect(told(m)).toEqual([['case-detected']]);
  });

  it('what was written before a pass died is told all the same', async () => {
    const { m } = worldWith();
    m.world.newId = () => 'pass';
    m.world.cases = {
      ...m.table.cases,
      async load(account, userId, userName) {
        if (m.table.rows.get(userId) !== undefined) {
          throw new Error('the table is away');
        }
        return m.table.cases.load(account, userId, userName);
      },
    };
    await m.wake(NAME).catch(() => undefined);
    expect(told(m)).toEqual([['case-detected']]);
  });
});
