/** Pauses and revocations between a reading of the control item and the claim, and what becomes of a claim's token. */
import { describe, expect, it } from 'vitest';
import type { WriteOutcome } from '../../../functions/app/ports.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import { paused, revoked } from '../../../functions/core/model/control.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import {
  decide,
  eventsOf,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  passing,
  restore,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { NEWER, OLDER, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** An operator acts once, just before a claim is committed: the pass has read the control item already. */
function beforeClaim(m: MemoryWorld, isClaim: (next: Case) => boolean, act: () => void): void {
  const { commit } = m.table.cases;
  let acted = false;
  m.world.cases = {
    ...m.table.cases,
    async commit(change) {
      if (!acted && isClaim(change.next)) {
        acted = true;
        act();
      }
      return commit(change);
    },
  };
}

const pauses = (m: MemoryWorld) => () => {
  m.table.state.control = paused(m.table.state.control, m.clock.now());
};
const revokes = (m: MemoryWorld, id: string) => () => {
  m.table.state.control = revoked(m.table.state.control, id);
};

const deactivating = (next: Case) => next.progress[OLDER]?.deactivating !== undefined;
const deleting = (next: Case) => next.progress[OLDER]?.deletionClaimed !== undefined;
const restoring = (next: Case) => next.progress[OLDER]?.restoring !== undefined && next.lease !== null;

describe('an operator acts between the reading and the claim', () => {
  it('pause: no key is deactivated', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    await decide(m, 'sec-lead', NEWER);
    const writes = writesOf(m);
    beforeClaim(m, deactivating, pauses(m));
    await m.wake(NAME);
    await later(m, HOUR);
    expect(writes).toEqual([]);
  });

  it('pause: no key is deleted', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    const writes = writesOf(m);
    beforeClaim(m, deleting, pauses(m));
    await passing(m, 8 * DAY);
    expect(writes).toEqual([]);
    expect(m.caseOf(USER_ID)?.phase).toBe('grace');
  });

  it('revoke: an answer of that approver is not carried out', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    await decide(m, 'sec-lead', NEWER);
    const writes = writesOf(m);
    beforeClaim(m, deactivating, revokes(m, 'sec-lead'));
    await m.wake(NAME);
    expect(writes).toEqual([]);
    expect(eventsOf(m)).toContain('request-refused not-an-approver');
  });

  it('revoke: nor is their wish to have a key back', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    await restore(m, 'platform-lead', OLDER);
    const writes = writesOf(m);
    beforeClaim(m, restoring, revokes(m, 'platform-lead'));
    await m.wake(NAME);
    await later(m, HOUR);
    expect(writes).toEqual([]);
  });

  it('pause: a key comes back anyway, in that very pass', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    await restore(m, 'platform-lead', OLDER);
    const writes = writesOf(m);
    beforeClaim(m, restoring, pauses(m));
    await m.wake(NAME);
    expect(writes).toEqual(['reactivate 3QXK of ci-deploy']);
  });
});

describe('the change of an hour that a claim took', () => {
  async function claimed(outcome: WriteOutcome) {
    const { m } = worldWith(undefined, { changesPerHour: 1 });
    await intoQuestion(m);
    await decide(m, 'sec-lead', NEWER);
    m.world.iamWrites = { ...m.iam.writer, setStatus: async () => ({ outcome }) };
    await m.wake(NAME);
    m.world.iamWrites = m.iam.writer;
    return m;
  }

  it('comes back when IAM refused the change: it is there for whoever is next', async () => {
    const m = await claimed('refused');
    expect([...m.table.spent.values()]).toEqual([0]);
    await later(m, MINUTE);
    expect(m.caseOf(USER_ID)?.phase).toBe('grace');
    expect([...m.table.spent.values()]).toEqual([1]);
  });

  it('comes back when the change was not made', async () => {
    const { m } = worldWith(undefined, { changesPerHour: 1 });
    await intoQuestion(m);
    await decide(m, 'sec-lead', NEWER);
    m.world.clock = { ...m.clock, remaining: () => 9_000 };
    await m.wake(NAME);
    expect([...m.table.spent.values()]).toEqual([0]);
  });

  it.each(['absent', 'unknown'] as const)('is used up when IAM says %s', async (outcome) => {
    const m = await claimed(outcome);
    expect([...m.table.spent.values()]).toEqual([1]);
  });

  it('comes back to the hour from which it was taken', async () => {
    const { m } = worldWith(undefined, { changesPerHour: 1 });
    await intoQuestion(m);
    await decide(m, 'sec-lead', NEWER);
    m.clock.move(49 * MINUTE - 1);
    m.world.iamWrites = {
      ...m.iam.writer,
      async setStatus() {
        m.clock.move(2);
        return { outcome: 'refused' };
      },
    };
    await m.wake(NAME);
    expect([...m.table.spent]).toEqual([['2026-11-23T16', 0]]);
  });
});
