/** The button on the page of an expired link, and what it answers. */
import { describe, expect, it } from 'vitest';
import { type LinkVersion, linkPath } from '../../functions/contracts/link.ts';
import { addressMark, type NewCaseClaim } from '../../functions/core/case/requests.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import { buildApp } from '../../functions/web/app.ts';
import { aCase, NOW, POLICY } from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';

const BUTTON = 'Mail me a new link';
const EXPIRED = { expires: plus(NOW, -DAY) };

async function pageOf(world: Page, claim: Partial<NewCaseClaim> = EXPIRED, minted: LinkVersion = 'v2') {
  const path = linkPath(claim.purpose ?? 'decide', await world.link(claim));
  const app = buildApp({ ...world.ports, policy: world.policy }, minted);
  const read = async (init?: RequestInit) => {
    const answer = await app.request(path, init);
    return { status: answer.status, text: await answer.text() };
  };
  const press = (mail = 'expired') =>
    read({
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ mail }).toString(),
    });
  return { read, press };
}

describe('the page of an expired link', () => {
  it.each(['decide', 'restore', 'view'] as const)('offers a new one: %s', async (purpose) => {
    const { read } = await pageOf(page(), { ...EXPIRED, purpose });
    const { status, text } = await read();
    expect(status).toBe(410);
    expect(text).toContain(BUTTON);
    expect(text).toContain('use the link in the latest mail about this user, or have a new one mailed');
    expect(text).toContain('ask another approver, or whoever runs Solekey in your organisation');
    expect(text).not.toMatch(/<p>\s*<form/);
  });

  it.each<[string, Partial<NewCaseClaim>]>([
    ['expired long ago', { expires: plus(NOW, -91 * DAY) }],
    ['of somebody who is no approver', { ...EXPIRED, recipient: 'nobody' }],
    ['to a former address', { ...EXPIRED, address: addressMark('old@example.com') }],
  ])('offers none if it is one %s, and a press asks for nothing', async (_what, claim) => {
    const world = page();
    const { read, press } = await pageOf(world, claim);
    const [shown, pressed] = [await read(), await press()];
    expect(shown.status).toBe(410);
    expect(shown.text).not.toMatch(/<form|have a new one mailed/);
    expect(shown.text).toContain('ask another approver, or whoever runs Solekey');
    expect(pressed).toEqual(shown);
    expect([world.store.writes, world.mailLinks.sent]).toEqual([0, []]);
  });

  it('offers none while links of version 1 are made, as the release before', async () => {
    const world = page();
    const { read, press } = await pageOf(world, EXPIRED, 'v1');
    expect((await read()).text).not.toContain('<form');
    expect((await press()).status).toBe(400);
    expect(world.store.writes).toBe(0);
  });

  it('shows nothing of the case, open or not', async () => {
    const all = [aCase(), aCase({ phase: 'closed', closedAs: 'by-owner' }), aCase({ number: 9 }), null];
    const shown = await Promise.all(all.map(async (current) => (await pageOf(page(current))).read()));
    expect(new Set(shown.map(({ text }) => text)).size).toBe(1);
    expect(shown[0]?.text).not.toContain('ci-deploy');
  });
});

it('the page of a revoked link says whom to ask, and names nobody', async () => {
  const { read } = await pageOf(page(), { recipient: 'nobody' });
  const { status, text } = await read();
  expect(status).toBe(403);
  expect(text).toContain('ask whoever runs Solekey in your organisation');
  expect(text).not.toMatch(/ci-deploy|Security lead|example\.com|<form/);
});

describe('the button', () => {
  it('stores a sealed request once a day, and tells reconcile each time', async () => {
    const world = page();
    const { press } = await pageOf(world);
    const [first, second] = [await press(), await press()];
    expect(first.status).toBe(200);
    expect(first.text).toContain('a mail with a new link comes within a minute');
    expect(second).toEqual(first);
    expect([world.store.linkRequests.size, world.mailLinks.sent.length, world.wakes.sent]).toEqual([
      1,
      2,
      [],
    ]);
    expect(world.store.requests.size).toBe(0);
    const [digest] = world.store.linkRequests.keys();
    expect(world.mailLinks.sent[0]).toMatchObject({ kind: 'mail-link', digest });
  });

  it('answers the same whether or not the case is open', async () => {
    const all = [aCase(), aCase({ phase: 'closed', closedAs: 'by-owner' }), aCase({ number: 9 }), null];
    const answers = await Promise.all(all.map(async (current) => (await pageOf(page(current))).press()));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  });

  it('says so if reconcile could not be told, and offers another press', async () => {
    const world = page();
    world.mailLinks.broken = true;
    const { press } = await pageOf(world);
    const { text } = await press();
    expect(text).toContain('no mail comes yet');
    expect(text).toContain(BUTTON);
  });

  it('shows the case if the link has not expired', async () => {
    const world = page();
    const { press } = await pageOf(world, {});
    expect((await press()).text).toContain('ci-deploy has 2 active access keys');
    expect(world.store.writes).toBe(0);
  });

  it.each(['row', 'view', 'other', ''])('is no other form: %s', async (mail) => {
    const world = page();
    const { press } = await pageOf(world);
    expect((await press(mail)).status).toBeGreaterThanOrEqual(400);
    expect(world.store.writes).toBe(0);
  });

  it('gets nothing for a revoked approver', async () => {
    const world = page();
    world.store.control = { pauses: [], revoked: ['sec-lead'] };
    const { press } = await pageOf(world);
    expect((await press()).status).toBe(410);
    expect([world.store.writes, world.policy]).toEqual([0, POLICY]);
  });
});
