import { describe, expect, it } from 'vitest';
import type { Case } from '../../functions/core/case/case.ts';
import type { KeepDecision } from '../../functions/core/case/decision.ts';
import { addressMark } from '../../functions/core/case/requests.ts';
import { paused } from '../../functions/core/model/control.ts';
import { type Deletion, UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { DAY, MINUTE, plus } from '../../functions/core/model/time.ts';
import { askPage } from '../fakes/browse.ts';
import {
  aCase,
  aDecision,
  confirmedAt,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  THIRD,
} from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';
import { frozen } from '../releases/frozen.ts';

const TO_DELETE = { purpose: 'delete' } as const;
const PLATFORM = { recipient: 'platform-lead', address: addressMark('platform@example.com') };

const told = (deletion: Deletion, more: Partial<KeepDecision> = {}) =>
  aDecision({ terms: { grace: 7 * DAY, deletion }, ...more });
const off = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY) };
const waiting = (more: Partial<KeepDecision> = {}): Case =>
  inGrace(off, { phase: 'awaiting-confirmation', decision: told('on-confirmation', more) });

describe('a page that asks to confirm a deletion', () => {
  it('has a link of its own, shows what goes and that it cannot be undone, and does nothing else', async () => {
    const world = page(waiting());
    const { status, text } = await askPage(world, TO_DELETE);
    expect(status).toBe(200);
    for (const part of [
      '<h1>Delete …3QXK of ci-deploy permanently?</h1>',
      'Nothing is deleted unless someone confirms it',
      'To reactivate instead, use an earlier mail or your digest.',
      '…3QXK</span>: inactive since 15 Nov 2026, 16:10 UTC (8 days ago), last used 11 Oct 2026',
      'Platform lead decided on 23 Nov 2026',
      'class="danger">Delete …3QXK permanently</button>',
      'cannot be undone',
      'name="remove"',
      'deleted only if someone confirms it',
      world.facts(),
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/name="(?:keep|off|inUse|back|key|mail)"|checked(?!\))|Which key do you keep/);
    expect(text.match(/<button/g)).toHaveLength(1);
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('does not delete for the tired: mail, Tab, four characters, Enter', async () => {
    const world = page(waiting());
    const { text } = await askPage(world);
    expect(text).not.toContain('<input type="text"');
    const buttons = [...text.matchAll(/<button[^>]*>([^<]*)</g)].map(([, words]) => words);
    // To keep it inactive until a date deletes nothing.
    expect(buttons.filter((words) => words?.startsWith('Keep') === false)).toEqual([
      'Reactivate …3QXK',
      'Mail me the link to delete …3QXK',
      'Mail me a read-only link',
    ]);
    const own = await askPage(world, TO_DELETE);
    expect(own.text).toContain('To delete, type: <code>delete 3QXK</code>');
    const { status } = await askPage(world, TO_DELETE, { remove: '3qxk', facts: world.facts() });
    expect([status, world.store.writes]).toEqual([422, 0]);
  });

  it('does not take in one box what belongs into the other', async () => {
    const world = page(waiting());
    for (const fields of [{ remove: '3QXK' }, { back: 'delete 3QXK' }]) {
      const { status } = await askPage(world, {}, { ...fields, facts: world.facts() });
      expect([status, world.store.writes]).toEqual([422, 0]);
    }
  });

  it('opened under 0.2.0 and sent today deletes nothing, and says what to type', async () => {
    const old = frozen('0.2.0').pages.find(({ name }) => name === 'decide-confirm');
    const fields = Object.fromEntries(new URLSearchParams(old?.sent ?? ''));
    expect(fields.remove).toBe('3QXK');
    const world = page(old?.known as Case);
    const { status, text } = await askPage(world, {}, fields);
    expect([status, world.store.writes, world.wakes.sent]).toEqual([422, 0, []]);
    expect(text).toContain('To delete …3QXK permanently, type “delete 3QXK”.');
  });

  it('takes several keys in any order and any case', async () => {
    const third = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY) };
    const current = waiting({ remove: [OLDER, THIRD] });
    const world = page({
      ...current,
      keys: [newer(), older('Inactive'), key(THIRD, 'Inactive')],
      progress: { ...current.progress, [THIRD]: third },
    });
    const { text } = await askPage(world, TO_DELETE);
    expect(text).toContain('To delete, type: <code>delete 3QXK R7WZ</code>');
    const half = await askPage(world, {}, { remove: 'delete 3QXK', facts: world.facts() });
    expect([half.status, world.store.writes]).toEqual([422, 0]);
    const { status } = await askPage(world, {}, { remove: 'DELETE r7wz, 3qxk', facts: world.facts() });
    expect([status, world.store.writes]).toEqual([303, 1]);
  });

  it('shows a key of which less is known', async () => {
    const current = waiting();
    const decision = told('on-confirmation', { remove: [OLDER] });
    const world = page({ ...current, decision, keys: [newer()] });
    expect((await askPage(world, TO_DELETE)).text).toContain('…3QXK</span>: inactive since');
  });

  it('says that it is paused', async () => {
    const world = page(waiting());
    world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    expect((await askPage(world)).text).toContain('Solekey is paused');
    world.store.control = paused(UNRESTRICTED, NOW, 'IAM refused to change keys of 5 users within an hour');
    expect((await askPage(world)).text).toContain('Solekey paused itself on 23 Nov 2026');
    const fields = { remove: 'delete 3qxk', facts: world.facts() };
    expect((await askPage(world, {}, fields)).text).toContain(
      'deleted as soon as Solekey is no longer paused',
    );
  });

  it('takes the confirmation once, from the first who gives it', async () => {
    const world = page(waiting());
    const fields = { remove: 'delete 3qxk', facts: world.facts() };
    const { status, text } = await askPage(world, {}, fields);
    expect(status).toBe(303);
    expect(text).toContain('You confirmed on 23 Nov 2026, 16:10 UTC: delete …3QXK permanently.');
    expect(text).toContain('…3QXK is being deleted');
    expect(text).toContain('to be deleted, as confirmed');
    expect(text).not.toContain('name="facts"');
    expect((await askPage(world, {}, fields)).status).toBe(303);
    const later = await askPage(world, PLATFORM, fields);
    expect(later.status).toBe(409);
    expect(later.text).toContain('Security lead confirmed on');
    expect([world.store.writes, world.store.requests.get(world.facts())?.ask]).toEqual([
      1,
      { kind: 'confirm', keys: [OLDER] },
    ]);
  });

  it.each<[number, string, Record<string, string>, string]>([
    [422, 'nothing typed', { remove: '' }, 'type “delete 3QXK”.'],
    [422, 'the word alone', { remove: 'delete' }, 'type “delete 3QXK”.'],
    [422, 'the kept key typed', { remove: 'delete mple' }, 'not exactly the keys to delete'],
    [422, 'something unreadable', { remove: '<b>' }, 'type “delete 3QXK”.'],
    [422, 'four characters alone, as 0.2.0 asked for', { remove: '3QXK' }, 'type “delete 3QXK”.'],
    [409, 'a decision in its place', { keep: NEWER, off: '3QXK' }, 'not possible now'],
    [400, 'more fields than its own', { remove: 'delete 3QXK', back: '3QXK' }, 'not one of our forms'],
  ])('refuses with %d: %s', async (status, _name, fields, says) => {
    const world = page(waiting());
    const link = status === 422 ? TO_DELETE : {};
    const done = await askPage(world, link, { ...fields, facts: world.facts() });
    expect(done.status).toBe(status);
    expect(done.text).toContain(says);
    expect(done.text).toContain('Nothing was changed');
    if (status === 422) {
      expect(done.text).toContain(`value="${fields.remove?.replace('<b>', '&lt;b&gt;')}"`);
    }
    expect(world.store.writes).toBe(0);
  });

  it('does not confirm through a link for bringing keys back', async () => {
    const world = page(waiting());
    const { text } = await askPage(world, { purpose: 'restore' });
    expect(text).toContain('is in another mail');
    expect(text).toContain('name="key"');
    expect(text).not.toContain('name="remove"');
    const fields = { remove: 'Delete 3QXK', facts: world.facts() };
    expect((await askPage(world, { purpose: 'restore' }, fields)).status).toBe(403);
    expect(world.store.writes).toBe(0);
  });

  it('is all that a link to delete permits', async () => {
    const world = page(waiting());
    const { text } = await askPage(world, { purpose: 'delete' });
    expect(text).toContain('name="remove"');
    expect(text).not.toContain('name="back"');
    const back = await askPage(world, { purpose: 'delete' }, { back: '3QXK', facts: world.facts() });
    expect([back.status, world.store.writes]).toEqual([403, 0]);
    expect(back.text).toContain('This link can only confirm a deletion');
    const fields = { remove: 'delete 3QXK', facts: world.facts() };
    expect((await askPage(world, { purpose: 'delete' }, fields)).status).toBe(303);
    expect(world.store.requests.get(world.facts())?.ask).toEqual({ kind: 'confirm', keys: [OLDER] });
  });

  it('through a link to delete decides no question', async () => {
    const world = page(aCase());
    const { text } = await askPage(world, { purpose: 'delete' });
    expect(text).toContain('this link can only confirm a deletion. The link to decide is in another mail.');
    expect(text).not.toContain('name="facts"');
    const fields = { keep: NEWER, off: '3QXK', facts: world.facts() };
    expect([(await askPage(world, { purpose: 'delete' }, fields)).status, world.store.writes]).toEqual([
      403, 0,
    ]);
  });

  it('with an out-of-date answer shows how things are now', async () => {
    const world = page(waiting());
    const fields = { remove: 'Delete 3QXK', facts: world.facts() };
    world.store.current = { ...waiting(), asking: 3 };
    const { status, text } = await askPage(world, TO_DELETE, fields);
    expect(status).toBe(409);
    expect(text).toContain('value="Delete 3QXK"');
  });

  it('that was answered still brings keys back until the deletion begins', async () => {
    const world = page(waiting({ confirmed: confirmedAt(NOW, 'platform-lead', 'platform@example.com') }));
    world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    const { text } = await askPage(world);
    expect(text).toContain('Platform lead confirmed on');
    expect(text).toContain('name="key"');
    expect(text).not.toContain('name="remove"');
    world.store.control = { pauses: [], revoked: [] };
    expect((await askPage(world)).text).toContain('takes a few minutes');
  });

  it.each([
    ['another setting', inGrace(off, { decision: told('never') })],
    ['the deletion under way', inGrace({ ...off, deleting: NOW }, { phase: 'deleting' })],
  ])('is not what a person finds with %s', async (_name, current) => {
    const world = page(current);
    const fields = { remove: 'Delete 3QXK', facts: world.facts() };
    expect((await askPage(world)).text).not.toContain('name="remove"');
    expect((await askPage(world, {}, fields)).status).toBe(409);
  });
});

