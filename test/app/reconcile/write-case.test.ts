import { describe, expect, it } from 'vitest';
import { backOff, lookAfter } from '../../../functions/app/reconcile/write-case.ts';
import { keysOfOurs } from '../../../functions/core/case/case.ts';
import { foldHistory } from '../../../functions/core/case/history.ts';
import { DAY, HOUR, hourOf, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  BOTH,
  decide,
  dueIn,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  restore,
  scene,
  trueKey,
  twoKeys,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { aCase, NEWER, NOW, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';

describe('how long to wait after failures in a row', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [6, 32],
    [7, 60],
    [500, 60],
  ])('%d: %d times settle', (failures, times) => {
    expect(backOff(failures, 30)).toBe(times * 30);
  });

  const { world } = worldWith().m;
  it.each([
    ['none failed: as judged', plus(NOW, DAY), 0, plus(NOW, DAY)],
    ['some failed: by their number, whatever was judged', plus(NOW, DAY), 2, plus(NOW, 2 * MINUTE)],
    ['nothing is left to do: never, whatever failed', null, 3, null],
  ])('%s', (_what, due, failures, at) => {
    expect(lookAfter(world, NOW, due, failures)).toBe(at);
  });
});

describe('what is stored', () => {
  it('every version has its history entry, and they fold to the case', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    const entries = m.table.history.get(USER_ID) ?? [];
    expect(entries.map(({ n }) => n)).toEqual(entries.map((_, index) => index + 1));
    expect(foldHistory(entries, m.table.rows.get(USER_ID)?.lastHash ?? null)).toEqual(m.caseOf(USER_ID));
    expect(entries.every(({ prev }, index) => (prev === null) === (index === 0))).toBe(true);
  });

  it('an open case always has a next look, a closed one none', async () => {
    const { m, user } = worldWith();
    await m.wake(NAME);
    expect(dueIn(m)).toBe(MINUTE);
    await later(m, MINUTE);
    expect(dueIn(m)).toBe(DAY);
    user.keys.pop();
    await m.wake(NAME);
    expect(dueIn(m)).toBe(MINUTE);
    await later(m, MINUTE);
    expect(dueIn(m)).toBeNull();
  });

  it('a look that changes nothing moves only the next look, also after the sweep pushed it', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    const version = m.caseOf(USER_ID)?.version;
    await later(m, DAY);
    expect(m.caseOf(USER_ID)?.version).toBe(version);
    expect(dueIn(m)).toBe(DAY);
  });

  it('a case that closes in a pass that failed leaves the due index, too', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    await decide(m, 'sec-lead', NEWER);
    m.world.cases = {
      ...m.table.cases,
      async commit(change) {
        const done = await m.table.cases.commit(change);
        if (change.next.progress[OLDER]?.deactivating !== undefined) {
          user.keys = user.keys.slice(0, 1);
        }
        return done;
      },
    };
    await m.sweep();
    expect(dueIn(m)).toBe(MINUTE);
    await later(m, MINUTE);
    expect(scene(m)).toBe(`closed(by-owner) | MPLE Active | closed to ${BOTH}`);
    expect(dueIn(m)).toBeNull();
  });

  it('the name points to who holds it now, not to who held it when the last mail went out', async () => {
    const { m } = worldWith();
    const other = 'AIDAOTHEREXAMPLE00001';
    await intoQuestion(m);
    m.iam.users.delete(USER_ID);
    const keys = [trueKey(THIRD, 100, 1), trueKey('AKIAI44QH8DHBEXAMPL4', 200, null)];
    m.iam.users.set(other, { userId: other, userName: NAME, path: '/', tags: {}, keys });
    await m.wake(NAME);
    for (let minute = 0; minute < 3; minute += 1) {
      await later(m, MINUTE);
    }
    expect(m.caseOf(USER_ID)?.closedAs).toBe('user-gone');
    expect(m.table.names.get(NAME)).toBe(other);
  });

  it('a violation that comes back after long is another case, under the next number', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    const [, older] = user.keys;
    user.keys = user.keys.slice(0, 1);
    await m.wake(NAME);
    await later(m, MINUTE);
    m.clock.move(2 * DAY);
    if (older) {
      user.keys.push(older);
    }
    await m.wake(NAME);
    expect(m.caseOf(USER_ID)).toMatchObject({ number: 2, phase: 'awaiting-decision' });
  });
});

