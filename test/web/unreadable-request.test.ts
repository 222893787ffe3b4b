import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import { unsignedRequest } from '../../functions/core/case/requests.ts';
import { buildApp } from '../../functions/web/app.ts';
import { browse } from '../fakes/browse.ts';
import { aCase, NEWER } from '../fakes/cases.ts';
import { page } from '../fakes/page.ts';

/** A page where something that is no request of ours stands in the place of the answer. */
async function broken() {
  const world = page(aCase());
  const app = buildApp(world.ports);
  const path = linkPath('decide', await world.link());
  await world.ports.store.record(aCase().account, aCase().userId, unsignedRequest(world.facts()));
  const form = new URLSearchParams({ keep: NEWER, off: '3qxk', facts: world.facts() });
  const post = {
    method: 'POST',
    body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
  return { world, look: () => browse(app, path), answer: () => browse(app, path, post) };
}

describe('an item that is no request, where the answer would stand', () => {
  it('is explained, and nothing can be decided on that page', async () => {
    const { look } = await broken();
    const { status, text } = await look();
    expect(status).toBe(200);
    expect(text).toContain('It is not valid, and we will ask again.');
    expect(text).not.toContain('name="facts"');
  });

  it('refuses an answer, gives back what was put in, and has the question put again soon', async () => {
    const { world, answer } = await broken();
    const refused = await answer();
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Your answer was: keep …MPLE, deactivate “3qxk”. It was not recorded.');
    expect(world.wakes.sent).toMatchObject([{ kind: 'user', userId: aCase().userId }]);
  });
});
