import { describe, expect, it } from 'vitest';
import { addressMark } from '../../functions/core/case/requests.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { anAbout } from '../fakes/about.ts';
import { askPage, askPath } from '../fakes/browse.ts';
import { aCase, IDLE, KEPT, NEWER, NOW, OLDER, POLICY, USER_ID } from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';

const policy: Policy = {
  ...POLICY,
  approvers: POLICY.approvers.map((one) =>
    one.id === 'sec-lead'
      ? { ...one, principals: ['arn:aws:sts::*:assumed-role/Admin/sam@example.com'] }
      : one,
  ),
};

const bySam = {
  createdBy: 'role/Admin',
  at: NOW,
  arns: ['arn:aws:sts::123456789012:assumed-role/Admin/sam@example.com'],
};

/** The page of a case of which sec-lead created the newer key. `reached`: ids whose mails arrive. */
function ownWorld(
  reached = ['sec-lead', 'platform-lead'],
  current = aCase({ origins: { [NEWER]: bySam } }),
): Page {
  const world = page(current);
  world.policy = policy;
  world.ports.policy satisfies Policy;
  const states = POLICY.approvers.map(({ id, email }) => [
    addressMark(email),
    { state: reached.includes(id) ? ('confirmed' as const) : ('missing' as const), since: NOW },
  ]);
  world.store.subscriptions = { checkedAt: NOW, addresses: Object.fromEntries(states) };
  return world;
}

const open = (world: Page, fields?: Record<string, string>, claim = {}) => askPage(world, claim, fields);
const SAYS = 'You created …MPLE, so another approver must decide to keep it.';
const ALONE =
  'You created …MPLE. No other approver can be reached now, so you may decide to keep it; all approvers and operators are told.';
const answer = (world: Page) => ({
  keep: NEWER,
  off: '3qxk',
  reason: 'unused',
  comment: '',
  facts: world.facts(),
});

describe('whoever created a key', () => {
  it('reads at once that another approver must decide to keep it', async () => {
    expect((await open(ownWorld())).text).toContain(SAYS);
  });

  it('does not get to the page to check with it, and reads why', async () => {
    const world = ownWorld();
    const { status, text } = await open(world, { step: 'check', keep: NEWER, facts: world.facts() });
    expect(status).toBe(422);
    expect(text).toContain(`${SAYS} Choose another key, or leave this to someone else.`);
    expect(text).toContain('Which key do you keep?');
    expect([world.store.writes, world.wakes.sent]).toEqual([0, []]);
  });

  it('stores nothing either by leaving the page to check out', async () => {
    const world = ownWorld();
    const { status, text } = await open(world, answer(world));
    expect([status, world.store.writes]).toEqual([422, 0]);
    expect(text).toContain(SAYS);
  });

  it('may keep another key', async () => {
    const world = ownWorld();
    const { status, text } = await open(world, { step: 'check', keep: OLDER, facts: world.facts() });
    expect(status).toBe(200);
    expect(text).not.toContain('You created');
  });

  it('may keep it while no other approver can be reached, and reads that everybody is told', async () => {
    const world = ownWorld(['sec-lead']);
    expect((await open(world)).text).toContain(ALONE);
    const checked = await open(world, { step: 'check', keep: NEWER, facts: world.facts() });
    expect(checked.status).toBe(200);
    expect(checked.text).toContain(ALONE);
    expect((await open(world, answer(world))).status).toBe(303);
    expect(world.store.writes).toBe(1);
  });
});

it('nobody else reads anything of it, and may decide', async () => {
  const world = ownWorld();
  const claim = { recipient: 'platform-lead', address: addressMark('platform@example.com') };
  expect((await open(world, undefined, claim)).text).not.toContain('You created');
  expect((await open(world, answer(world), claim)).status).toBe(303);
});

it('a list decides no row whose proposal keeps a key of its reader', async () => {
  const harmless = aCase({ keys: [KEPT, IDLE], origins: { [NEWER]: bySam } });
  for (const [reached, decides] of [
    [['sec-lead', 'platform-lead'], false],
    [['sec-lead'], false],
  ] as const) {
    const world = ownWorld([...reached], harmless);
    world.store.about = anAbout();
    const token = await world.listLink();
    expect((await askPath(world, `/l/${token}`)).text.includes('Decide: ')).toBe(decides);
    const row = `/l/${token}/${USER_ID}-3`;
    expect((await askPath(world, row)).text.includes('Which key do you keep?')).toBe(decides);
    expect((await askPath(world, row, { step: 'check', keep: NEWER, facts: world.facts() })).status).toBe(
      403,
    );
    expect(world.store.writes).toBe(0);
  }
});