describe('the budget of an hour (S8)', () => {
  it('two changes an hour: the third waits for the next hour, what was seen is recorded all the same', async () => {
    const keys = [...twoKeys(), trueKey(THIRD, 300, 100), trueKey('AKIAI44QH8DHBEXAMPL4', 300, null)];
    const { m } = worldWith(keys, { changesPerHour: 2 });
    const writes = writesOf(m);
    await intoQuestion(m);
    await decide(m, 'sec-lead', NEWER);
    await m.sweep();
    expect(writes).toHaveLength(2);
    const current = m.caseOf(USER_ID);
    expect(current).toMatchObject({ phase: 'approved', lease: null, decision: { by: 'sec-lead' } });
    expect(keysOfOurs(current ?? aCase())).toEqual([OLDER, THIRD]);
    expect(Object.values(current?.progress ?? {}).filter(({ deactivating }) => deactivating)).toEqual([]);
    // 16:11 now; the next hour begins at 17:00, and the turn of a fresh decision comes in the first minute.
    expect(dueIn(m)).toBeGreaterThan(49 * MINUTE);
    expect(dueIn(m)).toBeLessThanOrEqual(50 * MINUTE);
    expect(m.log.lines).toContain('count OverBudget');
    await later(m, 50 * MINUTE);
    expect(writes).toHaveLength(3);
    expect(scene(m)).toContain(`deactivated to ${BOTH}`);
  });

  it('a decision in an hour without budget is kept, and carried out in the next', async () => {
    const { m } = worldWith(twoKeys(), { changesPerHour: 1 });
    const writes = writesOf(m);
    await intoQuestion(m);
    m.table.spent.set(hourOf(m.clock.now()), 1);
    await decide(m, 'sec-lead', NEWER);
    await m.sweep();
    expect(m.table.decisions).toMatchObject([{ by: 'sec-lead', carriedOutAt: null }]);
    expect(writes).toEqual([]);
    await later(m, 50 * MINUTE);
    expect(scene(m)).toContain(`grace | MPLE Active, 3QXK Inactive | deactivated to ${BOTH}`);
  });

  it('a deletion takes one change from it, too, and waits for the next hour when it is used up', async () => {
    const { m } = worldWith(twoKeys(), { changesPerHour: 1 });
    await intoGrace(m);
    const writes = writesOf(m);
    for (let hours = 0; hours < 8 * 24 && m.caseOf(USER_ID)?.phase !== 'deleting'; hours += 1) {
      await later(m, HOUR);
    }
    const hour = hourOf(plus(m.clock.now(), MINUTE));
    m.table.spent.set(hour, 1);
    await later(m, MINUTE);
    await later(m, MINUTE);
    expect([m.caseOf(USER_ID)?.phase, writes]).toEqual(['deleting', []]);
    await later(m, HOUR);
    expect(writes).toEqual([`delete 3QXK of ${NAME}`]);
    expect(m.table.spent.get(hourOf(m.clock.now()))).toBe(1);
  });

  it('a restore takes nothing from it and waits for nothing', async () => {
    const { m } = worldWith(twoKeys(), { changesPerHour: 1 });
    await intoGrace(m);
    expect([...m.table.spent.values()]).toEqual([1]);
    await restore(m, 'sec-lead', OLDER);
    await m.sweep();
    expect(scene(m)).toContain('MPLE Active, 3QXK Active | restored');
    expect([...m.table.spent.values()]).toEqual([1]);
  });

  it('an hour later there is a new one', async () => {
    const { m } = worldWith(twoKeys(), { changesPerHour: 1 });
    await intoGrace(m);
    await restore(m, 'sec-lead', OLDER);
    await m.sweep();
    m.clock.move(HOUR);
    await decide(m, 'sec-lead', NEWER);
    await m.sweep();
    expect([...m.table.spent.values()]).toEqual([1, 1]);
    expect(m.caseOf(USER_ID)?.phase).toBe('grace');
  });
});
