import { describe, expect, it } from 'vitest';
import type { Case } from '../../functions/core/case/case.ts';
import { askPage, askPath, type Fields } from '../fakes/browse.ts';
import {
  aDecision,
  bothInactive,
  inGrace,
  NEWER,
  NOW,
  OLDER,
  POLICY,
  THIRD,
  USER_ID,
} from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';

type Through = 'decide' | 'restore' | 'list';

async function ask(world: Page, fields?: Fields, through: Through = 'restore') {
  return through === 'list'
    ? askPath(world, `/l/${await world.listLink()}/${USER_ID}-3`, fields)
    : askPage(world, { purpose: through }, fields);
}

const choose = (world: Page, through?: Through) =>
  ask(world, { step: 'restore', key: OLDER, facts: world.facts() }, through);

describe('a restore', () => {
  it('is pressed twice: on the second page the key, its last use and why it was deactivated', async () => {
    const world = page(inGrace({}, { decision: aDecision({ reason: 'person-left' }) }));
    const first = await ask(world);
    expect(first.text).toContain('Reactivate …3QXK</button>');
    expect(first.text).not.toContain('<input type="text"');
    const second = await choose(world);
    expect([second.status, world.store.writes]).toEqual([200, 0]);
    expect(second.text).toContain('<h1>Reactivate …3QXK of ci-deploy</h1>');
    expect(second.text).toContain(
      '…3QXK</span>: last used 11 Oct 2026 (43 days ago), STS in eu-west-1, deactivated on 23 Nov 2026',
    );
    expect(second.text).toMatch(/Platform lead decided on.*Reason: the person who had it left\..*<button/s);
    expect(second.text).toContain('Reason: the person who had it left.');
    expect(second.text).not.toContain('<input type="text"');
    const done = await ask(world, { restore: OLDER, facts: world.facts() });
    expect([done.status, world.store.writes]).toEqual([303, 1]);
    expect(done.text).toContain('…3QXK is being reactivated');
  });

  it('of one of several keys is chosen by its box', async () => {
    const world = page(bothInactive());
    expect((await ask(world)).text.match(/type="checkbox" name="key"/g)).toHaveLength(2);
    const none = await ask(world, { step: 'restore', facts: world.facts() });
    expect(none.status).toBe(422);
    expect(none.text).toContain('<a href="#key">Choose at least one key to reactivate.</a>');
    const two = await ask(world, [
      ['step', 'restore'],
      ['key', OLDER],
      ['key', THIRD],
      ['facts', world.facts()],
    ]);
    expect(two.text).toContain('Reactivate …3QXK and …R7WZ</button>');
    await ask(world, { restore: THIRD, facts: world.facts() });
    expect(world.store.requests.get(world.facts())?.ask).toEqual({ kind: 'restore', keys: [THIRD] });
  });

  it.each([
    ['a key that is active', NEWER],
    ['the same key twice', `${OLDER} ${OLDER}`],
  ])('is refused for %s', async (_what, restore) => {
    const world = page(inGrace());
    const done = await ask(world, { restore, facts: world.facts() });
    expect([done.status, world.store.writes]).toEqual([422, 0]);
    expect(done.text).toContain('Not all of these keys can be reactivated here.');
  });

  it('from a page of 0.6.0, on which the key is typed, counts', async () => {
    const world = page(inGrace());
    expect((await ask(world, { back: '3qxk', facts: world.facts() })).status).toBe(303);
  });

  it('without a decision in force says when it was deactivated', async () => {
    const world = page(inGrace({}, { decision: null }));
    const { text } = await choose(world);
    expect(text).toContain('deactivated on 23 Nov 2026');
    expect(text).not.toContain('Why it was deactivated');
  });
});

describe('a restore that a press is not enough for', () => {
  const made = { createdBy: 'user/mallory', at: NOW };

  it.each<[string, Case, Through, string]>([
    ['again', inGrace({}, { restored: { [OLDER]: 1 } }), 'restore', 'was reactivated on request before'],
    ['of a compromised key', inGrace({}, { compromised: [OLDER] }), 'decide', 'deactivated as compromised'],
    [
      'of a key of an unexpected creator',
      inGrace({}, { origins: { [OLDER]: made } }),
      'restore',
      'was created by',
    ],
    ['through a link to a list', inGrace(), 'list', 'To reactivate, type: <code>reactivate 3QXK</code>'],
  ])('%s is typed', async (_what, current, through, says) => {
    const world = page(current);
    world.policy = { ...POLICY, trustedCreators: [] };
    expect((await ask(world, undefined, through)).text).toContain('and what to type');
    const second = await choose(world, through);
    expect(second.text).toContain('To reactivate, type: <code>reactivate 3QXK</code>');
    expect(second.text).toContain(says);
    const facts = world.facts();
    for (const fields of [
      { restore: OLDER },
      { restore: OLDER, back: '3QXK' },
      { restore: OLDER, back: 'reactivate' },
      { restore: OLDER, back: 'reactivate MPLE' },
      { restore: OLDER, back: 'delete 3QXK' },
      { back: '3QXK' },
    ]) {
      const refused = await ask(world, { ...fields, facts }, through);
      expect([refused.status, world.store.writes]).toEqual([422, 0]);
      expect(refused.text).toContain('type “reactivate 3QXK”.');
      expect(refused.text).toContain('Reactivate …3QXK</button>');
    }
    const done = await ask(world, { restore: OLDER, back: ' Reactivate 3qxk', facts }, through);
    expect([done.status, world.store.writes]).toEqual([303, 1]);
  });
});
