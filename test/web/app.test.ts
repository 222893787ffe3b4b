import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { shown } from '../../functions/core/case/facts.ts';
import { addressMark, type NewCaseClaim } from '../../functions/core/case/requests.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import { buildApp } from '../../functions/web/app.ts';
import { browse } from '../fakes/browse.ts';
import {
  aCase,
  aDecision,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  restoringSince,
  THIRD,
} from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const PLATFORM = { recipient: 'platform-lead', address: addressMark('platform@example.com') };

async function pathOf(world: Page, claim: Partial<NewCaseClaim> = {}): Promise<string> {
  return linkPath(claim.purpose ?? 'decide', await world.link(claim));
}

async function get(world: Page, path: string, init: RequestInit = {}) {
  return browse(buildApp({ ...world.ports, policy: world.policy }), path, init);
}

function post(world: Page, path: string, fields: Record<string, string> | string, headers = FORM) {
  const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
  return get(world, path, { method: 'POST', body, headers });
}

const good = (world: Page) => ({ keep: NEWER, off: '3qxk', facts: world.facts() });

describe('looking', () => {
  it('shows what a person needs to decide', async () => {
    const world = page(aCase({ origins: { [NEWER]: { createdBy: 'role/deployer', at: NOW } } }));
    const { status, text } = await get(world, await pathOf(world));
    expect(status).toBe(200);
    for (const part of [
      'You are Security lead',
      'ci-deploy has 2 active access keys',
      'prod-payments (123456789012)',
      '…MPLE',
      '…3QXK',
      'by role/deployer',
      'Our proposal',
      'Solekey has changed nothing so far.',
      'last used today 14:10 UTC, S3 in eu-west-1</span></label>',
      'Which key do you keep?',
      'the keys are deleted permanently',
      'aws iam list-access-keys --user-name ci-deploy',
      world.facts(),
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says since when a decision is overdue', async () => {
    const told = (days: number) => aCase({ toldAt: plus(NOW, -days * DAY) });
    const shown = async (days: number) => {
      const world = page(told(days));
      return (await get(world, await pathOf(world))).text;
    };
    expect(await shown(31)).toContain('A decision has been overdue since 22 Nov 2026.');
    expect(await shown(29)).not.toContain('overdue');
  });

  it('chooses nothing and runs nothing', async () => {
    const world = page();
    const { text } = await get(world, await pathOf(world));
    expect(text).not.toMatch(/\bchecked(?!\))/);
    expect(text).not.toMatch(/<script|<img|<link|src=|onload|javascript:/i);
    expect(text).toContain('<form method="post">');
  });

  it.each(['GET', 'HEAD'])('changes nothing with %s', async (method) => {
    const world = page();
    const { status } = await get(world, await pathOf(world), { method });
    expect([status, world.store.writes, world.wakes.sent]).toEqual([200, 0, []]);
  });

  it('has no body for HEAD', async () => {
    const world = page();
    expect((await get(world, await pathOf(world), { method: 'HEAD' })).text).toBe('');
  });

  it('works behind a prefix and with a query that a mail program added', async () => {
    const world = page();
    expect((await get(world, `/stage/keys${await pathOf(world)}?utm_source=mail`)).status).toBe(200);
  });

  it('escapes whatever comes from outside', async () => {
    const evil = '<img src=x onerror="alert(1)">&\'';
    const world = page(
      aCase({
        userName: evil,
        path: `/${evil}/`,
        origins: { [NEWER]: { createdBy: evil, at: NOW } },
        keys: [{ ...newer(), lastUsed: { kind: 'used', at: NOW, service: evil, region: evil } }, older()],
      }),
    );
    world.policy = {
      ...POLICY,
      accountName: evil,
      approvers: [{ id: 'sec-lead', name: evil, email: 'security@example.com' }],
    };
    const { status, text } = await get(world, await pathOf(world));
    expect(status).toBe(200);
    expect(text).toContain('&lt;img src=x');
    expect(text).not.toContain('<img');
    expect(text).not.toContain('"alert');
  });

  it.each<[string, Case, string, string]>([
    [
      'an answer of somebody else',
      aCase({ phase: 'approved', decision: aDecision() }),
      'Platform lead decided',
      'Which key do you keep?',
    ],
    ['the grace period', inGrace(), 'Reactivate a key', 'Which key do you keep?'],
    ['a deletion under way', inGrace({ deleting: NOW }), 'nothing can be reactivated', 'name="facts"'],
    [
      'a restore under way',
      inGrace({ restoring: restoringSince(NOW) }),
      'is being reactivated',
      'name="facts"',
    ],
    ['an exclusion', aCase({ phase: 'excluded', excluded: true }), 'This user is excluded', 'name="facts"'],
    ['a hold', aCase({ phase: 'held', heldFor: 'unknown', keys: [newer()] }), 'On hold. IAM', 'name="facts"'],
    ['nothing to do', aCase({ keys: [newer()] }), 'checks again on its own', 'name="facts"'],
    [
      'a question put again',
      aCase({ askedAgain: { code: 'decision-expired' } }),
      'Why you are asked again',
      'Reactivate a key',
    ],
    [
      'a key back by hand',
      inGrace({}, { excluded: true }),
      `--access-key-id ${OLDER} --status Active`,
      'name="facts"',
    ],
    [
      'a closed case',
      aCase({ phase: 'closed', closedAs: 'remediated' }),
      'ci-deploy: this case is closed',
      'name="facts"',
    ],
    ['a case that another followed', aCase({ number: 4 }), 'the id AIDACKCEVSQ6C2EXAMPLE', 'ci-deploy'],
  ])('shows %s', async (_name, current, says, not) => {
    const world = page(current);
    const { status, text } = await get(world, await pathOf(world));
    expect(status).toBe(200);
    expect(text).toContain(says);
    expect(text).not.toContain(not);
  });

  it('of a user outside `only` proposes, takes nothing and says why', async () => {
    const world = page(aCase({ outside: true }));
    world.policy = { ...POLICY, mode: { only: { tag: null, users: ['svc/*'] } } };
    const { text } = await get(world, await pathOf(world));
    expect(text).toContain('This user is outside the setting &quot;only&quot;');
    expect(text).toContain('Our proposal');
    expect(text).not.toContain('name="facts"');
    expect(text).toContain('What you would be asked');
    expect(text).toContain('To have Solekey act, ask whoever runs it in your organisation.');
    expect(text).not.toContain('someone would be asked first');
    world.policy = { ...world.policy, usage: [] };
    expect((await get(world, await pathOf(world))).text).toContain(
      'deleted permanently. If a key was in use and the kept key was not seen doing its work, someone would be asked first.',
    );
  });

  it('in observe mode proposes, takes nothing and says why', async () => {
    const world = page();
    world.policy = { ...POLICY, mode: 'observe' };
    const { text } = await get(world, await pathOf(world));
    expect(text).toContain('observe mode');
    expect(text).toContain('Our proposal');
    expect(text).not.toContain('name="facts"');
  });

  it('does not let a restore link decide', async () => {
    const world = page();
    const { text } = await get(world, await pathOf(world, { purpose: 'restore' }));
    expect(text).toContain('this link can only reactivate keys');
    expect(text).not.toContain('name="facts"');
  });

  it('about one active key asks whether the other may go, and nothing about keys in use', async () => {
    const world = page(
      inGrace({}, { decision: null, asking: 3, askedAgain: { code: 'in-use', keyId: OLDER } }),
    );
    const { text } = await get(world, await pathOf(world));
    expect(text).toContain(
      'Solekey deactivated …3QXK. Decide whether to leave it inactive and keep …MPLE, or to reactivate it.',
    );
    expect(text).toContain('Why you are asked again: …3QXK was used after it was deactivated.');
    expect(text).toContain('Immediately: nothing. …3QXK stays inactive.');
    expect(text).not.toMatch(/name="inUse"|has changed nothing/);
    const check = { step: 'check', keep: NEWER, facts: world.facts() };
    const checked = await post(world, await pathOf(world), check);
    expect(checked.text).toContain('You are about to leave …3QXK inactive. You keep …MPLE: used today');
    expect(checked.text).toContain('Leave …3QXK inactive</button>');
    expect(checked.text).not.toMatch(/name="inUse"/);
  });

  it('tells a second approver who decided, and until when it can be undone', async () => {
    const world = page(inGrace());
    const { text } = await get(world, await pathOf(world));
    expect(text).toContain('Platform lead decided on 23 Nov 2026, 15:10 UTC: keep …MPLE, deactivate …3QXK.');
    expect(text).toContain(
      'You can reactivate it until 30 Nov 2026, 15:10 UTC (in 7 days). Then it is deleted permanently',
    );
    world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    const paused = await get(world, await pathOf(world));
    expect(paused.text).toContain('not deleted while Solekey is paused');
    expect(paused.text).not.toContain('30 Nov 2026');
  });

  it('names the cause where no key is active, and promises no deletion', async () => {
    const world = page(
      inGrace(
        {},
        {
          decision: null,
          asking: 3,
          phase: 'held',
          heldFor: 'no-active-key',
          keys: [older('Inactive')],
          askedAgain: { code: 'kept-key-gone', keyId: NEWER },
        },
      ),
    );
    const { text } = await get(world, await pathOf(world));
    expect(text).toContain('…MPLE, which was to be kept, is no longer active.');
    expect(text).toContain('Nothing is deleted until someone decides.');
    expect(text).toContain('If it is then the only active key, nothing is left to decide.');
    expect(text).not.toContain('until the deletion');
  });

  it('asks about keys in use only on the page to check, and only if one is deactivated', async () => {
    const world = page();
    const path = await pathOf(world);
    expect((await get(world, path)).text).not.toContain('name="inUse"');
    const check = (keep: string) => post(world, path, { step: 'check', keep, facts: world.facts() });
    expect((await check(OLDER)).text).toContain('name="inUse"');
    expect((await check(NEWER)).text).not.toContain('name="inUse"');
  });
});

describe('a link that opens nothing', () => {
  it.each<[number, string, Partial<NewCaseClaim>]>([
    [410, 'expired', { expires: plus(NOW, -1) }],
    [403, 'of nobody', { recipient: 'nobody' }],
    [403, 'to a former address', { address: addressMark('old@example.com') }],
  ])('is answered with %d when %s, without detail', async (status, _name, claim) => {
    const world = page();
    const path = await pathOf(world, claim);
    const answers = [await get(world, path), await post(world, path, { off: 'zzzz', facts: world.facts() })];
    for (const answer of answers) {
      expect(answer.status).toBe(status);
      expect(answer.text).not.toMatch(/ci-deploy|123456789012|MPLE/);
      expect(answer.text).toMatch(/nothing was changed/i);
      expect(answer.text).toContain('aws iam list-access-keys --user-name &lt;name&gt;');
    }
    expect(answers[1]?.text).toContain(
      'Your answer was: no key to keep, deactivate “zzzz”. It was not recorded.',
    );
    expect(world.store.writes).toBe(0);
  });

  it.each([
    ['the root', '/'],
    ['no token', '/c/'],
    ['a token of nobody', '/c/v1.abc.def'],
    ['another letter', '/x/v1.abc.def'],
    ['more after the token', '/c/v1.abc.def/more'],
    ['a control character', '/c/%00'],
    ['a very long token', `/c/v1.${'a'.repeat(5000)}.b`],
    ['an icon', '/favicon.ico'],
  ])('is answered with 404: %s', async (_name, path) => {
    const world = page();
    expect((await get(world, path)).status).toBe(404);
    expect((await post(world, path, good(world))).status).toBe(404);
  });

  it('is one on the path of the other purpose', async () => {
    const world = page();
    expect((await get(world, linkPath('restore', await world.link()))).status).toBe(404);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is not possible', async (method) => {
    const world = page();
    const { status, headers } = await get(world, await pathOf(world), { method });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect((await get(world, '/nowhere', { method })).status).toBe(404);
  });
});

describe('deciding', () => {
  it('leads back to the same page, which says so, and twice is once', async () => {
    const world = page();
    const path = await pathOf(world);
    for (const _time of [1, 2]) {
      const { status, text } = await post(world, path, good(world));
      expect(status).toBe(303);
      expect(text).toContain('You decided on');
      expect(text).toContain('…3QXK is being deactivated');
      expect(text).toContain('you are asked again');
      expect(text).not.toContain('name="facts"');
    }
    expect(world.store.writes).toBe(1);
    expect(await get(world, path)).toMatchObject({
      status: 200,
      text: expect.stringContaining('You decided on'),
    });
  });

  it('says so when the work could not be started', async () => {
    const world = page();
    world.wakes.broken = true;
    const { status, text } = await post(world, await pathOf(world), good(world));
    expect(status).toBe(200);
    expect(text).toContain('could not be started immediately');
  });

  it('waits while paused, and says so', async () => {
    const world = page();
    world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    const { text } = await post(world, await pathOf(world), good(world));
    expect(text).toContain('as soon as Solekey is no longer paused');
  });

  it('brings a key back', async () => {
    const world = page(inGrace());
    const fields = { back: '3QXK', facts: world.facts() };
    const { status, text } = await post(world, await pathOf(world, { purpose: 'restore' }), fields);
    expect(status).toBe(303);
    expect(text).toContain('…3QXK is being reactivated');
  });

  it('tells a late second click how things are now', async () => {
    const world = page();
    const path = await pathOf(world);
    const fields = good(world);
    await post(world, path, fields);
    world.store.current = aCase({ asking: 3, askedAgain: { code: 'decision-expired' } });
    const { status, text } = await post(world, path, fields);
    expect(status).toBe(200);
    expect(text).toContain('You have answered this already');
    expect(text).toContain('Which key do you keep?');
  });
});

describe('refusing', () => {
  const typed = 'MPLE <b>';

  it.each<[number, string, Record<string, string>, string]>([
    [422, 'no key is chosen', { off: typed }, 'Choose the key to keep.'],
    [422, 'the text cannot be read', { keep: NEWER, off: typed }, 'is not readable'],
    [422, 'the key is in use', { keep: OLDER, off: 'mple' }, 'Tick the box'],
    [422, 'the wrong key is typed', { keep: NEWER, off: 'r7wz' }, 'not exactly the keys'],
    [422, 'the key that stays is typed', { keep: NEWER, off: 'mple' }, 'the key that you chose to keep'],
  ])('with %d when %s, keeping what was typed', async (status, _name, fields, says) => {
    const world = page();
    const answer = await post(world, await pathOf(world), { ...fields, facts: world.facts() });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(says);
    expect(answer.text).toContain('role="alert"');
    expect(answer.text).toContain('<title>Not recorded: ');
    expect(answer.text).toContain('Nothing was changed');
    if (fields.keep !== undefined) {
      expect(answer.text).toContain(`value="${fields.off?.replace('<b>', '&lt;b&gt;')}"`);
      expect(answer.text).toContain(`name="keep" value="${fields.keep}"`);
    }
    expect(world.store.writes).toBe(0);
  });

  it('with 409 when the keys changed, saying how', async () => {
    const world = page();
    const fields = { ...good(world), inUse: 'yes' };
    world.store.current = aCase({
      keys: [newer(), older(), key(THIRD)],
      former: [{ digest: world.facts(), keys: shown(aCase().keys), until: NOW }],
    });
    const { status, text } = await post(world, await pathOf(world), fields);
    expect(status).toBe(409);
    expect(text).toContain('…R7WZ is new and active.');
    expect(text).toContain('Your answer was: keep …MPLE, deactivate “3qxk”');
    expect(text).toMatch(new RegExp(`value="${NEWER}" required\\s+checked`));
    expect(text).toContain('Nothing was changed');
    expect(text).toContain(world.facts());
    expect(text).not.toMatch(/value="yes" checked/);
  });

  it('with 409 when somebody else was first, showing theirs', async () => {
    const world = page();
    await post(world, await pathOf(world, PLATFORM), good(world));
    const { status, text } = await post(world, await pathOf(world), good(world));
    expect(status).toBe(409);
    expect(text).toContain('Platform lead decided on');
    expect(text).toContain('Your answer was: keep …MPLE, deactivate “3qxk”');
  });

  it.each<[number, string, Case, Partial<NewCaseClaim>, boolean]>([
    [409, 'the deletion has begun', inGrace({ deleting: NOW }), {}, true],
    [409, 'there is nothing to decide', inGrace(), {}, false],
    [403, 'the link is for restoring', aCase(), { purpose: 'restore' }, false],
  ])('with %d when %s', async (status, _name, current, claim, restore) => {
    const world = page(current);
    const fields = restore ? { back: '3QXK', facts: world.facts() } : good(world);
    const answer = await post(world, await pathOf(world, claim), fields);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain('Nothing was changed');
    expect(world.store.writes).toBe(0);
  });

  it('with 409 when it is settled, saying whom it was about and giving back what was put in', async () => {
    const world = page();
    const fields = good(world);
    world.store.current = aCase({
      phase: 'closed',
      closedAs: 'remediated',
      keys: [newer()],
      progress: { [OLDER]: { deactivated: NOW, deleted: NOW } },
    });
    const { status, text } = await post(world, await pathOf(world), fields);
    expect(status).toBe(409);
    expect(text).toContain('It was about the IAM user ci-deploy in prod-payments (123456789012).');
    expect(text).toContain('…3QXK has been deleted.');
    expect(text).toContain('…MPLE is active.');
    expect(text).toContain('Your answer was: keep …MPLE, deactivate “3qxk”. It was not recorded.');
    expect(text).toContain('aws iam list-access-keys --user-name ci-deploy');
  });

  it.each([
    [inGrace({ deleting: NOW }), { back: '3QXK' }, 'reactivate “3QXK”'],
    [aCase(), { remove: 'delete 3QXK' }, '“delete 3QXK”'],
    [aCase(), { remove: ' ' }, 'nothing'],
  ])('gives back what was put in as it was meant', async (current, fields, says) => {
    const world = page(current);
    const { text } = await post(world, await pathOf(world), { ...fields, facts: world.facts() });
    expect(text).toContain(`Your answer was: ${says}. It was not recorded.`);
  });

  it('leads from each mistake to its field', async () => {
    const world = page();
    const path = await pathOf(world);
    const wrong = await post(world, path, { off: '', facts: world.facts() });
    expect(wrong.text).toContain('<a href="#keep">Choose the key to keep.</a>');
    expect(wrong.text).toContain(' id="keep"');
    const grounds = { reason: '', comment: 'x'.repeat(501) };
    const used = await post(world, path, { keep: OLDER, off: '', ...grounds, facts: world.facts() });
    for (const field of ['off', 'inUse', 'reason', 'comment']) {
      expect(used.text).toContain(` id="${field}"`);
      expect(used.text).toContain(`<a href="#${field}">`);
    }
    expect(used.text).toContain('The text is 1 character too long. At most 500 are kept.');
    expect(used.text).toContain(`>${'x'.repeat(501)}</textarea>`);
  });

  it('takes a whole key id for its last four characters', async () => {
    const world = page();
    expect((await post(world, await pathOf(world), { ...good(world), off: OLDER })).status).toBe(303);
  });

  it('says each thing once when the question has moved on', async () => {
    const world = page();
    const fields = good(world);
    world.store.current = aCase({
      keys: [newer(), older(), key(THIRD)],
      askedAgain: { code: 'keys-changed' },
      former: [{ digest: world.facts(), keys: shown(aCase().keys), until: NOW }],
    });
    const { text } = await post(world, await pathOf(world), fields);
    expect(text).toContain('…R7WZ is new and active.');
    expect(text).not.toContain('The keys of this user have changed');
    world.store.current = aCase({ asking: 3, askedAgain: { code: 'decision-expired' } });
    const again = await post(world, await pathOf(world), fields);
    expect(again.text.split('could not be carried out within 7 days')).toHaveLength(2);
  });

  it('with 409 in observe mode', async () => {
    const world = page();
    world.policy = { ...POLICY, mode: 'observe' };
    expect((await post(world, await pathOf(world), good(world))).status).toBe(409);
    expect(world.store.writes).toBe(0);
  });

  const big = `off=${'A'.repeat(8189)}`;
  it.each<[number, string, string, Record<string, string>]>([
    [415, 'JSON', '{}', { 'content-type': 'application/json' }],
    [415, 'broken multipart', '--x\r\nnothing', { 'content-type': 'multipart/form-data; boundary=y' }],
    [415, 'multipart without a boundary', 'x', { 'content-type': 'multipart/form-data' }],
    [415, 'a compressed form', 'x', { ...FORM, 'content-encoding': 'gzip' }],
    [413, 'one byte too many', `${big}`, FORM],
    [413, 'too many bytes under a small claim', big, { ...FORM, 'content-length': '5' }],
    [413, 'few characters of many bytes', 'ü'.repeat(4097), FORM],
    [400, 'as many bytes as may be', big.slice(1), FORM],
    [400, 'repeated fields', `off=3QXK&off=3QXK&facts=${'a'.repeat(64)}`, FORM],
    [400, 'unknown fields', `off=3QXK&facts=${'a'.repeat(64)}&x=1`, FORM],
    [400, 'nothing', '', FORM],
  ])('with %d for %s', async (status, _name, body, headers) => {
    const world = page();
    const answer = await get(world, await pathOf(world), { method: 'POST', body, headers });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain('Nothing was changed');
    expect([world.store.writes, world.links.verified]).toEqual([0, 0]);
  });

  it('with 415 for a body without a type', async () => {
    const world = page();
    const body = new Blob(['off=1']);
    expect((await get(world, await pathOf(world), { method: 'POST', body })).status).toBe(415);
  });

  it('with 500 and no detail when something of ours fails', async () => {
    const world = page();
    world.ports.store.case = async () => {
      throw new Error('secret detail');
    };
    const path = await pathOf(world);
    const { status, text, headers } = await get(world, path);
    expect(status).toBe(500);
    expect(text).not.toContain('secret');
    expect(headers.get('cache-control')).toBe('no-store');
    const log = world.log.lines.join('\n');
    expect(log).toContain('request failed');
    expect(log).not.toContain('secret');
    expect(log).not.toContain(path.slice(10, 40));
  });
});

/** How many names of other elements a page has; each of them must be on it, and no id twice. */
function described(text: string): number {
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  const named = [...text.matchAll(/(?:aria-describedby|for)="([^"]+)"/g)].flatMap(
    (m) => m[1]?.split(' ') ?? [],
  );
  for (const id of named) {
    expect(ids).toContain(id);
  }
  return named.length;
}

