/** Solekey pauses itself: what counts, who is told, what goes on, and what happens where a call of it fails. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WriteAnswer, WriteOutcome } from '../../../functions/app/ports.ts';
import { questionDigest } from '../../../functions/core/case/facts.ts';
import { resumed, selfPause } from '../../../functions/core/model/control.ts';
import { isPaused } from '../../../functions/core/model/policy.ts';
import { HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import { tapped } from '../../exploration/tap.ts';
import { later, passing, trueKey } from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, POLICY } from '../../fakes/cases.ts';
import { type MemoryWorld, memoryWorld } from '../../fakes/world.ts';

const numbered = (begins: string, n: number) => `${begins}${String(n).padStart(20 - begins.length, '0')}`;
const idOf = (n: number) => numbered('AIDASETBACKUSER', n);
const keepOf = (n: number) => numbered('AKIASETBACKKEEP', n);
const offOf = (n: number) => numbered('AKIASETBACKOFF', n);
const nameOf = (n: number) => `user-${n}`;

let m: MemoryWorld;
/** What the code asked IAM to change, whatever IAM said. */
let tried: string[];
/** What IAM answers to everything; null: as it is. */
let answers: WriteOutcome | null;

/** The events of a user's history. */
const codesOf = (n: number) =>
  (m.table.history.get(idOf(n)) ?? []).flatMap(({ events }) => events.map(({ code }) => code));

async function accountOf(users: number, more: Partial<typeof POLICY> = {}): Promise<void> {
  m = memoryWorld({ ...POLICY, changesPerHour: 20, ...more });
  tried = [];
  answers = null;
  const { setStatus, remove } = m.iam.writer;
  const answered = (what: string, write: () => Promise<WriteAnswer>) => {
    tried.push(what);
    return answers === null ? write() : Promise.resolve({ outcome: answers });
  };
  m.world.iamWrites = {
    setStatus: (name, id, to) => answered(`${to} ${name}`, () => setStatus(name, id, to)),
    remove: (name, id) => answered(`delete ${name}`, () => remove(name, id)),
  };
  for (let n = 0; n < users; n += 1) {
    const keys = [trueKey(keepOf(n), 21, 2), trueKey(offOf(n), 600, 43)];
    m.iam.users.set(idOf(n), { userId: idOf(n), userName: nameOf(n), path: '/', tags: {}, keys });
    await m.wake(nameOf(n));
  }
  await later(m, MINUTE);
}

async function answer(n: number, ask: Parameters<MemoryWorld['links']['seal']>[1]['ask']): Promise<void> {
  const current = m.caseOf(idOf(n));
  if (current === null) {
    throw new Error('everybody should have a case');
  }
  const token = await m.links.mint(aClaim({ userId: idOf(n), caseNumber: 1 }));
  const digest = questionDigest(current, m.world.policy);
  const request = m.links.seal(token, { digest, at: m.clock.now(), ask });
  await m.table.approvals.record(ACCOUNT, idOf(n), request);
}

const decide = (n: number) => answer(n, { kind: 'keep', keep: keepOf(n), off: [offOf(n)], acknowledged: [] });
const wantBack = (n: number) => answer(n, { kind: 'restore', keys: [offOf(n)] });

/** Everybody's older key is decided about and deactivated, an hour ago or longer. */
async function allOff(users: number): Promise<void> {
  for (let n = 0; n < users; n += 1) {
    await decide(n);
    await m.wake(nameOf(n));
  }
  await passing(m, 2 * HOUR);
  expect(m.iam.users.get(idOf(users - 1))?.keys[1]?.status).toBe('Inactive');
  tried.length = 0;
}

/** These users' keys are wanted back, one after the other. */
async function restored(...users: readonly number[]): Promise<void> {
  for (const n of users) {
    await wantBack(n);
    await m.wake(nameOf(n));
  }
}

const isActive = (n: number) => m.iam.users.get(idOf(n))?.keys[1]?.status === 'Active';
const pause = () => selfPause(m.table.state.control);
const resume = () => {
  m.table.state.control = resumed(m.table.state.control, m.clock.now());
};

