import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import type { Mode } from '../../functions/core/model/policy.ts';
import { buildApp } from '../../functions/web/app.ts';
import { askPage, browse, type Fields } from '../fakes/browse.ts';
import { aCase, aDecision, inGrace, NEWER, NOW, newer, POLICY } from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';

function ask(world: Page, mode: Mode, fields?: Fields) {
  world.policy = { ...POLICY, mode };
  return askPage(world, { purpose: 'view' }, fields);
}

const CONFIRMABLE = inGrace({}, { phase: 'awaiting-confirmation' });

describe('a link to look', () => {
  it('shows the proposal in observe mode, without a form, and says why', async () => {
    const { status, text } = await ask(page(), 'observe');
    expect(status).toBe(200);
    for (const part of [
      'observe mode',
      'Our proposal',
      'Nothing can be decided here',
      'This link only shows this case and permits nothing.',
      'You may hand it on within your team; anyone who has it sees the case.',
      '<span>Link of Security lead</span>',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/<form|another mail|under your name|You are |is personal|[Dd]o not share/);
  });

  it('has a page for HEAD, too', async () => {
    const { ports, policy, link } = page();
    const app = buildApp({ ...ports, policy: { ...policy, mode: 'observe' } });
    const path = linkPath('view', await link({ purpose: 'view' }));
    expect(await browse(app, path, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it.each<[string, Case, string]>([
    ['a question', aCase(), 'Only one is allowed'],
    ['a rotation', aCase({ phase: 'rotating', rotationFrom: NOW }), 'nobody needs to act now'],
    ['the grace period', inGrace(), 'Solekey deactivated …3QXK'],
    ['a confirmation', CONFIRMABLE, 'Solekey deactivated …3QXK'],
  ])('shows %s after a switch to enforce, and still no form', async (_name, current, says) => {
    const { status, text } = await ask(page(current), 'enforce');
    expect(status).toBe(200);
    expect(text).toContain(says);
    expect(text).toContain('Approvers have a link to decide in another mail');
    expect(text).not.toMatch(/<form|you can also decide now|can only reactivate/);
  });

  it('speaks of everybody by name, because somebody else may read it', async () => {
    const decided = inGrace({}, { decision: aDecision({ by: 'sec-lead' }) });
    const { text } = await ask(page(decided), 'enforce');
    expect(text).toContain('Security lead decided on');
    expect(text).toContain('An approver can reactivate it until');
    expect(text).not.toMatch(/You (decided|can)/);
    const own = await page(decided);
    const answer = await buildApp(own.ports).request(
      linkPath('restore', await own.link({ purpose: 'restore' })),
    );
    expect(await answer.text()).toContain('You decided on');
    const held = await ask(page(aCase({ phase: 'held', heldFor: 'unknown', keys: [newer()] })), 'enforce');
    expect(held.text).toContain('Approvers get a mail when that changes.');
  });

  it('promises no other link where none would help', async () => {
    const excluded = aCase({ phase: 'excluded', excluded: true });
    for (const current of [excluded, aCase({ keys: [newer()] }), inGrace({ deleting: NOW })]) {
      const { status, text } = await ask(page(current), 'enforce');
      expect(status).toBe(200);
      expect(text).not.toMatch(/<form|another mail/);
    }
  });

  it.each<[string, 'observe' | 'enforce', Case, Record<string, string>]>([
    ['a decision', 'observe', aCase(), { keep: NEWER, off: '3QXK' }],
    ['a decision', 'enforce', aCase(), { keep: NEWER, off: '3QXK' }],
    ['a restore', 'observe', inGrace(), { back: '3QXK' }],
    ['a restore', 'enforce', inGrace(), { back: '3QXK' }],
    ['a confirmation', 'enforce', CONFIRMABLE, { remove: '3QXK' }],
  ])('takes no %s in mode %s: nothing is stored, nobody is woken', async (_name, mode, current, fields) => {
    const world = page(current);
    const { status, text } = await ask(world, mode, { ...fields, facts: world.facts() });
    expect(status).toBe(409);
    expect(text).toContain('This link only shows the case');
    expect(text).toContain('Nothing was changed.');
    expect(text).not.toContain('<form');
    expect([world.store.writes, world.wakes.sent]).toEqual([0, []]);
  });

  it('opens nothing on the path of another purpose, nor does another link on its path', async () => {
    const world = page();
    const app = buildApp(world.ports);
    const look = await world.link({ purpose: 'view' });
    const decide = await world.link();
    for (const path of [linkPath('decide', look), linkPath('restore', look), linkPath('view', decide)]) {
      expect((await app.request(path)).status).toBe(404);
    }
  });
});
