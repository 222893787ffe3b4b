import { describe, expect, it } from 'vitest';
import { sha256 } from '../../functions/core/model/digest.ts';
import { HOUR, plus } from '../../functions/core/model/time.ts';
import { askPage } from '../fakes/browse.ts';
import { aCase, inGrace, key, NEWER, NOW, newer, OLDER, older, POLICY, used } from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';

const ask = (world: Page, fields?: Record<string, string>) => askPage(world, {}, fields);

const choose = (world: Page) => ask(world, { step: 'check', keep: 'none', facts: world.facts() });

const answer = (world: Page, more: Record<string, string> = {}) => ({
  none: 'none',
  off: 'mple 3qxk',
  reason: 'person-left',
  comment: '',
  facts: world.facts(),
  ...more,
});

const idle = () => page(aCase({ keys: [key(NEWER), older()] }));
const busy = () => page(aCase({ keys: [newer(), older()] }));

describe('the choice to deactivate all', () => {
  it('is the last one, and says what stops', async () => {
    const { text } = await ask(busy());
    const radios = [...text.matchAll(/type="radio" name="keep" value="(\w+)"/g)].map(([, value]) => value);
    expect(radios).toEqual([NEWER, OLDER, 'none']);
    expect(text).toContain('None: deactivate all');
    expect((await ask(idle())).text).toContain('The user then has no active key.');
  });

  it('leads to a page to check, which warns, and on which nothing is stored yet', async () => {
    const world = busy();
    const { status, text } = await choose(world);
    expect([status, world.store.writes]).toEqual([200, 0]);
    expect(text).toContain('You are about to deactivate …MPLE: used today');
    expect(text).toContain('After that the user has no active key.');
    expect(text).toContain('We proposed something else: keep …MPLE');
    expect(text).toContain('class="box bad"');
    expect(text).toContain('<input type="hidden" name="none" value="none">');
    expect(text).not.toContain('stays active');
  });

  it('says that a person must confirm the deletion, unless usage is off', async () => {
    const world = idle();
    const confirms = 'deleted only after a person confirms it';
    expect((await choose(world)).text).not.toContain(confirms);
    const looking = { ...world, policy: { ...POLICY, usage: [] } };
    expect((await choose(looking)).text).toContain(confirms);
  });

  it('is stored with its reason and comment once all keys are typed', async () => {
    const world = idle();
    expect((await ask(world, answer(world, { comment: 'Left in May.' }))).status).toBe(303);
    expect([...world.store.requests.values()].at(-1)?.ask).toEqual({
      kind: 'none',
      off: [NEWER, OLDER],
      acknowledged: [],
      reason: 'person-left',
      commentDigest: sha256('Left in May.'),
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ['a key is missing', { off: '3qxk' }, 'id="off-mistake"'],
    ['there is no reason', { reason: '' }, 'id="reason-mistake"'],
    ['a comment is too long', { comment: 'x'.repeat(501) }, 'id="comment-mistake"'],
  ])('is asked again on the page to check if %s', async (_what, more, mistake) => {
    const world = idle();
    const { status, text } = await ask(world, answer(world, more));
    expect([status, world.store.writes]).toEqual([422, 0]);
    expect(text).toContain(mistake);
    expect(text).toContain('<input type="hidden" name="none" value="none">');
  });

  it('needs the use of keys acknowledged, unless they are called compromised', async () => {
    const world = page(
      aCase({ keys: [key(NEWER, 'Active', { lastUsed: used(plus(NOW, -HOUR)) }), older()] }),
    );
    expect((await ask(world, answer(world, { shownInUse: NEWER }))).status).toBe(422);
    const told = answer(world, { shownInUse: NEWER, reason: 'compromised' });
    expect((await ask(world, told)).status).toBe(303);
  });

  it('repeats a choice that moved on, and decides nothing', async () => {
    const world = idle();
    const { status, text } = await ask(world, answer(world, { facts: '0'.repeat(64) }));
    expect([status, world.store.writes]).toEqual([409, 0]);
    expect(text).toContain('keep no key, deactivate “mple 3qxk”');
    const chosen = await ask(world, { step: 'check', keep: 'none', facts: '0'.repeat(64) });
    expect(chosen.text).toContain('Your answer was: keep no key.');
    expect(chosen.text).toMatch(/value="none" required\s+checked/);
  });

  it('is not offered where there is nothing to decide', async () => {
    expect((await ask(page(inGrace()))).text).not.toContain('None: deactivate all');
    const observing = page(aCase());
    expect((await ask({ ...observing, policy: { ...POLICY, mode: 'observe' } })).text).not.toContain('None:');
  });
});
