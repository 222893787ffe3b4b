import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import { rowPath } from '../../functions/contracts/link-path.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { addressMark, type NewCaseClaim } from '../../functions/core/case/requests.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../functions/core/model/time.ts';
import { offering } from '../../functions/core/page/deactivate-all.ts';
import { buildApp } from '../../functions/web/app.ts';
import { browse, type Fields } from '../fakes/browse.ts';
import {
  aCase,
  bothInactive,
  excepted,
  granted,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  notNow,
  OLDER,
  older,
  someOff,
  THIRD,
  toConfirm,
  USER_ID,
} from '../fakes/cases.ts';
import { unreached } from '../fakes/health.ts';
import { type Page, page } from '../fakes/page.ts';

const WHY = 'The vendor changes its job in January.';

/** A page of a release that takes these answers. */
function offered(current: Case, policy: Partial<Policy> = {}): Page {
  const world = page(current);
  world.policy = { ...world.policy, ...policy };
  return world;
}

async function ask(world: Page, fields?: Fields, claim: Partial<NewCaseClaim> = {}) {
  return at(world, linkPath(claim.purpose ?? 'decide', await world.link(claim)), fields);
}

function at(world: Page, path: string, fields?: Fields, isOffered = true) {
  const app = buildApp({ ...world.ports, policy: world.policy, offered: offering(isOffered) });
  const sent = fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) };
  return browse(app, path, sent);
}

const choose = (world: Page, claim: Partial<NewCaseClaim> = {}) =>
  ask(world, { step: 'check', keep: 'not-now', facts: world.facts() }, claim);

const both = (world: Page, more: Record<string, string> = {}) => ({
  spare: `${NEWER} ${OLDER}`,
  until: '2027-01-31',
  comment: WHY,
  stay: 'mple 3qxk',
  off: '',
  facts: world.facts(),
  ...more,
});

const later = (world: Page, more: Record<string, string> = {}) => ({
  inactive: OLDER,
  until: '2027-01-31',
  comment: WHY,
  stay: '3qxk',
  facts: world.facts(),
  ...more,
});

const lastAsk = (world: Page) => [...world.store.requests.values()].at(-1)?.ask;
const three = () => offered(aCase({ keys: [newer(), older(), key(THIRD)] }));
const lead = { by: 'sec-lead', address: addressMark('security@example.com') };

