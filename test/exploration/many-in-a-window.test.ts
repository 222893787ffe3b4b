/** Decisions of one sitting that the hourly budget and the change window make wait together (S8). */
import { describe, expect, it } from 'vitest';
import { reconcile } from '../../functions/app/reconcile/reconcile.ts';
import { sweep } from '../../functions/app/sweep.ts';
import { questionDigest } from '../../functions/core/case/facts.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import {
  DAY,
  earliest,
  type Instant,
  latest,
  MINUTE,
  plus,
  secondsBetween,
} from '../../functions/core/model/time.ts';
import { later, trueKey } from '../fakes/acts.ts';
import { ACCOUNT, aClaim, POLICY, used } from '../fakes/cases.ts';
import { type MemoryWorld, memoryWorld } from '../fakes/world.ts';
import { watchSafety } from '../properties/monitor.ts';

/** Three hours on each of three mornings, in a zone whose clocks are not those of UTC: from 08:00 to 11:00 UTC. */
const MORNINGS = {
  days: ['tue', 'wed', 'thu'],
  from: { hour: 9, minute: 0 },
  to: { hour: 12, minute: 0 },
  zone: 'Europe/Berlin',
} as const;

/** The week of the sitting, on a Monday, and the next one. */
const FRIDAY = '2026-11-27T00:00:00.000Z';
const NEXT_FRIDAY = plus(FRIDAY, 7 * DAY);

const idOf = (n: number) => `AIDAMANYUSERS0000${String(n).padStart(4, '0')}`;
const nameOf = (n: number) => `user-${n}`;
const keyOf = (n: number, which: 'KEEP' | 'DROP') => `AKIAIOSFODN7${which}${String(n).padStart(4, '0')}`;

function key(m: MemoryWorld, n: number, which: 'KEEP' | 'DROP') {
  const found = m.iam.users.get(idOf(n))?.keys.find(({ id }) => id === keyOf(n, which));
  if (found === undefined) {
    throw new Error(`user ${n} should have that key`);
  }
  return found;
}

/** Everybody has two keys and a case, and people have been told. */
async function manyUsers(count: number, policy: Partial<Policy>): Promise<MemoryWorld> {
  const m = memoryWorld({ ...POLICY, changeWindow: MORNINGS, ...policy });
  for (let n = 0; n < count; n += 1) {
    const keys = [trueKey(keyOf(n, 'KEEP'), 21, 2), trueKey(keyOf(n, 'DROP'), 600, 43)];
    m.iam.users.set(idOf(n), { userId: idOf(n), userName: nameOf(n), path: '/', tags: {}, keys });
    await m.wake(nameOf(n));
  }
  await later(m, MINUTE);
  return m;
}

/** One person decides about one user after the other, a minute each, in an order that no list has. */
async function decidesAll(m: MemoryWorld, count: number): Promise<number[]> {
  const order = Array.from({ length: count }, (_, n) => (n * 7 + 3) % count);
  for (const n of order) {
    const current = m.caseOf(idOf(n));
    if (current === null) {
      throw new Error('everybody should have a case');
    }
    const token = await m.links.mint(aClaim({ userId: idOf(n), caseNumber: 1 }));
    const ask = { kind: 'keep' as const, keep: keyOf(n, 'KEEP'), off: [keyOf(n, 'DROP')], acknowledged: [] };
    const asked = { digest: questionDigest(current, m.world.policy), at: m.clock.now(), ask };
    await m.table.approvals.record(ACCOUNT, idOf(n), m.links.seal(token, asked));
    await m.wake(nameOf(n));
    m.clock.move(MINUTE);
  }
  return order;
}

/** The sweep runs every minute in which something is due. Nobody is mailed a digest. */
async function until(m: MemoryWorld, end: Instant): Promise<void> {
  const { world, table, wakes, clock } = m;
  const digests = { ask: async () => undefined };
  while (clock.now() < end) {
    const due = earliest(...[...table.rows.values()].map(({ wakeAt }) => wakeAt), end) ?? end;
    clock.move(secondsBetween(clock.now(), latest(plus(clock.now(), MINUTE), due)));
    await sweep({ due: table.due, wakes, digests, clock, log: world.log, random: () => 0 });
    for (const wake of wakes.sent.splice(0)) {
      await reconcile(world, wake);
    }
  }
}

/** The changes, in order: `deactivate user-7`. */
function changesOf(m: MemoryWorld): { readonly what: string; readonly at: Instant }[] {
  const seen: { what: string; at: Instant }[] = [];
  m.iam.watchers.push(({ kind, userName, at }) => {
    seen.push({ what: `${kind} ${userName}`, at });
  });
  return seen;
}