describe('every answer', () => {
  it.each([
    ['a page', 'GET', true],
    ['HEAD', 'HEAD', true],
    ['a refused form', 'POST', true],
    ['another method', 'PUT', true],
    ['no page', 'GET', false],
  ])('is private and inert: %s', async (_name, method, ours) => {
    const world = page();
    const { headers } = await get(world, ours ? await pathOf(world) : '/nowhere', { method });
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': expect.stringContaining('noindex'),
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': expect.stringContaining('max-age='),
      'content-type': expect.stringMatching(/^text\/html; charset=utf-8$/i),
    });
  });

  it('lets in the style it carries and nothing else', async () => {
    const world = page();
    const { text, headers } = await get(world, await pathOf(world));
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    );
    expect(text).not.toContain('style=');
  });

  it('is a sound document for people who do not see it', async () => {
    const world = page();
    const fields = { keep: OLDER, off: '', reason: '', comment: '', facts: world.facts() };
    const path = await pathOf(world);
    expect(described((await post(world, path, fields)).text)).toBeGreaterThan(6);
    const { text } = await post(world, path, { step: 'check', facts: world.facts() });
    expect(described(text)).toBe(1);
    expect(text).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(text).toContain('name="viewport"');
    expect(text.match(/<th scope="col" role="columnheader">/g)).toHaveLength(5);
    expect(text.match(/<th scope="row" role="rowheader">/g)).toHaveLength(2);
    // A phone shows each row as a block, where the heads of columns are out of sight.
    expect(text.match(/<td role="cell" data-label="[A-Z][a-z ?]+">/g)).toHaveLength(8);
    expect(text).toContain('<legend>Which key do you keep?</legend>');
  });
});