describe('the choice "not now"', () => {
  it('is the last one, and not there while it is not offered', async () => {
    const world = offered(aCase());
    const { text } = await ask(world);
    const radios = [...text.matchAll(/type="radio" name="keep" value="([\w-]+)"/g)].map(([, value]) => value);
    expect(radios).toEqual([NEWER, OLDER, 'none', 'not-now']);
    expect(text).toContain('Not now: keep both until a date');
    const path = linkPath('decide', await world.link());
    expect((await at(world, path, undefined, false)).text).not.toContain('not-now');
    const refused = await at(world, path, { step: 'check', keep: 'not-now', facts: world.facts() }, false);
    expect([refused.status, refused.text]).toEqual([
      409,
      expect.stringContaining('This is not possible now'),
    ]);
  });

  it('is not there for one active key, or where the longest exception is too short', async () => {
    const one = aCase({ keys: [newer(), older('Inactive')], progress: { [OLDER]: { deactivated: NOW } } });
    expect((await ask(offered(one))).text).not.toContain('not-now');
    expect((await ask(offered(aCase(), { exceptionMaximum: HOUR }))).text).not.toContain('not-now');
  });

  it('leads to a page to check: no date, its limits and its time zone, and what an exception means', async () => {
    const world = offered(aCase(), { digest: { at: { hour: 7, minute: 0 }, zone: 'Europe/Berlin' } });
    const { status, text } = await choose(world);
    expect([status, world.store.writes]).toEqual([200, 0]);
    expect(text).toContain('You are about to leave …MPLE and …3QXK active.');
    expect(text).toMatch(/<input type="date"[^>]*value="" required min="2026-11-24" max="2027-02-20"/);
    expect(text).toContain(
      'The exception ends at the end of that day: 23:59 in the time zone Europe/Berlin.',
    );
    expect(text).toContain('AWS Config still shows the user as NON_COMPLIANT.');
    expect(text).toContain('Approvers are told of it.');
    expect((await choose(offered(aCase(), { config: null }))).text).not.toContain('AWS Config');
    expect(text).toMatch(/<textarea id="comment" name="comment" rows="3" maxlength="500" required/);
    const told = offered(aCase(), { countAsCompliant: ['exceptions'] });
    expect((await choose(told)).text).toContain('AWS Config shows the user as COMPLIANT until then');
  });

  it('is stored with its justification and the end of the day, and said on the page', async () => {
    const world = offered(aCase());
    const { status, text } = await ask(world, both(world));
    expect(status).toBe(303);
    expect(lastAsk(world)).toEqual({
      kind: 'not-now',
      spare: [NEWER, OLDER],
      off: [],
      acknowledged: [],
      until: '2027-01-31T23:59:00.000Z',
      commentDigest: sha256(WHY),
    });
    expect([...world.store.comments.values()]).toEqual([WHY]);
    expect(text).toContain('leave …MPLE and …3QXK active until 31 Jan 2027, 23:59 UTC.');
    expect(text).toContain('Nothing changes until 31 Jan 2027, 23:59 UTC. Then you are asked again.');
    expect(text).toContain('Justification:');
    expect(text).toContain(WHY);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['no date', { until: '' }, 'until', 'Choose a date.'],
    [
      'another notation',
      { until: '31.1.2027' },
      'until',
      'Write the date as year-month-day, such as 2026-11-24.',
    ],
    ['31 February', { until: '2027-02-31' }, 'until', 'The calendar has no such day.'],
    ['a past date', { until: '2026-11-01' }, 'until', 'Choose a date from 24 Nov 2026 to 20 Feb 2027.'],
    ['today', { until: '2026-11-23' }, 'until', 'Choose a date from 24 Nov 2026'],
    ['a date beyond the maximum', { until: '2027-02-21' }, 'until', 'to 20 Feb 2027. No other is possible.'],
    ['no justification', { comment: '' }, 'comment', 'Say why.'],
    ['only spaces', { comment: ' \r\n\t ' }, 'comment', 'Say why.'],
    ['501 characters', { comment: 'x'.repeat(501) }, 'comment', 'The text is 1 character too long.'],
    ['no key typed', { stay: '' }, 'stay', 'Type the last four characters of each key here.'],
    ['one key typed', { stay: 'mple' }, 'stay', 'These are not exactly the keys to leave as they are.'],
    ['no key, but words', { stay: 'both of them' }, 'stay', 'This is not readable'],
  ])('is asked again with what was typed: %s', async (_what, more, field, mistake) => {
    const world = offered(aCase());
    const { status, text } = await ask(world, both(world, more));
    expect([status, world.store.writes]).toEqual([422, 0]);
    expect(text).toContain(`id="${field}-mistake">`);
    expect(text).toContain(mistake);
    expect(text).toContain(`href="#${field}"`);
    expect(text).toContain('Nothing was changed.');
    const { until, stay, comment } = both(world, more);
    expect(text).toContain(`name="until" value="${until}"`);
    expect(text).toContain(`name="stay" value="${stay}"`);
    expect(text).toContain(comment.trim());
    expect(text).toContain(`<input type="hidden" name="spare" value="${NEWER} ${OLDER}">`);
  });

  it('is kept in a box for text if it is no date, so that it can be mended', async () => {
    const world = offered(aCase());
    expect((await ask(world, both(world, { until: 'soon', stay: '' }))).text).toContain(
      '<input type="text" id="until"',
    );
    expect((await ask(world, both(world, { stay: '' }))).text).toContain('<input type="date" id="until"');
  });

  it('is repeated on the page if something changed, with the date and the justification', async () => {
    const world = offered(aCase());
    const { status, text } = await ask(world, both(world, { facts: '0'.repeat(64) }));
    expect([status, world.store.writes]).toEqual([409, 0]);
    expect(text).toContain(`leave …MPLE and …3QXK active until “2027-01-31”, because “${WHY}”`);
    expect(text).toMatch(/value="not-now" required\s+checked/);
    expect(text).toContain('<input type="hidden" name="until" value="2027-01-31">');
    const again = { step: 'check', keep: 'not-now', reason: '', comment: WHY, until: '2027-01-31' };
    const checked = await ask(world, { ...again, facts: world.facts() });
    expect(checked.text).toContain('name="until" value="2027-01-31"');
    expect(checked.text).toContain(WHY);
    const moved = await ask(world, { ...again, facts: '0'.repeat(64) });
    expect(moved.text).toContain('Your answer was: not now.');
  });
});

