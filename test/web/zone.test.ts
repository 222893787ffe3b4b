import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import { buildApp } from '../../functions/web/app.ts';
import { aCase, aDecision, confirmedAt, inGrace, NOW, OLDER, POLICY } from '../fakes/cases.ts';
import { breakable, type Page, page } from '../fakes/page.ts';
import { family, usage } from '../fakes/usage.ts';

const BERLIN = { ...POLICY, digest: { ...POLICY.digest, zone: 'Europe/Berlin' } };

async function shown(world: Page, path: string, policy = BERLIN): Promise<string> {
  const answer = await buildApp({ ...world.ports, policy }).request(path);
  return breakable(await answer.text()).replace(/\s+/g, ' ');
}

describe('a page for people with another clock', () => {
  it.each([
    ['a question', page()],
    ['the grace period', page(inGrace())],
    ['a confirmation', page(inGrace({}, { phase: 'awaiting-confirmation' }))],
    [
      'a confirmed deletion',
      page(
        inGrace({}, { phase: 'awaiting-confirmation', decision: aDecision({ confirmed: confirmedAt(NOW) }) }),
      ),
    ],
    ['a hold', page(aCase({ phase: 'held', heldFor: 'unknown', unknownSince: NOW }))],
    ['a rotation', page(aCase({ phase: 'rotating', rotationFrom: NOW }))],
    ['a closed case', page(aCase({ phase: 'closed', closedAs: 'by-owner' }))],
  ])('shows theirs beside every time in UTC: %s', async (_name, world) => {
    world.store.usage = { at: NOW, keys: [usage([family({})]), usage([family({})], { keyId: OLDER })] };
    const path = linkPath('decide', await world.link());
    const text = await shown(world, path);
    const times = text.match(/\d\d:\d\d UTC.{0,30}/g) ?? [];
    expect(times.length).toBeGreaterThan(0);
    expect(
      times.filter((time) => !/^\S+ UTC \((?:\d+ \w{3}, )?\d\d:\d\d in Europe\/Berlin/.test(time)),
    ).toEqual([]);
    expect(await shown(world, path, POLICY)).not.toContain('Europe/Berlin');
  });

  it('is the page of the list, too', async () => {
    const world = page(inGrace());
    const text = await shown(world, `/l/${await world.listLink()}`);
    expect(text).toMatch(
      /can be reactivated until 30 Nov 2026, \d\d:\d\d UTC \(\d\d:\d\d in Europe\/Berlin, in 7 days\)/,
    );
    expect(text).toMatch(/It expires on [^.]* in Europe\/Berlin, in \d days\)\./);
  });

  it('has the day as well where theirs is another one', async () => {
    const late = page(aCase({ keysSeenAt: '2026-11-22T23:05:00.000Z' }));
    expect(await shown(late, linkPath('decide', await late.link()))).toContain(
      'as seen in IAM on 22 Nov 2026, 23:05 UTC (23 Nov, 00:05 in Europe/Berlin).',
    );
  });
});