describe('a restore that comes when the call to delete was claimed', () => {
  const going = (deleting: string, more: object = {}) =>
    inGrace({ ...off, deleting, seenInactive: plus(deleting, MINUTE), ...more }, { phase: 'deleting' });

  it.each([
    ['while the call is under way', going(plus(NOW, -2 * MINUTE), { deletionClaimed: plus(NOW, -MINUTE) })],
    ['by a clock that is behind', going(plus(NOW, 5), { deletionClaimed: plus(NOW, 65) })],
  ])('is not recorded, and the page says so: %s', async (_name, current) => {
    const world = page(waiting());
    const fields = { back: '3qxk', facts: world.facts() };
    expect((await askPage(world)).text).toContain('name="key"');
    world.store.current = current;
    const done = await askPage(world, { purpose: 'restore' }, fields);
    expect([done.status, world.store.writes]).toEqual([409, 0]);
    expect(done.text).toContain('nothing can be reactivated here any more');
    expect(done.text).toContain(
      'Your answer was: reactivate “3qxk”. It was not recorded. Nothing was changed.',
    );
    expect(done.text).not.toContain('name="key"');
  });

  it('is still recorded if IAM refused that call', async () => {
    const refused = plus(NOW, -MINUTE);
    const world = page(going(plus(NOW, -3 * MINUTE), { refused, refusedSince: refused }));
    const done = await askPage(world, { purpose: 'restore' }, { back: '3qxk', facts: world.facts() });
    expect([done.status, world.store.writes]).toEqual([303, 1]);
  });
});