describe('with three keys', () => {
  it('people choose which stay, all ticked', async () => {
    const world = three();
    const { status, text } = await choose(world);
    expect(status).toBe(200);
    expect([...text.matchAll(/type="checkbox" name="key" value="\w+" checked/g)]).toHaveLength(3);
    expect(text).toContain('A key that you untick is deactivated.');
  });

  it('the others are deactivated, typed, and acknowledged if they are in use', async () => {
    const world = three();
    const chosen: [string, string][] = [
      ['step', 'spare'],
      ['key', OLDER],
      ['key', THIRD],
      ['facts', world.facts()],
    ];
    const { text } = await ask(world, chosen);
    expect(text).toContain('You are also about to deactivate …MPLE');
    expect(text).toContain('class="box bad"');
    expect(text).toContain('Last four characters of the key to deactivate');
    expect(text).toContain('Leave …3QXK and …R7WZ active, deactivate …MPLE');
    const answer = both(world, { spare: `${OLDER} ${THIRD}`, off: 'mple', stay: '', shownInUse: NEWER });
    const refused = await ask(world, answer);
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('id="inUse-mistake"')]);
    const done = await ask(world, { ...answer, inUse: 'yes' });
    expect(done.status).toBe(303);
    expect(lastAsk(world)).toMatchObject({ spare: [OLDER, THIRD], off: [NEWER], acknowledged: [NEWER] });
    expect(done.text).toContain('…MPLE is being deactivated');
  });

  it.each<[string, string[]]>([
    ['none is ticked', []],
    ['only one is', [NEWER]],
  ])('are chosen again if %s', async (_what, ticked) => {
    const world = three();
    const boxes = ticked.map((id): [string, string] => ['key', id]);
    const { status, text } = await ask(world, [['step', 'spare'], ...boxes, ['facts', world.facts()]]);
    expect(status).toBe(422);
    expect(text).toContain('Tick at least two keys to leave active.');
    expect([...text.matchAll(/name="key" value="\w+" checked/g)]).toHaveLength(ticked.length);
    const sent = await ask(world, { step: 'spare', key: 'AKIAI44QH8DHBEXOTHER', facts: world.facts() });
    expect([sent.status, sent.text]).toEqual([422, expect.stringContaining('is not active')]);
  });
});

describe('a key that the visitor created', () => {
  const made = (current: Case) => {
    const world = offered({ ...current, origins: { [OLDER]: { createdBy: 'user/lead', at: NOW } } });
    const [first, ...others] = world.policy.approvers;
    world.policy = {
      ...world.policy,
      approvers:
        first === undefined ? others : [{ ...first, principals: ['arn:aws:iam::*:user/lead'] }, ...others],
    };
    world.store.subscriptions = unreached();
    return world;
  };

  it('stays only if another approver decides that', async () => {
    const { status, text } = await choose(made(aCase()));
    expect(status).toBe(422);
    expect(text).toContain(
      'You created …3QXK, so another approver must decide to keep it. Leave this to someone else.',
    );
    const of3 = await choose(made(aCase({ keys: [newer(), older(), key(THIRD)] })));
    expect(of3.status).toBe(200);
    expect(of3.text).toMatch(new RegExp(`name="key" value="${OLDER}" (?!checked)`));
  });

  it('is not put off by them either', async () => {
    const world = made(inGrace());
    const { text } = await ask(world);
    expect(text).toContain('Leave this to someone else.');
    expect(text).not.toContain('Keep …3QXK inactive until a date');
    const refused = await ask(world, { step: 'later', facts: world.facts() });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('href="#inactive"')]);
    expect((await ask(world, later(world))).status).toBe(422);
  });
});

