/** S14 in the whole of Solekey but for AWS: what comes between a deletion that is due and the work of its key. */
import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { paused, resumed, revoked } from '../../../functions/core/model/control.ts';
import { lastFour } from '../../../functions/core/model/observation.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, type Seconds } from '../../../functions/core/model/time.ts';
import {
  decide,
  eventsOf,
  facts,
  intoQuestion,
  later,
  passing,
  portsOf,
  trueKey,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { NEWER, OLDER, USER_ID, used } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';
import { watchSafety } from '../../properties/monitor.ts';

const GITHUB = '203.0.113.0/24';

/** The older key is off, and was in use until an hour before. Lookups are answered if `look` is called. */
async function offAfterUse(policy: Partial<Policy> = {}) {
  const { m, user } = worldWith([trueKey(NEWER, 21, 0.1), trueKey(OLDER, 600, 0.1)], {
    usage: [],
    ...policy,
  });
  watchSafety(m);
  const writes = writesOf(m);
  m.trail.calls.push({ keyId: OLDER, by: GITHUB, at: m.clock.now() });
  await intoQuestion(m);
  expect(await decide(m, 'sec-lead', NEWER, { inUse: true })).toBe('recorded');
  await m.sweep();
  expect(m.caseOf(USER_ID)?.phase).toBe('grace');
  m.trail.state.refuses = true;
  return { m, user, writes };
}

/** Time passes, in hours, and every question about the use of keys is answered. */
async function looking(m: MemoryWorld, seconds: Seconds, step: Seconds = HOUR): Promise<void> {
  for (let gone = 0; gone < seconds; gone += step) {
    await later(m, step);
    m.witness();
  }
}

/** The kept key does the work of the other one. */
function takesOver(m: MemoryWorld): void {
  m.trail.state.refuses = false;
  m.trail.calls.push({ keyId: NEWER, by: GITHUB, at: m.clock.now() });
}

async function confirm(m: MemoryWorld, by: string): Promise<string> {
  const mail = m.mails.findLast(({ recipient, link }) => recipient === by && link?.includes('/d/'));
  const fours = [lastFour(OLDER)];
  const remove = { text: `delete ${fours.join(' ')}`, fours };
  const answer = { kind: 'confirm' as const, remove, facts: facts(m) };
  const token = mail?.link?.split('/').at(-1) ?? '';
  return (await recordDecision(portsOf(m), token, 'delete', answer)).kind;
}

const phase = (m: MemoryWorld) => m.caseOf(USER_ID)?.phase;
const deletions = (writes: readonly string[]) => writes.filter((one) => one.startsWith('delete'));

describe('the deletion of a key whose work moved', () => {
  it('is made on its date, and the decision says when that was seen', async () => {
    const { m, writes } = await offAfterUse();
    await later(m, HOUR);
    takesOver(m);
    await looking(m, 8 * DAY);
    expect(phase(m)).toBe('closed');
    expect(deletions(writes)).toHaveLength(1);
    expect(m.caseOf(USER_ID)?.decision?.workMoved).toMatch(/^2026-/);
  });

  it('goes on although later lookups fail', async () => {
    const { m, writes } = await offAfterUse();
    await later(m, HOUR);
    takesOver(m);
    await looking(m, 7 * DAY - HOUR);
    while (phase(m) !== 'deleting') {
      await later(m, MINUTE);
      m.witness();
    }
    m.table.usages.clear();
    m.trail.state.refuses = true;
    await looking(m, HOUR, MINUTE);
    expect(phase(m)).toBe('closed');
    expect(deletions(writes)).toHaveLength(1);
  });

  it('is not made on what a lookup says that is older than the last call was visible', async () => {
    const { m, writes } = await offAfterUse();
    takesOver(m);
    await later(m, MINUTE);
    m.witness();
    const first = m.table.usages.get(USER_ID);
    await passing(m, 7 * DAY + HOUR);
    expect(first?.at).toBeDefined();
    expect(m.table.usages.get(USER_ID)).toBe(first);
    expect(phase(m)).toBe('grace');
    m.witness();
    await passing(m, 2 * HOUR, 10 * MINUTE);
    expect(phase(m)).toBe('closed');
    expect(deletions(writes)).toHaveLength(1);
  });
});

describe('the deletion of a key whose work nobody saw', () => {
  it('waits for a lost record, and is asked about seven days after its date', async () => {
    const { m, writes } = await offAfterUse();
    await looking(m, 7 * DAY + HOUR);
    m.table.usages.clear();
    await passing(m, 6 * DAY);
    expect(phase(m)).toBe('grace');
    await passing(m, DAY + HOUR);
    expect(phase(m)).toBe('awaiting-confirmation');
    expect(deletions(writes)).toEqual([]);
  });

  it('is still asked about after the setting is off', async () => {
    const { m, writes } = await offAfterUse();
    m.trail.state.refuses = false;
    await looking(m, 7 * DAY + HOUR);
    expect(phase(m)).toBe('awaiting-confirmation');
    m.world.policy = { ...m.world.policy, usage: null };
    await passing(m, 3 * DAY);
    expect(phase(m)).toBe('awaiting-confirmation');
    expect(await confirm(m, 'platform-lead')).toBe('recorded');
    await passing(m, HOUR, MINUTE);
    expect(deletions(writes)).toHaveLength(1);
  });

  it('is not begun, nor gone on with, once the setting is on', async () => {
    const { m, writes } = await offAfterUse({ usage: null });
    while (phase(m) !== 'deleting') {
      await later(m, MINUTE);
    }
    expect(deletions(writes)).toEqual([]);
    m.world.policy = { ...m.world.policy, usage: [] };
    await passing(m, 10 * MINUTE, MINUTE);
    expect(phase(m)).toBe('grace');
    expect(eventsOf(m)).toContain('deletion-withdrawn');
    expect(deletions(writes)).toEqual([]);
    takesOver(m);
    await looking(m, 2 * HOUR, 10 * MINUTE);
    expect(phase(m)).toBe('closed');
    expect(deletions(writes)).toHaveLength(1);
  });

  it('waits through a pause, which moves its date and the seven days', async () => {
    const { m } = await offAfterUse();
    await looking(m, 7 * DAY + HOUR);
    m.table.state.control = paused(m.table.state.control, m.clock.now());
    await looking(m, 8 * DAY);
    expect(phase(m)).toBe('grace');
    m.table.state.control = resumed(m.table.state.control, m.clock.now());
    await looking(m, 6 * DAY);
    expect(phase(m)).toBe('grace');
    await looking(m, 4 * DAY);
    expect(phase(m)).toBe('awaiting-confirmation');
  });

  it('ends where nothing is deleted any more', async () => {
    const { m, writes } = await offAfterUse();
    m.trail.state.refuses = false;
    await looking(m, 7 * DAY + HOUR);
    m.world.policy = { ...m.world.policy, deletion: 'never' };
    await passing(m, 2 * DAY);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'closed', closedAs: 'deactivated' });
    expect(deletions(writes)).toEqual([]);
  });

  it('is asked about once more if who confirmed it is lost before it begins', async () => {
    const { m, writes } = await offAfterUse();
    m.trail.state.refuses = false;
    await looking(m, 7 * DAY + HOUR);
    m.table.state.control = paused(m.table.state.control, m.clock.now());
    expect(await confirm(m, 'platform-lead')).toBe('recorded');
    await passing(m, HOUR);
    m.table.state.control = revoked(m.table.state.control, 'platform-lead');
    m.table.state.control = resumed(m.table.state.control, m.clock.now());
    await passing(m, 2 * DAY);
    expect(phase(m)).toBe('awaiting-confirmation');
    expect(eventsOf(m)).toContain('confirmation-void approver-removed');
    expect(deletions(writes)).toEqual([]);
    expect(await confirm(m, 'sec-lead')).toBe('recorded');
    await passing(m, 2 * DAY);
    expect(deletions(writes)).toHaveLength(1);
  });

  it('is held if the key is used after all, whoever confirmed', async () => {
    const { m, user, writes } = await offAfterUse();
    m.trail.state.refuses = false;
    await looking(m, 7 * DAY + HOUR);
    const [, key] = user.keys;
    if (key !== undefined) {
      key.lastUsed = used(m.clock.now());
    }
    await confirm(m, 'platform-lead');
    await passing(m, 2 * DAY);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'held', heldFor: 'used-after-deactivation' });
    expect(deletions(writes)).toEqual([]);
  });
});