describe('restores', () => {
  beforeEach(async () => {
    await accountOf(8);
    await allOff(6);
  });

  it('of five users pause the account, with the reason in the ledger, and operators are told at once', async () => {
    await restored(0, 1, 2, 3);
    expect(pause()).toBe(null);
    const at = m.clock.now();
    await restored(4);
    const reason = 'approvers asked to reactivate keys of 5 users within an hour';
    expect(pause()).toEqual({ from: at, reason });
    expect(m.strain.ledger).toHaveLength(1);
    expect(m.strain.ledger[0]).toMatchObject({
      number: 1,
      command: 'pause',
      by: 'solekey (automatic)',
      reason,
    });
    const told = m.toOperators.filter(({ subject }) => subject.includes('paused itself'));
    expect(told).toHaveLength(1);
    expect(told[0]?.body).toContain(reason);
    expect(m.log.lines).toContain('count PausedItself');
  });

  it('go on while it is paused, and nothing is deactivated', async () => {
    await restored(0, 1, 2, 3, 4);
    tried.length = 0;
    await decide(6);
    await m.wake(nameOf(6));
    expect(tried).toEqual([]);
    await restored(5);
    expect(tried).toEqual(['Active user-5']);
    expect([0, 1, 2, 3, 4, 5].every(isActive)).toBe(true);
    expect(m.strain.ledger).toHaveLength(1);
  });

  it('that are asked again of one user count once', async () => {
    for (let n = 0; n < 5; n += 1) {
      await restored(0);
      await later(m, 2 * MINUTE);
      await decide(0);
      await m.wake(nameOf(0));
      await later(m, 2 * MINUTE);
    }
    expect(codesOf(0).filter((code) => code === 'restore-asked').length).toBeGreaterThan(2);
    expect(pause()).toBe(null);
  });

  it('spread over more than an hour pause nothing, around a full hour they do', async () => {
    for (const n of [0, 1, 2, 3, 4]) {
      await restored(n);
      await later(m, 16 * MINUTE);
    }
    expect(pause()).toBe(null);
    // 16:10 and two hours of grace, and 80 minutes: the next hour begins in half an hour.
    await passing(m, 23 * MINUTE + HOUR, MINUTE);
    await accountOf(8);
    await allOff(6);
    await passing(m, 45 * MINUTE, MINUTE);
    await restored(0, 1, 2);
    await later(m, 10 * MINUTE);
    await restored(3, 4);
    expect([...m.strain.hours.keys()]).toHaveLength(2);
    expect(pause()).not.toBe(null);
  });

  it('from before a resume do not pause again, new ones do', async () => {
    await accountOf(11);
    await allOff(10);
    await restored(0, 1, 2, 3, 4);
    await later(m, MINUTE);
    resume();
    await decide(10);
    await m.wake(nameOf(10));
    expect(tried.at(-1)).toBe('Inactive user-10');
    m.clock.move(1);
    await restored(5, 6, 7, 8);
    expect(isPaused(m.table.state.control)).toBe(false);
    await restored(9);
    expect(pause()?.reason).toContain('5 users');
    expect(m.strain.ledger.map(({ command }) => command)).toEqual(['pause', 'pause']);
  });

  it('at the same moment pause once', async () => {
    await restored(0, 1, 2);
    await Promise.all(
      [3, 4, 5].map(async (n) => {
        await wantBack(n);
        await m.wake(nameOf(n));
      }),
    );
    expect(m.strain.ledger).toHaveLength(1);
    expect(m.table.state.control.pauses).toHaveLength(1);
    expect([3, 4, 5].every(isActive)).toBe(true);
  });
});

describe('refused changes', () => {
  const decidedAndTried = async (...users: readonly number[]) => {
    for (const n of users) {
      await decide(n);
      await m.wake(nameOf(n));
    }
  };

  it('of five users pause the account, and then nothing more is tried', async () => {
    await accountOf(6);
    answers = 'refused';
    await decidedAndTried(0, 1, 2, 3);
    await later(m, 40 * MINUTE);
    expect(tried.length).toBeGreaterThan(4);
    expect(pause()).toBe(null);
    await decidedAndTried(4);
    expect(pause()?.reason).toBe('IAM refused to change keys of 5 users within an hour');
    tried.length = 0;
    await decidedAndTried(5);
    await passing(m, 5 * HOUR, 5 * MINUTE);
    expect(tried).toEqual([]);
  });

  it('of a few users, tried again every hour for days, pause nothing: each of them has a hold', async () => {
    await accountOf(9);
    answers = 'refused';
    for (const n of [0, 1, 2, 3, 4, 5, 6, 7]) {
      await decidedAndTried(n);
      await passing(m, HOUR, 10 * MINUTE);
    }
    await passing(m, 20 * HOUR, 10 * MINUTE);
    expect(tried.length).toBeGreaterThan(80);
    expect(pause()).toBe(null);
    await decidedAndTried(8);
    expect(pause()).toBe(null);
  });

  it('that go on after a resume pause again', async () => {
    await accountOf(6);
    answers = 'refused';
    await decidedAndTried(0, 1, 2, 3, 4);
    await later(m, MINUTE);
    resume();
    await passing(m, 30 * MINUTE, MINUTE);
    expect(m.strain.ledger).toHaveLength(2);
    resume();
    answers = null;
    await passing(m, HOUR, MINUTE);
    expect([0, 1, 2, 3, 4].some(isActive)).toBe(false);
    expect(m.strain.ledger).toHaveLength(2);
  });

  it.each(['throttled', 'absent', 'unknown', 'done'] as const)('%s is no refusal', async (outcome) => {
    await accountOf(6);
    answers = outcome;
    await decidedAndTried(0, 1, 2, 3, 4, 5);
    expect(tried).toHaveLength(6);
    expect(pause()).toBe(null);
  });

  it('too many calls are told to the case as a refusal is, so that it waits and tries again', async () => {
    await accountOf(1);
    answers = 'throttled';
    await decidedAndTried(0);
    expect(codesOf(0)).toContain('deactivation-refused');
  });

  it('a restore that IAM refuses counts too, and is tried again while the account is paused', async () => {
    await accountOf(6);
    await allOff(6);
    answers = 'refused';
    // One after the other in more than an hour, so that the restores themselves are not too many.
    for (const n of [0, 1, 2, 3, 4]) {
      await restored(n);
      await later(m, 16 * MINUTE);
    }
    await passing(m, HOUR, 5 * MINUTE);
    expect(pause()?.reason).toBe('IAM refused to change keys of 5 users within an hour');
    answers = null;
    await passing(m, 2 * HOUR, 5 * MINUTE);
    expect([0, 1, 2, 3, 4].every(isActive)).toBe(true);
  });

  it('where more changes an hour are allowed, more of them may be refused', async () => {
    await accountOf(8, { changesPerHour: 28 });
    answers = 'refused';
    await decidedAndTried(0, 1, 2, 3, 4, 5);
    expect(pause()).toBe(null);
    await decidedAndTried(6);
    expect(pause()?.reason).toContain('7 users');
  });
});