describe('the page during an exception', () => {
  const renewed = (count: number) => excepted(lead, { exceptions: [granted(notNow(lead), count)] });

  it('says until when it is, by whom and why, and how often it was renewed', async () => {
    const world = offered(excepted({ commentDigest: sha256(WHY) }, { exceptions: [granted(notNow(), 3)] }));
    world.store.comments.set('0'.repeat(64), WHY);
    const { text } = await ask(world);
    expect(text).toContain(
      'Platform lead decided on 23 Nov 2026, 15:10 UTC: leave …MPLE and …3QXK active until 23 Dec 2026, 16:10 UTC.',
    );
    expect(text).toContain('It was renewed 2 times, last by Platform lead. Deciding here ends it earlier.');
    expect(text).toMatch(/Justification:<\/p>\s*<blockquote><bdi>The vendor/);
    expect((await ask(offered(renewed(2)))).text).toContain('It was renewed once, last by you.');
    expect((await ask(offered(renewed(1)))).text).not.toContain('renewed');
  });

  it('an ordinary answer ends it early', async () => {
    const world = offered(excepted());
    const answer = { keep: NEWER, off: '3qxk', reason: 'unused', comment: '', facts: world.facts() };
    expect((await ask(world, answer)).status).toBe(303);
    expect(lastAsk(world)).toMatchObject({ kind: 'keep', keep: NEWER });
  });

  it('whoever gave it cannot renew it while another approver is reached', async () => {
    const world = offered(renewed(2));
    world.store.subscriptions = unreached();
    expect((await ask(world)).text).toContain('so another approver must renew it.');
    for (const refused of [await choose(world), await ask(world, both(world))]) {
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('Another approver must renew this exception');
      expect(refused.text).toContain('You can still decide which key to keep.');
    }
    expect(world.store.writes).toBe(0);
  });

  it('another approver can, and is told what they renew; and so can the giver if nobody else is reached', async () => {
    const other = { recipient: 'platform-lead', address: addressMark('platform@example.com') };
    const world = offered(renewed(3));
    world.store.subscriptions = unreached();
    const { status, text } = await choose(world, other);
    expect(status).toBe(200);
    expect(text).toContain(
      'This renews the exception that Security lead gave on 23 Nov 2026, the 2nd renewal.',
    );
    expect((await choose(offered(renewed(2)), other)).text).toContain('on 23 Nov 2026, the 1st renewal.');
    expect((await choose(offered(renewed(1)), other)).text).toContain('on 23 Nov 2026.');
    const alone = offered(renewed(2));
    alone.store.subscriptions = unreached('platform@example.com');
    expect((await choose(alone)).status).toBe(200);
    expect((await ask(alone, both(alone))).status).toBe(303);
  });

  it('offers to put off the deletion of what it deactivated', async () => {
    expect((await ask(offered(someOff()))).text).toContain('Keep …R7WZ inactive until a date');
  });

  it('is named in the list', async () => {
    const world = offered(renewed(2));
    const { text } = await at(world, linkPath('list', await world.listLink()));
    expect(text).toContain('Exception until 23 Dec 2026, 16:10 UTC by Security lead.');
    expect(text).toContain('It was renewed once, last by Security lead.');
    expect(text).toContain('<p class="hint">Exception');
  });
});