describe('no page promises a deletion that does not come', () => {
  const never = { ...POLICY, deletion: 'never' as const };
  const confirm = { ...POLICY, deletion: 'on-confirmation' as const };
  const one = inGrace({}, { decision: null });

  it.each<[string, Case, Page['policy'], string]>([
    ['a question', aCase(), never, 'The keys stay inactive. Solekey deletes no keys in this account.'],
    ['grace', inGrace({}, { decision: told('never') }), POLICY, 'Solekey deletes no keys in this account'],
    ['grace, the setting changed since', inGrace(), never, 'Solekey deletes no keys in this account'],
    [
      'a question, on-confirmation',
      aCase(),
      confirm,
      'someone is asked to confirm that the keys are deleted',
    ],
    ['grace, on-confirmation', inGrace(), confirm, 'someone is asked to confirm the deletion'],
  ])('%s', async (_name, current, policy, says) => {
    const world = page(current);
    world.policy = policy;
    const { text } = await askPage(world);
    expect(text).toContain(says);
    expect(text).not.toMatch(/permanently on|a mail announces that|until the deletion/i);
  });

  it.each([
    [never, 'Solekey deletes no keys in this account.', 'stays inactive'],
    [confirm, 'someone is asked to confirm the deletion', 'stays inactive'],
    [POLICY, 'After the grace period it is deleted permanently', 'stays inactive, then is deleted'],
  ])('an answer about keys that are off already', async (policy, says, table) => {
    const world = page({ ...one, keys: [newer(), older('Inactive')] });
    world.policy = policy;
    const { text } = await askPage(world, {}, { keep: NEWER, off: '3QXK', facts: world.facts() });
    expect(text).toContain(says);
    expect(text).toContain(`>${table}</td>`);
  });
});
