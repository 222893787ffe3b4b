/** What pages say while the change window is closed (S8): until when a change waits. */
import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { plus } from '../../functions/core/model/time.ts';
import { askPage, askPath } from '../fakes/browse.ts';
import {
  aCase,
  aDecision,
  confirmedAt,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  POLICY,
  THIRD,
  toConfirm,
} from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';

const CLOSED = {
  ...POLICY,
  changeWindow: {
    days: ['tue', 'wed', 'thu'],
    from: { hour: 9, minute: 0 },
    to: { hour: 16, minute: 0 },
    zone: 'UTC',
  },
} as const;
const WHEN = 'Tue 24 Nov, 09:00 UTC';

function closed(current: Case | null): Page {
  const world = page(current);
  world.policy = CLOSED;
  return world;
}

const approved = (more: Parameters<typeof aDecision>[0] = {}) =>
  aCase({ phase: 'approved', asking: 2, decision: aDecision({ carriedOutAt: null, ...more }) });
const check = (world: Page, keep = NEWER) =>
  askPage(world, {}, { step: 'check', keep, facts: world.facts() });
const answer = (world: Page, reason: string) =>
  askPage(world, {}, { keep: NEWER, off: '3qxk', reason, comment: '', facts: world.facts() });

describe('while the window is closed', () => {
  it('a question says until when a decision waits', async () => {
    const { text } = await askPage(closed(aCase()));
    expect(text).toContain(
      `No key is deactivated or deleted before the change window opens on ${WHEN}, unless`,
    );
    expect((await askPage(page(aCase()))).text).not.toContain('change window');
  });

  it('the page to check says when each key is deactivated, and deleted within the window', async () => {
    const { text } = await check(closed(aCase()));
    expect(text).toContain(
      `…3QXK</span> is deactivated when the change window opens, on ${WHEN}, then deleted`,
    );
    expect(text).toContain('deleted permanently on 1 Dec 2026, 09:00 UTC (in 8 days) at the earliest');
    expect(text).toContain('and no wait for the change window; all approvers');
    const open = (await check(page(aCase()))).text;
    expect(open).toContain('within about a minute');
    expect(open).not.toContain('change window');
  });

  it('the page to check counts from now for a key that is off already', async () => {
    const off = aCase({
      keys: [newer(), key(OLDER), key(THIRD, 'Inactive')],
      progress: { [THIRD]: { deactivated: plus(NOW, -60) } },
    });
    const { text } = await check(closed(off));
    expect(text).toContain('…R7WZ</span> stays inactive, then deleted permanently on 1 Dec 2026, 09:00 UTC');
  });

  it('an answer says when it is carried out; one for the reason "compromised" is carried out now', async () => {
    const { text } = await answer(closed(aCase()), 'unused');
    expect(text).toContain(
      `…3QXK is deactivated when the change window opens, on ${WHEN}. Then you get a mail`,
    );
    expect(text).toContain('deactivated when the change window opens</td>');
    const urgent = (await answer(closed(aCase()), 'compromised')).text;
    expect(urgent).toContain('…3QXK is being deactivated, usually within a minute.');
    expect(urgent).not.toContain('change window');
  });

  it('a decision says it, too', async () => {
    expect((await askPage(closed(approved()))).text).toContain(`when the change window opens, on ${WHEN}`);
    const urgent = (await askPage(closed(approved({ reason: 'compromised' })))).text;
    expect(urgent).toContain('…3QXK is being deactivated');
  });

  it('a pause says that it is paused', async () => {
    for (const current of [aCase(), approved()]) {
      const world = closed(current);
      world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
      const { text } = await askPage(world);
      expect(text).toMatch(/Solekey is (no longer )?paused/);
      expect(text).not.toContain('change window');
    }
    const world = closed(aCase());
    world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    expect((await check(world)).text).toContain('is deactivated as soon as Solekey is no longer paused');
  });

  it('a deletion to confirm says until when it would wait, and does then', async () => {
    expect((await askPage(closed(toConfirm()))).text).toContain(`before the change window opens on ${WHEN}`);
    const confirmed = (await askPage(closed(toConfirm({ confirmed: confirmedAt(NOW) })))).text;
    expect(confirmed).toContain(
      `…3QXK is deleted permanently when the change window opens, on ${WHEN}. Until then`,
    );
    expect(confirmed).toContain('deleted when the change window opens</td>');
  });

  it('a grace period ends with the deletion, within the window', async () => {
    const ends = '2026-11-27T20:00:00.000Z';
    const { text } = await askPage(closed(inGrace({ graceEnds: ends })));
    expect(text).toContain('1 Dec 2026, 09:00 UTC');
    expect(text).not.toContain('27 Nov 2026, 20:00');
  });

  it('pages of users who are only observed say nothing of it', async () => {
    const world = closed(aCase());
    world.policy = { ...CLOSED, mode: 'observe' };
    expect((await askPage(world)).text).not.toContain('change window');
  });
});

describe('the list', () => {
  const list = async (world: Page) => (await askPath(world, linkPath('list', await world.listLink()))).text;

  it('says until when decisions wait, and of each decided case as well', async () => {
    const text = await list(closed(approved()));
    expect(text).toContain(`before the change window opens on ${WHEN}`);
    expect(text).toContain(`Decided; waits for the change window: ${WHEN}.`);
  });

  it('says nothing of it while it is open, or while nothing is changed at all', async () => {
    const open = page(approved());
    expect(await list(open)).toContain('Decided; being carried out.');
    expect(await list(open)).not.toContain('change window');
    const observing = closed(aCase());
    observing.policy = { ...CLOSED, mode: 'observe' };
    expect(await list(observing)).not.toContain('change window');
    const paused = closed(approved());
    paused.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    const text = await list(paused);
    expect(text).toContain('Decided; being carried out.');
    expect(text).not.toContain('change window');
  });
});