describe('a deletion to put off', () => {
  it('is offered in the grace period and where it waits for a confirmation, by a link to decide alone', async () => {
    const offer = 'Keep …3QXK inactive until a date';
    const confirm = { deletion: 'on-confirmation' } as const;
    expect((await ask(offered(inGrace()))).text).toContain(offer);
    expect((await ask(offered(toConfirm(), confirm))).text).toContain(offer);
    for (const purpose of ['restore', 'view', 'delete'] as const) {
      expect((await ask(offered(inGrace()), undefined, { purpose })).text).not.toContain(offer);
    }
    expect((await ask(offered(inGrace(), { deletion: 'never' }))).text).not.toContain(offer);
    const world = offered(inGrace());
    expect((await at(world, linkPath('decide', await world.link()), undefined, false)).text).not.toContain(
      offer,
    );
  });

  it('is said to need another link, which the list mails', async () => {
    const world = offered(inGrace());
    const needs = 'This link does not put a deletion off.';
    const restore = await ask(world, undefined, { purpose: 'restore' });
    expect(restore.text).toContain(`${needs} For that, use the link in the mail that asked for a decision.`);
    const row = await at(world, rowPath(await world.listLink(), { userId: USER_ID, caseNumber: 3 }));
    expect(row.text).toContain(`${needs} For that, use the link for this user.`);
    expect(row.text).toContain('Mail me the link for this user');
    for (const purpose of ['view', 'delete'] as const) {
      expect((await ask(world, undefined, { purpose })).text).not.toContain(needs);
    }
  });

  it('has a page to check: what it changes, and days after the date of the deletion', async () => {
    const world = offered(inGrace());
    const { status, text } = await ask(world, { step: 'later', facts: world.facts() });
    expect([status, world.store.writes]).toEqual([200, 0]);
    expect(text).toContain('You are about to put off only the deletion of …3QXK.');
    expect(text).toContain('Nothing is deleted before the end of that day: 23:59 in the time zone UTC.');
    expect(text).toContain('min="2026-12-01" max="2027-02-20"');
    const two = offered(bothInactive());
    const { text: more } = await ask(two, { step: 'later', facts: two.facts() });
    expect(more).toContain('…3QXK and …R7WZ, which are deleted together.');
  });

  it('is stored, and said with its time', async () => {
    const world = offered(inGrace());
    const { status, text } = await ask(world, later(world));
    expect(status).toBe(303);
    expect(lastAsk(world)).toEqual({
      kind: 'keep-inactive',
      keys: [OLDER],
      until: '2027-01-31T23:59:00.000Z',
      commentDigest: sha256(WHY),
    });
    expect(text).toContain('to delete …3QXK no earlier than 31 Jan 2027, 23:59 UTC.');
    expect(text).toContain(WHY);
    const after = offered(inGrace({ inactiveUntil: plus(NOW, 40 * DAY) }));
    expect((await ask(after)).text).toContain('it is not deleted before 2 Jan 2027, 16:10 UTC.');
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'a date before that of the deletion',
      { until: '2026-11-30' },
      'Choose a date from 1 Dec 2026 to 20 Feb 2027.',
    ],
    ['no reason', { comment: '' }, 'Say why.'],
    ['another key', { stay: 'mple' }, 'These are not exactly the keys to leave as they are.'],
    ['a key of another page', { inactive: THIRD }, 'These are not exactly the keys to leave as they are.'],
  ])('is asked again with what was typed: %s', async (_what, more, mistake) => {
    const world = offered(inGrace());
    const { status, text } = await ask(world, later(world, more));
    expect([status, world.store.writes]).toEqual([422, 0]);
    expect(text).toContain(mistake);
    expect(text).toContain(`name="stay" value="${later(world, more).stay}"`);
  });

  it('is repeated on the page if something changed', async () => {
    const world = offered(inGrace());
    const { status, text } = await ask(world, later(world, { facts: '0'.repeat(64) }));
    expect(status).toBe(409);
    expect(text).toContain(`keep …3QXK inactive until “2027-01-31”, because “${WHY}”`);
    expect(text).toContain('<input type="hidden" name="until" value="2027-01-31">');
    expect(text).toContain(`<input type="hidden" name="comment" value="${WHY}">`);
    const moved = await ask(world, { step: 'later', facts: '0'.repeat(64) });
    expect(moved.text).toContain('Your answer was: delete later.');
  });
});

it('a link to a list decides nothing of it', async () => {
  const world = offered(aCase());
  const path = rowPath(await world.listLink(), { userId: USER_ID, caseNumber: 3 });
  expect((await at(world, path)).text).not.toContain('not-now');
  for (const fields of [both(world), { step: 'check', keep: 'not-now', facts: world.facts() }]) {
    expect((await at(world, path, fields)).status).toBe(403);
  }
  const grace = offered(inGrace());
  const row = rowPath(await grace.listLink(), { userId: USER_ID, caseNumber: 3 });
  expect((await at(grace, row, later(grace))).status).toBe(403);
  expect([world.store.writes, grace.store.writes]).toEqual([0, 0]);
});
