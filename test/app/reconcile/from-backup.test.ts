/** The table is restored from a backup in mid-case: what people had decided before that changes no key any more. */
import { describe, expect, it } from 'vitest';
import { restored, resumed } from '../../../functions/core/model/control.ts';
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
  scene,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { backup } from '../../fakes/backup.ts';
import { NEWER, OLDER, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** The operator's command, and then `resume`. */
function restoredAndResumed({ table, clock }: MemoryWorld): void {
  table.state.control = restored(table.state.control, clock.now());
  clock.move(MINUTE);
  table.state.control = resumed(table.state.control, clock.now());
}

/** Decided, kept as a backup, carried out, and undone by another approver; then the table is the one of the backup. */
async function decidedOnceMore(): Promise<{ readonly m: MemoryWorld; readonly writes: string[] }> {
  const { m } = worldWith();
  await intoQuestion(m);
  expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
  const bringBack = backup(m);
  await m.sweep();
  expect(scene(m)).toContain('3QXK Inactive');
  await restore(m, 'platform-lead', OLDER);
  await later(m, MINUTE);
  expect(scene(m)).toContain('3QXK Active');
  bringBack();
  return { m, writes: writesOf(m) };
}

describe('a table restored from a backup in mid-case', () => {
  it('would carry out an answer a second time', async () => {
    const { m, writes } = await decidedOnceMore();
    await m.wake(NAME);
    await m.sweep();
    expect(writes).toEqual([`deactivate 3QXK of ${NAME}`]);
  });

  it('carries out no old answer after the command, asks again, and accuses nobody', async () => {
    const { m, writes } = await decidedOnceMore();
    restoredAndResumed(m);
    await m.wake(NAME);
    await passing(m, 2 * DAY);
    expect(writes).toEqual([]);
    expect(scene(m)).toContain('awaiting-decision | MPLE Active, 3QXK Active');
    expect(m.caseOf(USER_ID)?.dropped).toMatchObject([
      { by: 'sec-lead', why: 'not-valid', fromBackup: true, owed: false },
    ]);
    expect(m.log.lines.filter((line) => /NotAsRecorded|CaseNotReadable/.test(line))).toEqual([]);
    expect(await decide(m, 'platform-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(writes).toEqual([`deactivate 3QXK of ${NAME}`]);
  });

  /** The table is the one of a grace period again. */
  async function inGraceOnceMore(): Promise<{ readonly m: MemoryWorld; readonly writes: string[] }> {
    const { m } = worldWith();
    await intoGrace(m);
    const bringBack = backup(m);
    await later(m, HOUR);
    bringBack();
    restoredAndResumed(m);
    return { m, writes: writesOf(m) };
  }

  it('deletes nothing that was decided before', async () => {
    const { m, writes } = await inGraceOnceMore();
    await passing(m, 20 * DAY, 6 * HOUR);
    expect(writes).toEqual([]);
    expect(eventsOf(m)).toContain('decision-void from-backup');
    expect(scene(m)).toContain('awaiting-decision | MPLE Active, 3QXK Inactive');
  });

  it('reactivates a key by a new answer', async () => {
    const { m, writes } = await inGraceOnceMore();
    await passing(m, DAY);
    expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
    await later(m, MINUTE);
    expect(writes).toEqual([`reactivate 3QXK of ${NAME}`]);
  });
});
