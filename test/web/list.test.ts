import { describe, expect, it } from 'vitest';
import type { ListedCase } from '../../functions/app/list-ports.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { factsDigest, factsOf } from '../../functions/core/case/facts.ts';
import { addressMark, type NewListClaim } from '../../functions/core/case/requests.ts';
import { paused } from '../../functions/core/model/control.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../functions/core/model/time.ts';
import { buildApp } from '../../functions/web/app.ts';
import { administrator, anAbout } from '../fakes/about.ts';
import { askPath, type Fields } from '../fakes/browse.ts';
import {
  ACCOUNT,
  aCase,
  aDecision,
  IDLE,
  inGrace,
  key,
  NEWER,
  NOW,
  notNow,
  OLDER,
  POLICY,
  USER_ID,
  used,
} from '../fakes/cases.ts';
import { unreached } from '../fakes/health.ts';
import { type Page, page } from '../fakes/page.ts';

const KEPT = key(NEWER, 'Active', { created: plus(NOW, -60 * DAY), lastUsed: used(plus(NOW, -2 * HOUR)) });
const HARMLESS = aCase({ keys: [KEPT, IDLE] });
const ROW = `${USER_ID}-3`;

/** A world with one case of an ordinary user, and perhaps others. */
function listing(current: Case | null = HARMLESS, more: ListedCase[] = []): Page {
  const world = page(current);
  world.store.about = anAbout();
  world.list.more = more;
  return world;
}

const other = (n: number, made: Partial<Case> = {}): ListedCase => ({
  current: aCase({
    userId: `AIDA${String(n).padStart(12, '0')}`,
    userName: `user-${n}`,
    opened: plus(NOW, n * MINUTE),
    ...made,
  }),
  usage: null,
  about: anAbout(),
});

async function ask(world: Page, path: string, fields?: Fields, policy = world.policy) {
  const answer = await askPath(world, path, fields, policy);
  const text = answer.text.replace(/\s+/g, ' ').replaceAll('&#39;', "'");
  return { status: answer.status, text, allow: answer.headers.get('allow') };
}

async function at(world: Page, row = '', claim: Partial<NewListClaim> = {}): Promise<string> {
  return `/l/${await world.listLink(claim)}${row === '' ? '' : `/${row}`}`;
}

const KEEP = (current = HARMLESS) => ({
  keep: NEWER,
  off: '3QXK',
  facts: factsDigest(factsOf(current), POLICY),
});

