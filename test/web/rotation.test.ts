import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { DAY, HOUR, plus } from '../../functions/core/model/time.ts';
import { buildApp } from '../../functions/web/app.ts';
import { askPage } from '../fakes/browse.ts';
import { aCase, key, NEWER, NOW, newer, OLDER, used } from '../fakes/cases.ts';
import { page } from '../fakes/page.ts';

/** The part of a page that is not folded away. */
const unfolded = (text: string) => text.replace(/<details>.*?<\/details>/s, '');

const rotating = (more: Partial<Case> = {}): Case =>
  aCase({
    phase: 'rotating',
    keys: [
      key(NEWER, 'Active', { created: plus(NOW, -2 * HOUR) }),
      key(OLDER, 'Active', { created: plus(NOW, -600 * DAY), lastUsed: used(plus(NOW, -HOUR), 'STS') }),
    ],
    rotationFrom: plus(NOW, -2 * HOUR),
    ...more,
  });

describe('a key made two hours ago, beside one in use', () => {
  it('is nothing that somebody is told to deactivate: the proposal is to wait', async () => {
    const { text } = await askPage(page(rotating()));
    expect(text).toContain('Proposal: wait until 30 Nov 2026, 14:10 UTC (in 7 days).');
    expect(text).toContain('…MPLE was created on 23 Nov 2026 (2 hours ago)');
    expect(text).not.toMatch(/>(?:keep|deactivate|stays active)<|as proposed|Confidence/);
  });

  it('has its form behind "Decide anyway"', async () => {
    const { text } = await askPage(page(rotating()));
    expect(text).toMatch(
      /<details><summary>Decide anyway<\/summary>.*name="keep".*What will happen.*<\/details>/s,
    );
    expect(unfolded(text)).not.toMatch(/name="facts"|What will happen/);
  });

  it('takes a decision anyway, and keeps the form open with what was typed if that has a mistake', async () => {
    const world = page(rotating());
    const wrong = await askPage(world, {}, { keep: OLDER, off: '3QXK', facts: world.facts() });
    expect([wrong.status, world.store.writes]).toEqual([422, 0]);
    expect(wrong.text).toContain('You typed …3QXK, the key that you chose to keep.');
    expect(wrong.text).toContain('value="3QXK"');
    const none = await askPage(world, {}, { step: 'check', facts: world.facts() });
    expect(none.text).toContain('<details open><summary>Decide anyway</summary>');
    const checked = await askPage(world, {}, { step: 'check', keep: OLDER, facts: world.facts() });
    expect(checked.text).toContain('We proposed something else: wait until 30 Nov 2026, 14:10 UTC');
    const done = await askPage(world, {}, { keep: OLDER, off: 'MPLE', facts: world.facts() });
    expect([done.status, world.store.writes]).toEqual([303, 1]);
    expect(done.text).not.toContain('<details');
  });

  it.each(['view', 'restore'] as const)(
    'is shown the same way through a %s link, without a form',
    async (purpose) => {
      const { text } = await askPage(page(rotating()), { purpose });
      expect(text).toContain('Proposal: wait until');
      expect(text).toContain('nobody needs to act now');
      expect(text).not.toMatch(/name="facts"|<details|A decision is needed/);
    },
  );

  it('is an ordinary question once the window is over, or somebody unexpected made the key', async () => {
    const over = await askPage(page(rotating({ rotationFrom: plus(NOW, -7 * DAY) })));
    expect(over.text).toContain('Proposal: keep …3QXK, deactivate …MPLE.');
    expect(over.text).not.toContain('<details');
    const world = page(rotating({ origins: { [NEWER]: { createdBy: 'root', at: NOW } } }));
    const { text } = await askPage(world);
    expect(text).toContain('Urgent');
    expect(text).not.toMatch(/<details|wait until|rotation in progress, so/);
  });
});

describe('a choice that deactivates a key in use', () => {
  const line = (text: string, id: string) =>
    new RegExp(`<label><input type="radio"[^>]*value="${id}"[\\s\\S]*?</label>`).exec(text)?.[0] ?? '';

  it('says so in its line, so that it looks like no other', async () => {
    const { text } = await askPage(page());
    expect(line(text, OLDER)).toContain('…MPLE is in use and would be deactivated.');
    expect(line(text, NEWER)).not.toContain('in use');
    const busy = key(OLDER, 'Active', { lastUsed: used(plus(NOW, -HOUR)) });
    const both = await askPage(page(aCase({ keys: [newer(), busy] })));
    expect(line(both.text, NEWER)).toContain('…3QXK is in use');
    expect(line(both.text, OLDER)).toContain('…MPLE is in use');
  });

  it('has the proposed key first, with the confidence beside it', async () => {
    const { text } = await askPage(page());
    const [first] = [...text.matchAll(/name="keep" value="(\w+)"/g)].map(([, id]) => id);
    expect(first).toBe(NEWER);
    expect(line(text, NEWER)).toContain(', as proposed. ');
    expect(line(text, NEWER)).toContain('Confidence: ');
    expect(line(text, OLDER)).not.toContain('Confidence');
  });
});

describe('on a phone', () => {
  it('keys and Regions stay in one line in the proposal', async () => {
    const world = page();
    const answer = await buildApp({ ...world.ports, policy: world.policy }).request(
      linkPath('decide', await world.link()),
    );
    expect(await answer.text()).toContain(
      'keep <span class="whole">…MPLE</span>, deactivate <span class="whole">…3QXK</span>.',
    );
  });

  it('the form comes before the details', async () => {
    const { text } = await askPage(page());
    const places = ['Our proposal', 'Your decision', 'What will happen', 'The keys', 'Who this is'];
    const found = places.map((title) => text.indexOf(`<h2>${title}</h2>`));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found).not.toContain(-1);
  });
});

describe('a key that code reactivates again and again', () => {
  it('leads to a page that says so, proposes to wait, and folds its form away', async () => {
    const returned = { number: 3, how: 'reactivated', keyId: OLDER, count: 3, at: NOW } as const;
    const { text } = await askPage(page(aCase({ returned })));
    expect(text).toContain('Proposal: wait, and first find out why the key returns.');
    expect(text).toContain(
      '…3QXK was reactivated for the 3rd time. If code manages it, change the code first',
    );
    expect(text).toContain('it stays in the digest');
    expect(text).toContain('Nothing changes until someone decides which key to keep.');
    expect(unfolded(text)).not.toMatch(/name="facts"|>deactivate</);
  });
});
