import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { buildApp } from '../../functions/web/app.ts';
import { keysInOneLine } from '../../functions/web/whole-keys.ts';
import { aCase, aDecision, inGrace, newer, OLDER, older } from '../fakes/cases.ts';
import { page } from '../fakes/page.ts';

const whole = (id: string) => `<span class="whole">${id}</span>`;

it.each<[string, string, string]>([
  ['in a sentence', '<p>Keep …MPLE.</p>', `<p>Keep ${whole('…MPLE')}.</p>`],
  ['in a button', '<button>Delete …3QXK</button>', `<button>Delete ${whole('…3QXK')}</button>`],
  ['whole, in a command', `<code>--id ${OLDER} x</code>`, `<code>--id ${whole(OLDER)} x</code>`],
  ['marked already', '<span class="key">…MPLE</span>', '<span class="key">…MPLE</span>'],
  ['in a value', '<input value="…MPLE">', '<input value="…MPLE">'],
  ['in a title', '<title>…MPLE</title>', '<title>…MPLE</title>'],
  ['in a comment being typed', '<textarea rows="2">…MPLE</textarea>', '<textarea rows="2">…MPLE</textarea>'],
  ['longer than a key', '<p>…MPLES and …</p>', '<p>…MPLES and …</p>'],
])('a key %s is kept in one line where a browser could break it', (_where, markup, marked) => {
  expect(keysInOneLine(markup)).toBe(marked);
});

describe('every key on a page', () => {
  const byHand = inGrace({}, { phase: 'held', heldFor: 'restore-by-hand' });
  it.each<[string, Case]>([
    ['that asks', aCase({ keys: [newer(), older()] })],
    ['in grace', inGrace()],
    ['with a command', byHand],
    ['with a comment', inGrace({}, { decision: aDecision({ commentDigest: sha256('see …3QXK') }) })],
  ])('%s is marked', async (_what, current) => {
    const world = page(current);
    world.store.comments.set(aDecision().digest, 'see …3QXK');
    const text = await (await buildApp(world.ports).request(linkPath('decide', await world.link()))).text();
    const body = text.slice(text.indexOf('<body>'));
    const shown = body.replace(/<[^>]*>/g, (tag) => (/^<span class="(?:key|whole)">/.test(tag) ? '§' : ''));
    expect(shown).toMatch(/§…3QXK/);
    expect(shown).not.toMatch(/(?<!§)(?:…[A-Z0-9]{4}|AKIA)/);
  });
});