describe('the page of the list', () => {
  it('begins with how many cases want what, and has a card for each, most urgent first', async () => {
    const world = listing(HARMLESS, [
      other(1, { phase: 'held', heldFor: 'no-active-key', keys: [] }),
      { ...other(2, { keys: [KEPT, IDLE] }), about: anAbout({ privilege: administrator('X') }) },
      other(4, { toldAt: plus(NOW, -44 * DAY) }),
      { ...other(3), current: { ...inGrace(), userName: 'user-3', userId: 'AIDA3' } },
    ]);
    const { status, text } = await ask(world, await at(world));
    expect(status).toBe(200);
    expect(text).toContain('<h1>5 open cases</h1> <p>1 on hold, 3 to decide, 1 in progress.</p>');
    const names = [...text.matchAll(/<h2><a href="[^"]*">([\w-]+)<\/a>/g)].map(([, name]) => name);
    expect(names).toEqual(['user-1', 'ci-deploy', 'user-2', 'user-4', 'user-3']);
    expect(text).toContain('You are Security lead');
    expect(text).toContain('2 active access keys since 23 Nov 2026 (2 hours ago)');
    expect(text).toContain('Proposal: keep …MPLE, deactivate …3QXK. Confidence: high.');
    expect(text).toContain('so the rotation looks complete.');
    expect(text).toContain('On hold: no key was active any more');
    expect(text).toContain('…3QXK is inactive and can be reactivated until 30 Nov 2026');
    // Only the harmless one of an ordinary user is decided here.
    expect(text.match(/>Decide: keep …MPLE, deactivate …3QXK</g)).toHaveLength(1);
    expect(text).toContain('Decision needed · administrator');
    expect(text).toContain('Decision needed · overdue since 9 Nov 2026');
    expect(text).not.toContain('name="step"');
    expect(world.list.reads).toBe(1);
  });

  it('says that nothing is open where a digest only has to tell of an end', async () => {
    const owed = [{ kind: 'closed', recipient: 'sec-lead', since: NOW, pooled: 'new' }] as const;
    const world = listing(null, [other(1, { phase: 'closed', closedAs: 'by-owner', owed })]);
    const { text } = await ask(world, await at(world));
    expect(text).toContain('<h1>No open cases</h1>');
    expect(text).not.toMatch(/in progress|user-1/);
  });

  it('leads to the page of each case, and on to the next 15', async () => {
    const world = listing(
      HARMLESS,
      Array.from({ length: 29 }, (_, n) => other(n + 1)),
    );
    const path = await at(world);
    const first = await ask(world, path);
    expect(first.text).toContain(`<a href="${path.slice(3)}/${ROW}">ci-deploy</a>`);
    expect(first.text).toContain('<h1>30 open cases</h1>');
    const [, next = ''] = /<a href="(\?after=[^"]+)">Next 15/.exec(first.text) ?? [];
    const second = await ask(world, `${path}${next.replaceAll('&amp;', '&')}`);
    expect(second.text).toContain('<h1>Further open cases</h1>');
    const cards = (text: string) => text.match(/<li class="card/g)?.length;
    expect([cards(first.text), cards(second.text)]).toEqual([15, 15]);
    expect(second.text).not.toContain('Next 15');
    // A place that is none is the beginning.
    expect((await ask(world, `${path}?after=nonsense`)).text).toContain('<h1>30 open cases</h1>');
  });

  it('says what a rotation, an excluded user and an alarm are about', async () => {
    const created = { [OLDER]: { createdBy: 'user/mallory', at: NOW } };
    const world = listing(aCase({ phase: 'rotating', rotationFrom: plus(NOW, -DAY) }), [
      other(1, { phase: 'excluded', excluded: true, keys: [] }),
      other(2, { origins: { [NEWER]: { createdBy: 'user/mallory', at: NOW } } }),
      other(3, { origins: created, keys: [KEPT, IDLE] }),
    ]);
    const { text } = await ask(world, await at(world), undefined, { ...POLICY, trustedCreators: [] });
    expect(text).toContain('Proposal: wait until 29 Nov 2026');
    expect(text).toContain('This user is excluded, so Solekey never changes its keys.');
    expect(text).toContain('No proposal yet: first ask user/mallory whether …MPLE was created on purpose.');
    expect(text).toContain('…3QXK was created by user/mallory');
    expect(text.match(/<li class="card bad/g)).toHaveLength(2);
    expect(text).not.toContain('>Decide');
  });

  it('says of a decided case that waits for the hourly limit until when, on its page, too', async () => {
    const heldUp = { since: plus(NOW, -HOUR), seconds: 0 };
    const decision = aDecision({ carriedOutAt: null, heldUp });
    const world = listing(aCase({ phase: 'approved', decision }));
    const limit = 'waits until 17:00 UTC or later for the hourly limit';
    expect((await ask(world, await at(world))).text).toContain(`Decided; ${limit}.`);
    const { text } = await ask(world, await at(world, ROW));
    expect(text).toContain(`The deactivation of …3QXK ${limit}: at most 1000 keys are changed an hour`);
    expect(text).toContain('waits to be deactivated');
    expect(text).not.toContain('usually within a minute');
    world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    expect((await ask(world, await at(world))).text).toContain('Decided; being carried out.');
  });

  it('shows a case that this release cannot read as that', async () => {
    const unread = { why: 'newer', reason: 'heldFor is "quarantined"', account: ACCOUNT } as const;
    const world = listing(null, [
      {
        current: { ...unread, userId: 'AIDAX', userName: 'from-the-future', number: 1, keys: [] },
        usage: null,
        about: null,
      },
      {
        current: { ...unread, why: 'broken', userId: 'AIDAY', userName: null, number: 1, keys: [] },
        usage: null,
        about: null,
      },
    ]);
    const { text } = await ask(world, await at(world));
    expect(text).toContain('A newer release of Solekey wrote this case.');
    expect(text).toContain('<h2>AIDAY</h2>');
  });

  it('may be empty, and says if Solekey is paused and who gets no mail', async () => {
    const world = listing(null);
    world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    world.store.subscriptions = unreached('platform@example.com');
    const { text } = await ask(world, await at(world));
    expect(text).toContain('<h1>No open cases</h1>');
    expect(text).toContain('Solekey is paused');
    world.store.control = paused(UNRESTRICTED, NOW, 'IAM refused to change keys of 5 users within an hour');
    expect((await ask(world, await at(world))).text).toContain('IAM refused to change keys of 5 users');
    world.store.control = UNRESTRICTED;
    expect((await ask(world, await at(world))).text).not.toContain('paused');
    expect(text).toContain('<p>Platform lead has been getting no mail since 20 Nov.</p>');
    world.store.subscriptions = unreached();
    expect((await ask(world, await at(world))).text).not.toContain('gets no mail');
  });

  it('lists no case of another account', async () => {
    const world = listing(null, [other(1, { account: '210987654321' })]);
    expect((await ask(world, await at(world))).text).not.toContain('user-1');
  });

  it('in observe mode, or through a list-view link, says that nothing can be decided', async () => {
    const world = listing();
    const observing = { ...POLICY, mode: 'observe' as const };
    const observed = await ask(world, await at(world, '', { purpose: 'list-view' }), undefined, observing);
    expect(observed.text).toContain('Nothing can be decided here.');
    const enforced = await ask(world, await at(world, '', { purpose: 'list-view' }));
    expect(enforced.text).toContain('This link only shows the list.');
    expect(enforced.text).not.toContain('>Decide');
    expect(enforced.text).not.toMatch(/under your name|You are |is personal|[Dd]o not share/);
    expect(enforced.text).toContain(
      'You may hand it on within your team; anyone who has it sees all of them.',
    );
    expect((await ask(world, await at(world))).text).toContain('Do not share it.');
  });

  it('is read with GET and HEAD, takes no form of a single case, and changes nothing', async () => {
    const world = listing();
    const posted = await ask(world, await at(world), KEEP());
    expect(posted.status).toBe(400);
    const head = await buildApp(world.ports).request(await at(world), { method: 'HEAD' });
    expect([head.status, await head.text(), world.store.writes, world.wakes.sent]).toEqual([200, '', 0, []]);
  });
});

describe('the filter of the list', () => {
  const filtered = () => {
    const world = listing(HARMLESS, [
      { ...other(1, { keys: [KEPT, IDLE] }), about: anAbout({ privilege: administrator('X') }) },
      { ...other(2), about: null },
      other(3, { opened: plus(NOW, -31 * DAY) }),
      other(4, { phase: 'exception', decision: notNow() }),
      other(5, { phase: 'held', heldFor: 'no-active-key', keys: [], opened: plus(NOW, -8 * DAY) }),
    ]);
    const unread = { why: 'newer', reason: 'phase is "later"', account: ACCOUNT } as const;
    world.list.more.push({
      current: { ...unread, userId: 'AIDAX', userName: 'unread', number: 1, keys: [] },
      usage: null,
      about: null,
    });
    return world;
  };
  const ALL = ['user-5', 'user-3', 'ci-deploy', 'user-1', 'user-2', 'user-4'];

  it.each<[string, readonly string[]]>([
    ['confidence=high', ['ci-deploy', 'user-1']],
    ['confidence=medium', ['user-3', 'user-2', 'user-4']],
    ['confidence=low', []],
    ['confidence=none', ['user-5']],
    ['privilege=ordinary', ['user-5', 'user-3', 'ci-deploy', 'user-4']],
    ['privilege=privileged', ['user-1']],
    ['privilege=unknown', ['user-2']],
    ['age=7', ['user-5', 'user-3']],
    ['age=30', ['user-3']],
    ['age=90', []],
    ['exception=yes', ['user-4']],
    ['exception=no', ALL.slice(0, 5)],
    [`account=${ACCOUNT}`, ALL],
    ['account=210987654321', []],
    ['confidence=high&privilege=ordinary', ['ci-deploy']],
  ])('%s shows these rows', async (query, names) => {
    const world = filtered();
    const { status, text } = await ask(world, `${await at(world)}?${query}`);
    const shown = [...text.matchAll(/<h2><a href="[^"]*">([\w-]+)<\/a>/g)].map(([, name]) => name);
    expect([status, shown]).toEqual([200, names]);
    expect(text).toContain('The filter below leaves out other cases.');
    expect(text).toContain('<details open>');
    expect(text).toContain('7 open cases');
    expect(text).not.toContain('unread');
  });

  it.each(['confidence=very', 'age=8', 'account=x', 'other=1', 'confidence=', 'exception=maybe'])(
    '%s filters nothing',
    async (query) => {
      const world = filtered();
      const { text } = await ask(world, `${await at(world)}?${query}`);
      expect(text.match(/<li class="card/g)).toHaveLength(7);
      expect(text).not.toContain('The filter below');
    },
  );

  it('stays on the next page, is shown as chosen, and can be left', async () => {
    const world = listing(
      HARMLESS,
      Array.from({ length: 29 }, (_, n) => other(n + 1)),
    );
    const path = await at(world);
    const first = await ask(world, `${path}?confidence=medium`);
    expect(first.text).toContain('<option value="medium" selected>');
    expect(first.text).toContain('<a href="?">Show all</a>');
    const [, next = ''] = /<a href="(\?confidence=medium&amp;after=[^"]+)">Next 15/.exec(first.text) ?? [];
    const second = await ask(world, `${path}${next.replaceAll('&amp;', '&')}`);
    expect(second.text.match(/<li class="card/g)).toHaveLength(14);
    expect(second.text).toContain('<option value="medium" selected>');
  });

  it('changes nothing about what a row may do', async () => {
    const world = filtered();
    const settled = { [NEWER]: { createdBy: 'user/ci-deploy', at: NOW } };
    world.store.current = aCase({ keys: [KEPT, IDLE], origins: settled });
    const { text } = await ask(world, `${await at(world)}?confidence=high`);
    expect(text.match(/type="checkbox"/g)).toHaveLength(1);
    expect(text).toContain('Decide about ci-deploy as proposed');
  });
});

describe('the page of a case under a list link', () => {
  it('is the page of the case, with a way back, and offers the proposal of a harmless one alone', async () => {
    const world = listing();
    const path = await at(world, ROW);
    const { status, text } = await ask(world, path);
    expect(status).toBe(200);
    expect(text).toContain('ci-deploy has 2 active access keys');
    expect(text).toContain(`<a href="../${path.split('/')[2]}">All open cases</a>`);
    expect(text.match(/type="radio"/g)).toHaveLength(1);
    expect(text).toContain(`value="${NEWER}"`);
    expect(text).not.toMatch(/\bchecked(?!\))/);
  });

  it('records the decision about a harmless case, once', async () => {
    const world = listing();
    const path = await at(world, ROW);
    const { status, text } = await ask(world, path, KEEP());
    expect(status).toBe(303);
    expect(text).toContain('You decided on 23 Nov 2026, 16:10 UTC: keep …MPLE, deactivate …3QXK.');
    expect([...world.store.requests.values()]).toMatchObject([
      { at: NOW, ask: { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] } },
    ]);
    expect(world.wakes.sent).toEqual([{ kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 }]);
    const again = await ask(world, path, KEEP());
    expect(again.text).toContain('You decided on');
    expect([again.status, world.store.writes]).toEqual([303, 1]);
  });

  it('says what is wrong with an answer, and takes no other key', async () => {
    const world = listing();
    const path = await at(world, ROW);
    const wrong = await ask(world, path, { ...KEEP(), off: 'XXXX' });
    expect(wrong.status).toBe(422);
    const otherKey = await ask(world, path, {
      ...KEEP(),
      keep: OLDER,
      off: 'MPLE',
      inUse: 'yes',
      shownInUse: NEWER,
    });
    expect(otherKey.status).toBe(403);
    expect(otherKey.text).toContain('This cannot be decided with the link to the list');
    const acknowledged = await ask(world, path, { ...KEEP(), inUse: 'yes', shownInUse: OLDER });
    expect([acknowledged.status, world.store.writes]).toEqual([403, 0]);
    // That reason needs no acknowledgement of a use (S6), so no list link may give it, and its page does not offer it.
    const grounds = { reason: 'compromised', comment: '' };
    const compromised = await ask(world, path, { ...KEEP(), ...grounds });
    expect([compromised.status, world.store.writes]).toEqual([403, 0]);
    const { text } = await ask(world, path, { step: 'check', keep: NEWER, facts: KEEP().facts });
    expect(text).toContain('<option value="unused">');
    expect(text).not.toMatch(/compromised/i);
    // Nor may a list link deactivate all keys, or see the page to check that.
    const { facts } = KEEP();
    const all = { none: 'none', off: 'MPLE 3QXK', reason: 'unused', comment: '', facts };
    for (const form of [{ step: 'check', keep: 'none', facts }, all]) {
      expect([(await ask(world, path, form)).status, world.store.writes]).toEqual([403, 0]);
    }
  });

  it.each<[string, Case, Record<string, string>]>([
    [
      'decision where both keys are in use',
      aCase({ keys: [KEPT, { ...IDLE, lastUsed: KEPT.lastUsed }] }),
      KEEP(aCase()),
    ],
    ['decision about a new case', aCase(), KEEP(aCase())],
    [
      'confirmation',
      inGrace({}, { phase: 'awaiting-confirmation' }),
      { remove: 'delete 3QXK', facts: factsDigest(factsOf(inGrace()), POLICY) },
    ],
  ])('takes no %s, and has no form for it', async (_what, current, fields) => {
    const world = listing(current);
    const policy = { ...POLICY, deletion: 'on-confirmation' as const };
    const path = await at(world, ROW);
    const shown = await ask(world, path, undefined, policy);
    expect(shown.status).toBe(200);
    expect(shown.text).not.toMatch(/name="(keep|remove)"/);
    expect(shown.text).toContain(
      fields.keep === undefined ? 'confirms no deletion' : 'decides only what is clear',
    );
    const facts = factsDigest(factsOf(current), policy);
    const { status, text } = await ask(world, path, { ...fields, facts }, policy);
    expect([status, world.store.writes]).toEqual([403, 0]);
    expect(text).toContain('It was not recorded. Nothing was changed.');
  });

  it.each(['observe', 'enforce'] as const)(
    'a list-view link decides nothing in the mode %s',
    async (mode) => {
      const world = listing();
      const policy = { ...POLICY, mode };
      const path = await at(world, ROW, { purpose: 'list-view' });
      const { text } = await ask(world, path, undefined, policy);
      expect(text).not.toContain('<form');
      const { status } = await ask(
        world,
        path,
        { ...KEEP(), facts: factsDigest(factsOf(HARMLESS), policy) },
        policy,
      );
      expect([status, world.store.writes]).toEqual([409, 0]);
    },
  );

  it.each([
    ['a case that was replaced', `${USER_ID}-2`],
    ['a case that does not exist yet', `${USER_ID}-4`],
    ['a user without a case', 'AIDANOBODY-1'],
  ])('of %s says that it is closed', async (_what, row) => {
    const world = listing();
    const { status, text } = await ask(world, await at(world, row));
    expect([status, text.includes('This case is closed')]).toEqual([200, true]);
    expect(text).toContain('All open cases');
    const posted = await ask(world, await at(world, row), KEEP());
    expect([posted.status, world.store.writes]).toEqual([409, 0]);
  });
});

describe('a list link is refused like any other', () => {
  const rows = ['', ROW];

  it.each<[number, string, Partial<NewListClaim>, readonly string[]]>([
    [410, 'it has expired', { expires: plus(NOW, -MINUTE) }, []],
    [403, 'its approver is revoked', {}, ['sec-lead']],
    [403, 'its approver was removed', { recipient: 'gone' }, []],
    [403, 'its approver has another address', { address: addressMark('old@example.com') }, []],
  ])('with %d, if %s', async (status, _what, claim, revoked) => {
    const world = listing();
    world.store.control = { pauses: [], revoked };
    for (const row of rows) {
      const { status: got, text } = await ask(world, await at(world, row, claim));
      expect(got).toBe(status);
      expect(text).not.toContain('ci-deploy');
      // Of an expired list neither a mail about one user has a new link, nor can one be asked for.
      expect(text.includes('use the link in your latest digest')).toBe(status === 410);
      expect(text).not.toMatch(/about this user|<form/);
    }
    expect((await ask(world, await at(world, ROW, claim), KEEP())).status).toBe(status);
    expect(world.store.writes).toBe(0);
  });

  it('with 404, on the path of another kind of link', async () => {
    const world = listing();
    const list = await world.listLink();
    for (const path of [`/c/${list}`, `/r/${list}`, `/v/${list}`]) {
      expect((await ask(world, path)).status).toBe(404);
    }
    for (const purpose of ['decide', 'restore', 'view'] as const) {
      const token = await world.link({ purpose });
      for (const path of [`/l/${token}`, `/l/${token}/${ROW}`]) {
        expect((await ask(world, path)).status).toBe(404);
      }
    }
    expect(world.list.reads).toBe(0);
  });

  it('with 404, for each of 2,000 forged ones, and nothing is read for them', async () => {
    const world = listing();
    const good = await world.listLink();
    const bytes = Buffer.from(good, 'base64url');
    const app = buildApp(world.ports);
    const statuses = new Set<number>();
    for (let n = 0; n < 2000; n += 1) {
      const forged = Buffer.from(bytes);
      // One bit anywhere but in the version, in turn; then other lengths.
      const place = 2 + (n % (bytes.length - 2));
      forged[place] = (forged[place] ?? 0) ^ (1 << (Math.floor(n / (bytes.length - 2)) % 8));
      const cut = n < 1500 ? forged : forged.subarray(0, forged.length - (n % 40) - 1);
      const path = `/l/${cut.toString('base64url')}${n % 2 === 0 ? '' : `/${ROW}`}`;
      const answer = await app.request(path);
      statuses.add(answer.status);
    }
    expect([...statuses]).toEqual([404]);
    expect(world.list.reads).toBe(0);
    expect((await ask(world, `/l/${good}`)).status).toBe(200);
  });
});
