import { describe, expect, it } from 'vitest';
import { askPage, type Fields } from '../fakes/browse.ts';
import { NEWER } from '../fakes/cases.ts';
import { unreached } from '../fakes/health.ts';
import { type Page, page } from '../fakes/page.ts';

const SAYS = 'Platform lead has been getting no mail since 20 Nov.';

const shown = async (world: Page, purpose: 'decide' | 'view', fields?: Fields) =>
  (await askPage(world, { purpose }, fields)).text;

describe('the page of a case', () => {
  it.each(['decide', 'view'] as const)('says in one line who gets no mail: %s', async (purpose) => {
    const world = page();
    world.store.subscriptions = unreached('platform@example.com');
    expect((await shown(world, purpose)).split(SAYS)).toHaveLength(2);
    world.store.subscriptions = unreached('platform@example.com', 'security@example.com');
    expect(await shown(world, purpose)).toContain(
      `<p>Security lead has been getting no mail since 20 Nov. ${SAYS}</p>`,
    );
  });

  it('says nothing while everybody is reached, or before the first check', async () => {
    const world = page();
    expect(await shown(world, 'decide')).not.toContain('gets no mail');
    world.store.subscriptions = unreached();
    expect(await shown(world, 'decide')).not.toContain('gets no mail');
  });

  it('says it after an answer, too', async () => {
    const world = page();
    world.store.subscriptions = unreached('platform@example.com');
    const answered = await shown(world, 'decide', { keep: NEWER, off: '3QXK', facts: world.facts() });
    expect(answered).toContain(SAYS);
  });
});