/** What happened to a user, from the first decision on. */
const eventsOf = (m: MemoryWorld, n: number): string[] =>
  (m.table.history.get(idOf(n)) ?? []).flatMap(({ events }) => events.map(({ code }) => code));

const askedAgain = (m: MemoryWorld) =>
  Object.fromEntries(
    [...m.table.rows.values()].flatMap(({ case: { userName, phase, askedAgain: why } }) =>
      why === null || phase === 'closed' ? [] : [[userName, why.code]],
    ),
  );

describe('300 decisions of one sitting, 20 changes an hour, three mornings a week', () => {
  it('each is carried out in the window, by its age, and checked again before; nobody is asked again without need', async () => {
    const m = await manyUsers(300, { changesPerHour: 20, grace: 60 * DAY });
    watchSafety(m);
    const seen = changesOf(m);
    const order = await decidesAll(m, 300);
    expect(seen).toEqual([]);

    await until(m, FRIDAY);
    const firstWeek = order.slice(0, 180).map((n) => `deactivate ${nameOf(n)}`);
    expect(seen.map(({ what }) => what)).toEqual(firstWeek);

    // S5 and S6: a key is used, a user has a third key, an owner was faster; the first, the last and some between them.
    const [inUse, third, alone] = [0, 1, 2].map((first) =>
      [180, 219, 258, 297].map((at) => order[at + first] ?? 0),
    );
    for (const n of inUse ?? []) {
      key(m, n, 'DROP').lastUsed = used(m.clock.now());
    }
    for (const n of third ?? []) {
      m.iam.users.get(idOf(n))?.keys.push(trueKey(`AKIAIOSFODN7MORE${String(n).padStart(4, '0')}`, 0, null));
    }
    for (const n of alone ?? []) {
      key(m, n, 'DROP').status = 'Inactive';
    }
    const changed = [inUse, third, alone].flatMap((some) => some ?? []);
    await until(m, NEXT_FRIDAY);
    const rest = order.filter((n) => !changed.includes(n));
    expect(seen.map(({ what }) => what)).toEqual(rest.map((n) => `deactivate ${nameOf(n)}`));
    expect(askedAgain(m)).toEqual({
      ...Object.fromEntries(inUse?.map((n) => [nameOf(n), 'in-use']) ?? []),
      ...Object.fromEntries(third?.map((n) => [nameOf(n), 'keys-changed']) ?? []),
    });
    for (const n of alone ?? []) {
      expect(m.caseOf(idOf(n))).toMatchObject({ phase: 'closed', closedAs: 'by-owner' });
    }
    // The others were asked once, answered once, and had one key deactivated: no decision was void or became too old.
    const once = ['decided', 'deactivating', 'deactivated'];
    for (const n of rest) {
      expect(eventsOf(m, n).filter((code) => [...once, 'decision-void'].includes(code))).toEqual(once);
    }

    const hours = [...new Set(seen.map(({ at }) => at.slice(0, 13)))];
    const counts = hours.map((hour) => seen.filter(({ at }) => at.startsWith(hour)).length);
    expect(counts).toEqual([...Array(14).fill(20), 8]);
    const days = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-12-01', '2026-12-02', '2026-12-03'];
    expect(hours).toEqual(
      days.flatMap((day) => ['08', '09', '10'].map((hour) => `${day}T${hour}`)).slice(0, 15),
    );
  });
});

describe('deactivations and deletions that wait together', () => {
  it('take the same hours, the oldest decision is deactivated first, and nobody is asked again', async () => {
    const m = await manyUsers(30, { changesPerHour: 3, grace: 5 * DAY, decisionValid: 5 * DAY });
    watchSafety(m);
    const seen = changesOf(m);
    const order = await decidesAll(m, 30);
    await until(m, plus(FRIDAY, 28 * DAY));
    const of = (kind: string) => seen.flatMap(({ what }) => (what.startsWith(kind) ? [what] : []));
    expect(of('deactivate')).toEqual(order.map((n) => `deactivate ${nameOf(n)}`));
    expect(of('delete').sort()).toEqual(order.map((n) => `delete ${nameOf(n)}`).sort());
    expect(askedAgain(m)).toEqual({});
    expect(new Set([...m.table.rows.values()].map(({ case: { closedAs } }) => closedAs))).toEqual(
      new Set(['remediated']),
    );
  });
});