it("no function has the code to resume: only the operator's commands do", () => {
  const folder = join(import.meta.dirname, '../../../functions');
  const naming = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && /\bresumed\(/.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(naming).toEqual(['core/model/control.ts']);
});

describe('a call that fails', () => {
  it('to count: the restore is made all the same', async () => {
    await accountOf(6);
    await allOff(5);
    const { note } = m.world.setbacks;
    m.world.setbacks = { ...m.world.setbacks, note: () => Promise.reject(new Error('the table is away')) };
    await restored(0, 1, 2, 3, 4);
    expect([0, 1, 2, 3, 4].every(isActive)).toBe(true);
    expect(m.log.lines).toContain('count SetbackNotCounted');
    expect(pause()).toBe(null);
    m.world.setbacks = { ...m.world.setbacks, note };
  });

  it.each(['pauser', 'recent'] as const)(
    '%s, when the pause is due: the pause comes before the next change, and nothing is changed meanwhile',
    async (which) => {
      await accountOf(6);
      await allOff(5);
      const { setbacks, pauser } = m.world;
      const away = () => Promise.reject(new Error('the table is away'));
      const breaks = () => {
        m.world.setbacks = which === 'recent' ? { ...setbacks, recent: away } : setbacks;
        m.world.pauser = which === 'pauser' ? { pause: away } : pauser;
      };
      breaks();
      await restored(0, 1, 2, 3, 4);
      expect([0, 1, 2, 3, 4].every(isActive)).toBe(true);
      expect(pause()).toBe(null);
      tried.length = 0;
      await decide(5);
      await expect(m.wake(nameOf(5))).rejects.toThrow('the table is away');
      expect(tried).toEqual([]);
      Object.assign(m.world, { setbacks, pauser });
      await m.wake(nameOf(5));
      expect(pause()?.reason).toContain('5 users');
      expect(tried).toEqual([]);
      expect(m.strain.ledger).toHaveLength(1);
    },
  );

  it('to tell operators: the account is paused, and health tells them', async () => {
    await accountOf(6);
    await allOff(5);
    m.state.operatorsAway = true;
    await restored(0, 1, 2, 3, 4);
    expect(pause()).not.toBe(null);
    expect([0, 1, 2, 3, 4].every(isActive)).toBe(true);
  });

  it.each([false, true])(
    'any one that counts or pauses (took effect: %s): the key is back, and one restore more pauses once',
    async (effect) => {
      const struck: (string | undefined)[] = [];
      for (const at of [0, 1, 2, 3]) {
        const sites: string[] = [];
        await accountOf(7);
        await allOff(6);
        await restored(0, 1, 2, 3);
        await wantBack(4);
        const { setbacks, pauser, operators } = m.world;
        for (const [name, port] of Object.entries({ setbacks, pauser, operators })) {
          const through = async (method: string, make: () => Promise<unknown>) => {
            const fails = sites.push(method) - 1 === at;
            const result = fails && !effect ? undefined : await make();
            if (fails) {
              throw new Error('lost');
            }
            return result;
          };
          Object.assign(m.world, { [name]: tapped(name, port, through) });
        }
        await m.wake(nameOf(4));
        Object.assign(m.world, { setbacks, pauser, operators });
        expect(isActive(4), `restored although ${sites[at]} failed`).toBe(true);
        await restored(5);
        expect(isActive(5)).toBe(true);
        tried.length = 0;
        await decide(6);
        await m.wake(nameOf(6));
        expect(tried).toEqual([]);
        expect(m.strain.ledger, sites[at]).toHaveLength(1);
        struck.push(sites[at]);
      }
      expect(struck).toEqual(['setbacks.note', 'setbacks.recent', 'pauser.pause', 'operators.send']);
    },
  );
});
