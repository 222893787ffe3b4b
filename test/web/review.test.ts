/** Several decisions at once: a choice of rows on the list, one page to check, and a page that says what became of each. */
import { describe, expect, it } from 'vitest';
import type { ListedCase } from '../../functions/app/list-ports.ts';
import { encodePayload } from '../../functions/contracts/link.ts';
import { readRow } from '../../functions/contracts/review-form.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { addressMark, type NewListClaim } from '../../functions/core/case/requests.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { DAY, HOUR, MINUTE, plus } from '../../functions/core/model/time.ts';
import { ROWS } from '../../functions/core/page/list.ts';
import { buildApp } from '../../functions/web/app.ts';
import { administrator, anAbout } from '../fakes/about.ts';
import {
  ACCOUNT,
  aCase,
  aClaim,
  IDLE,
  KEPT,
  NEWER,
  NOW,
  OLDER,
  restoringSince,
  USER_ID,
  used,
} from '../fakes/cases.ts';
import { breakable, type Page, page } from '../fakes/page.ts';
import { family, usage } from '../fakes/usage.ts';

const ORIGINS = { [NEWER]: { createdBy: 'user/ci-deploy', at: plus(NOW, -300 * DAY) } };

/** A case that may be decided together with others. */
const clear = (more: Partial<Case> = {}) => aCase({ keys: [KEPT, IDLE], origins: ORIGINS, ...more });

const idOf = (n: number) => `AIDA${String(n).padStart(17, '0')}`;

const other = (n: number, more: Partial<Case> = {}): ListedCase => ({
  current: clear({ userId: idOf(n), userName: `user-${n}`, opened: plus(NOW, n * MINUTE), ...more }),
  usage: null,
  about: anAbout(),
});

/** A world with so many cases that may be decided together. */
function reviewing(count: number): Page {
  const world = page(clear());
  world.store.about = anAbout();
  world.list.more = Array.from({ length: count - 1 }, (_, n) => other(n + 1));
  return world;
}

interface Got {
  readonly status: number;
  readonly text: string;
  readonly html: string;
  readonly location: string | null;
}

function form(fields: readonly (readonly [string, string])[]): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of fields) {
    body.append(name, value);
  }
  return body;
}

async function send(
  world: Page,
  path: string,
  fields?: readonly (readonly [string, string])[],
): Promise<Got> {
  const app = buildApp({ ...world.ports, policy: world.policy });
  const body = fields === undefined ? {} : { method: 'POST', body: form(fields) };
  const answer = await app.request(path, body);
  const html = await answer.text();
  const text = breakable(html)
    .replace(/<style>[\s\S]*<\/style>/, '')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'");
  return { status: answer.status, text, html, location: answer.headers.get('location') };
}

const listPath = async (world: Page, claim: Partial<NewListClaim> = {}) =>
  `/l/${await world.listLink(claim)}`;

/** The values of the rows in a page. */
const rowsIn = ({ html }: Got) =>
  [...html.matchAll(/name="row" value="([^"]*)"/g)].map(([, value = '']) => value);

const rowsOf = (rows: readonly string[]) => rows.map((row) => ['row', row] as const);
const check = (rows: readonly string[]) => [['step', 'check'] as const, ...rowsOf(rows)];
const decide = (
  rows: readonly string[],
  keys = rows.length,
  more: readonly (readonly [string, string])[] = [],
) => [
  ...rowsOf(rows),
  ['reason', 'unused'] as const,
  ['comment', 'Ticket 4711'] as const,
  ['count', `deactivate ${keys} key${keys === 1 ? '' : 's'}`] as const,
  ...more,
];

/** Follows the answer to a form to its result page. */
async function result(world: Page, got: Got): Promise<Got> {
  expect(got.status).toBe(303);
  return send(world, `/l/${got.location}`);
}

/** The rows of the first page of the list. */
async function listed(world: Page, path: string): Promise<string[]> {
  return rowsIn(await send(world, path));
}

describe('the choice on the list', () => {
  it('is a box for each row that may be decided together, none ticked, and leads to the page to check', async () => {
    const world = reviewing(3);
    world.list.more.push({ ...other(9), about: anAbout({ privilege: administrator('X') }) });
    const shown = await send(world, await listPath(world));
    expect(shown.text.match(/<input type="checkbox" name="row"/g)).toHaveLength(3);
    expect(shown.text).not.toMatch(/\bchecked\b/);
    expect(shown.text).toContain('Decide about user-1 as proposed');
    expect(shown.text).toContain('<input type="hidden" name="step" value="check">');
    expect(shown.text).not.toContain('Decide about user-9');
    expect(readRow(rowsIn(shown)[0] ?? '')).toEqual({
      userId: USER_ID,
      caseNumber: 3,
      keep: NEWER,
      off: ['3QXK'],
      facts: world.facts(),
    });
  });

  it('is not there for a link that only shows, nor in observe mode', async () => {
    const world = reviewing(3);
    const path = await listPath(world, { purpose: 'list-view' });
    const shown = await send(world, path);
    expect(shown.text).not.toContain('checkbox');
    expect(shown.text).not.toContain('method="post"');
    const posted = await send(world, path, check(['x']));
    expect([posted.status, posted.text.includes('This link only shows the list')]).toEqual([409, true]);
    world.policy = { ...world.policy, mode: 'observe' };
    expect((await send(world, await listPath(world))).text).not.toContain('checkbox');
  });

  it('opens each row to its keys: creation, last use and usage, with the limits of what CloudTrail shows', async () => {
    const world = reviewing(1);
    world.policy = { ...world.policy, usage: [] };
    world.store.usage = { at: NOW, keys: [usage([family({ writes: 3 })]), usage([], { keyId: OLDER })] };
    const { text } = await send(world, await listPath(world));
    expect(text).toContain(
      '<li>…MPLE: created 27 Jan 2026 by user/ci-deploy; used today at 16:10 UTC from 203.0.113.0/24 (boto3, S3)</li>',
    );
    expect(text).toContain(
      '<li>…3QXK: created 2 Apr 2025; not used for 240 days (last: S3 in eu-west-1); in CloudTrail not seen since',
    );
    expect(text).toContain('The event history does not show data events');
    const unread = reviewing(1);
    unread.policy = { ...unread.policy, usage: [] };
    expect((await send(unread, await listPath(unread))).text).toContain(
      'in CloudTrail not looked up (not yet)',
    );
    const inactive = page(clear({ keys: [KEPT, { ...IDLE, status: 'Inactive' }] }));
    expect((await send(inactive, await listPath(inactive))).text).toContain('…3QXK: inactive, created');
    const none = page(clear({ phase: 'held', heldFor: 'no-active-key', keys: [] }));
    expect((await send(none, await listPath(none))).text).not.toContain('<summary>Keys');
  });

  it('each page is smaller than 30 kB, with 500 users that have long names, creators and usage', async () => {
    const world = reviewing(1);
    world.policy = { ...world.policy, usage: [] };
    const found = (n: number) => ({
      at: NOW,
      keys: [usage([family({ writes: n })]), usage([], { keyId: OLDER })],
    });
    const by = { createdBy: `role/${'deployment-of-keys/'.repeat(3)}`, at: NOW };
    world.list.more = Array.from({ length: 499 }, (_, n) => ({
      ...other(n + 1, {
        userName: `service-account-of-the-payments-reconciliation-worker-number-${n}`,
        origins: { [NEWER]: by, [OLDER]: by },
      }),
      usage: found(n + 1),
    }));
    const path = await listPath(world);
    let pages = 0;
    let users = 0;
    for (let at: string | null = path; at !== null; pages += 1) {
      const shown: Got = await send(world, at);
      expect(Buffer.byteLength(shown.html)).toBeLessThan(30_000);
      users += shown.html.match(/<li class="card/g)?.length ?? 0;
      const checked = await send(world, path, check(pages < 3 ? rowsIn(shown) : []));
      expect([checked.status, Buffer.byteLength(checked.html) < 30_000]).toEqual([
        pages < 3 ? 200 : 422,
        true,
      ]);
      const [, next = null] = /<a href="(\?[^"]+)">Next/.exec(shown.html) ?? [];
      at = next === null ? null : `${path}${next.replaceAll('&amp;', '&')}`;
    }
    expect([pages, users]).toEqual([Math.ceil(500 / ROWS), 500]);
  });
});

describe('the page to check', () => {
  it('names every user, every key to deactivate and what becomes of it, and stores nothing', async () => {
    const world = reviewing(2);
    const path = await listPath(world);
    const { status, text } = await send(world, path, check(await listed(world, path)));
    expect(status).toBe(200);
    expect(text).toContain('<h1>Check your decisions about 2 users</h1>');
    expect(text).toContain(
      'You are about to deactivate 2 keys of 2 users, all as proposed with a high confidence.',
    );
    expect(text).toContain('Keep …MPLE: used today at 14:10 UTC for S3 in eu-west-1.');
    expect(text).toContain('Deactivate …3QXK: not used for 240 days');
    expect(text).toContain('then deleted permanently on 30 Nov 2026');
    expect(text).toContain('type “deactivate 2 keys”');
    expect(text).toContain('<option value="unused">');
    expect(text).not.toMatch(/compromised|checked|selected/i);
    expect([world.store.writes, world.wakes.sent]).toEqual([0, []]);
  });

  it('says how long the last of more keys waits than an hour allows, and that Solekey is paused', async () => {
    const world = reviewing(5);
    world.policy = { ...world.policy, changesPerHour: 2 };
    const path = await listPath(world);
    const { text } = await send(world, path, check(await listed(world, path)));
    expect(text).toContain(
      'At most 2 keys are changed an hour, the oldest decision first. The last of these waits until 23 Nov 2026, 18:00 UTC (in 2 hours) or later.',
    );
    expect(text).toContain('is deactivated in its turn');
    world.store.control = { pauses: [{ from: NOW, to: null }], revoked: [] };
    const paused = await send(world, path, check(await listed(world, path)));
    expect(paused.text).toContain('Solekey is paused: decisions are recorded');
    expect(paused.text).toContain('is deactivated as soon as Solekey is no longer paused');
  });

  it('says when the change window opens, for all of them and at each key', async () => {
    const world = reviewing(2);
    world.policy = {
      ...world.policy,
      changeWindow: { days: ['tue'], from: { hour: 9, minute: 0 }, to: { hour: 16, minute: 0 }, zone: 'UTC' },
    };
    const path = await listPath(world);
    const rows = await listed(world, path);
    const { text } = await send(world, path, check(rows));
    const opens = 'No key is deactivated or deleted before the change window opens on Tue 24 Nov, 09:00 UTC';
    expect(text.split(opens)).toHaveLength(2);
    expect(text).toContain('is deactivated when the change window opens, on Tue 24 Nov, 09:00 UTC');
    const done = await result(world, await send(world, path, decide(rows)));
    expect(done.text.split(opens)).toHaveLength(2);
  });

  it('refuses a row of which the reader created the key that stays, also if a form has it', async () => {
    const world = reviewing(2);
    const path = await listPath(world);
    const rows = await listed(world, path);
    expect(rows).toHaveLength(2);
    world.policy = {
      ...world.policy,
      approvers: world.policy.approvers.map((one) => ({ ...one, principals: ['arn:aws:iam::*:user/*'] })),
    };
    expect(await listed(world, path)).toEqual([]);
    expect((await send(world, path, check(rows))).text).not.toContain('is deactivated');
  });

  it('says of what is not complete what is missing, keeps what was typed, and stores nothing', async () => {
    const world = reviewing(2);
    const path = await listPath(world);
    const rows = await listed(world, path);
    const wrong = [
      ...rowsOf(rows),
      ['reason', ''],
      ['comment', 'x'.repeat(501)],
      ['count', 'deactivate 3 keys'],
    ] as const;
    const { status, text } = await send(world, path, wrong);
    expect(status).toBe(422);
    expect(text).toContain('To deactivate 2 keys, type “deactivate 2 keys”.');
    expect(text).toContain('Choose a reason.');
    expect(text).toContain('The text is 1 character too long.');
    expect(text).toContain('value="deactivate 3 keys"');
    expect(text).toContain('Nothing was changed.');
    expect(rowsIn({ html: text } as Got)).toEqual(rows);
    expect([world.store.writes, world.wakes.sent]).toEqual([0, []]);
  });

  it.each([
    '',
    'deactivate',
    'deactivate keys',
    '2',
    'deactivate two keys',
    'delete 2 keys',
    'deactivate 2 keys now',
  ])('takes no other text than the number of keys: "%s"', async (text) => {
    const world = reviewing(2);
    const path = await listPath(world);
    const rows = await listed(world, path);
    const fields = [...rowsOf(rows), ['reason', 'unused'], ['comment', ''], ['count', text]] as const;
    expect([(await send(world, path, fields)).status, world.store.writes]).toEqual([422, 0]);
  });

  it('keeps the filter of the list for the way back', async () => {
    const world = reviewing(2);
    const path = await listPath(world);
    const rows = await listed(world, path);
    const { text } = await send(world, `${path}?confidence=high&privilege=nonsense`, check(rows));
    expect(text).toContain('<a href="?confidence=high">Go back</a>');
  });

  it('needs at least one row, and takes no more than one page of the list', async () => {
    const world = reviewing(2);
    const path = await listPath(world);
    const [row = ''] = await listed(world, path);
    for (const fields of [check([]), decide([], 0)]) {
      const none = await send(world, path, fields);
      expect([none.status, none.text.includes('Tick at least one user')]).toEqual([422, true]);
    }
    for (const count of [ROWS + 1, 500]) {
      const rows = Array.from({ length: count }, (_, n) => row.replace(USER_ID, idOf(n)));
      for (const fields of [check(rows), decide(rows)]) {
        const many = await send(world, path, fields);
        expect(many.status).toBe(422);
        expect(many.text).toContain(`You sent ${count}, and at most ${ROWS} can be decided at once.`);
        expect(many.text).toContain('Nothing was recorded, and nothing was changed.');
      }
    }
    expect(world.store.writes).toBe(0);
  });
});

describe('several decisions at once', () => {
  it('are stored each alone, sealed with the link, and the result page can be loaded again', async () => {
    const world = reviewing(3);
    const path = await listPath(world);
    const posted = await send(world, path, decide(await listed(world, path)));
    const shown = await result(world, posted);
    expect(shown.text).toContain('<h1>3 decisions recorded</h1>');
    expect(shown.text).toContain('3 keys of 3 users to deactivate:');
    expect(shown.text).toMatch(/user-1<\/a>: keep …MPLE, deactivate …3QXK\./);
    expect(world.store.writes).toBe(3);
    const stored = [...world.store.requests.values()];
    const ask = {
      kind: 'keep',
      keep: NEWER,
      off: [OLDER],
      acknowledged: [],
      reason: 'unused',
      commentDigest: sha256('Ticket 4711'),
    };
    for (const request of stored) {
      expect(request).toMatchObject({ at: NOW, ask });
      // Reconcile proves each answer alone, with the link through which it came.
      expect(await world.links.claimOf(request)).toMatchObject({ scope: 'list', purpose: 'list' });
    }
    expect([...world.store.comments.values()]).toEqual(['Ticket 4711', 'Ticket 4711', 'Ticket 4711']);
    expect(world.wakes.sent.map(({ userId }) => userId)).toEqual([USER_ID, idOf(1), idOf(2)]);
    // A reload, and the same form sent twice, change nothing.
    const again = await result(world, posted);
    expect([again.text, world.store.writes]).toEqual([shown.text, 3]);
    const twice = await send(
      world,
      path,
      decide(rowsIn({ html: '' } as Got).concat(await listed(world, path))),
    );
    expect([(await result(world, twice)).text, world.store.writes]).toEqual([shown.text, 3]);
  });

  it('verify the link once, and read the cases of all rows at once', async () => {
    const world = reviewing(10);
    const path = await listPath(world);
    const rows = await listed(world, path);
    world.links.verified = 0;
    await send(world, path, decide(rows));
    expect([rows.length, world.links.verified, world.store.writes]).toEqual([10, 1, 10]);
  });

  it('are read and stored through the store for many, if there is one', async () => {
    const world = reviewing(2);
    const path = await listPath(world);
    const rows = await listed(world, path);
    const never = () => {
      throw new Error('one by one');
    };
    const { store, ports } = world;
    const alone = { ...store, case: never, request: never, record: never, comment: never };
    const app = buildApp({ ...ports, policy: world.policy, store: alone, storeForMany: store });
    const { status } = await app.request(path, { method: 'POST', body: form(decide(rows)) });
    expect([status, store.writes]).toEqual([303, 2]);
  });

  it('say if their work could not be started', async () => {
    const world = reviewing(2);
    world.wakes.broken = true;
    const path = await listPath(world);
    const posted = await send(world, path, decide(await listed(world, path)));
    expect((await result(world, posted)).text).toContain('They could not be started immediately');
    expect(world.log.lines).toContain('count WakeNotSent');
  });

  it('one that cannot be stored does not hide what became of the others', async () => {
    const world = reviewing(3);
    const path = await listPath(world);
    const rows = await listed(world, path);
    const { record } = world.store;
    world.ports.store.record = async (account, userId, ...more) => {
      if (userId === idOf(1)) {
        throw new Error('throttled');
      }
      return record(account, userId, ...more);
    };
    const shown = await result(world, await send(world, path, decide(rows)));
    expect(shown.text).toContain('<h1>2 decisions recorded, 1 not</h1>');
    expect(shown.text).toMatch(/user-1<\/a>: it could not be stored/);
  });
});

/** What happens to the row of user-1 between the list and the answer. */
type Mishap = (world: Page, row: string) => unknown;

const change = (world: Page, more: Partial<Case>) => {
  world.list.more = world.list.more.map((one, n) => (n === 0 ? other(1, more) : one));
};
const answerBy = (world: Page, recipient: string, email: string) => {
  const facts = readRow(lastRow)?.facts ?? '';
  const claim = aClaim({ userId: idOf(1), recipient, address: addressMark(email) });
  const ask = { kind: 'keep' as const, keep: OLDER, off: [NEWER], acknowledged: [NEWER] };
  world.store.requests.set(facts, {
    digest: facts,
    at: NOW,
    ask,
    payload: encodePayload(claim),
    proof: 'theirs',
  });
};
let lastRow = '';

describe('one row refuses itself, and no other', () => {
  const mishaps: Readonly<Record<string, readonly [string, Mishap]>> = {
    'whose keys changed': [
      'something has changed since the page was shown',
      (world) => change(world, { keys: [KEPT, { ...IDLE, id: 'AKIAI44QH8DHBEX1R7WZ' }] }),
    ],
    'that was asked again': ['something has changed', (world) => change(world, { asking: 2 })],
    'whose case is closed': [
      'this case is closed',
      (world) => change(world, { phase: 'closed', closedAs: 'by-owner' }),
    ],
    'that is in another state now': [
      'it takes no decision in its present state',
      (world) => change(world, { progress: { [OLDER]: { restoring: restoringSince(NOW) } } }),
    ],
    'that somebody else decided': [
      'it is answered already, and the first answer counts',
      (world) => answerBy(world, 'platform-lead', 'platform@example.com'),
    ],
    'whose key to deactivate was used since': [
      'it cannot be decided together with others',
      (world) => change(world, { keys: [KEPT, { ...IDLE, lastUsed: used(plus(NOW, -HOUR)) }] }),
    ],
    'of a user who is an administrator now': [
      'it cannot be decided together with others',
      (world) => {
        world.list.more = world.list.more.map((one, n) =>
          n === 0 ? { ...one, about: anAbout({ privilege: administrator('X') }) } : one,
        );
      },
    ],
    'of another user': [
      'this case is closed',
      (_world, row) => [row.replace(idOf(1), 'AIDAOTHEROTHEROTHERX')],
    ],
    'of another case': ['this case is closed', (_world, row) => [row.replace('-3-', '-4-')]],
    'that keeps the other key': [
      'it cannot be decided together with others',
      (_world, row) => [row.replace(NEWER, OLDER).replace('-3QXK-', '-MPLE-')],
    ],
    'that deactivates another key': [
      'it cannot be decided together with others',
      (_world, row) => [row.replace('-3QXK-', '-R7WZ-')],
    ],
    'with the facts of another page': [
      'something has changed',
      (_world, row) => [row.replace(/[0-9a-f]{64}$/, 'f'.repeat(64))],
    ],
    'that is named twice': ['the form names this user twice', (_world, row) => [row, row]],
    'that is named with both keys': [
      'the form names this user twice',
      (_world, row) => [row, row.replace(NEWER, OLDER).replace('-3QXK-', '-MPLE-')],
    ],
    'that cannot be read': ['1 row could not be read', () => ['<script>']],
  };

  it.each(Object.entries(mishaps))('%s', async (_what, [reason, mishap]) => {
    const world = reviewing(3);
    const path = await listPath(world);
    const [first = '', row = '', third = ''] = await listed(world, path);
    lastRow = row;
    const changed = mishap(world, row);
    const instead: readonly string[] = Array.isArray(changed) ? changed : [row];
    const rows = [first, ...instead, third];
    const keys = rows.filter((one) => readRow(one) !== null).length;
    const before = world.store.requests.size;

    const checked = await send(world, path, check(rows));
    expect(checked.status).toBe(200);
    expect(checked.text).toContain('<h1>Check your decisions about 2 users</h1>');
    expect(checked.text).toContain(reason);
    expect(checked.text).toContain('type “deactivate 2 keys”');
    expect(rowsIn(checked)).toEqual([first, third]);
    expect(world.store.requests.size).toBe(before);

    const shown = await result(world, await send(world, path, decide(rows, keys)));
    expect(shown.text).toContain('<h1>2 decisions recorded, ');
    expect(shown.text).toContain(reason);
    expect(shown.text).not.toContain('<script');
    expect(world.store.requests.size).toBe(before + 2);
    expect(world.store.writes).toBe(2);
  });

  it('of a newer release', async () => {
    const world = reviewing(3);
    const path = await listPath(world);
    const rows = await listed(world, path);
    const unread = { why: 'newer', reason: 'phase is "later"', account: ACCOUNT, userId: idOf(1) } as const;
    world.list.more[0] = {
      current: { ...unread, userName: 'user-1', number: 3, keys: [] },
      usage: null,
      about: null,
    };
    const shown = await result(world, await send(world, path, decide(rows)));
    expect(shown.text).toContain('2 decisions recorded, 1 not');
    expect(shown.text).toMatch(/user-1<\/a>: only another release of Solekey can read this case/);
  });

  it('may be all of them: then there is nothing to check', async () => {
    const world = reviewing(2);
    const path = await listPath(world);
    const rows = (await listed(world, path)).map((row) => row.replace('-3-', '-4-'));
    const checked = await send(world, path, check(rows));
    expect(checked.status).toBe(409);
    expect(checked.text).toContain('None of the users that you chose can be decided here now.');
    expect(checked.text).not.toContain('<form');
    const refused = await send(world, path, decide(rows));
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('<h1>0 decisions recorded, 2 not</h1>');
    const unreadable = await send(world, path, check(['nonsense', 'more']));
    expect(unreadable.text).toContain('2 rows could not be read');
  });

  it('is not called compromised through the list, whatever a form says', async () => {
    const world = reviewing(2);
    const path = await listPath(world);
    const fields = decide(await listed(world, path)).map(
      ([name, value]) => [name, name === 'reason' ? 'compromised' : value] as const,
    );
    const { status, text } = await send(world, path, fields);
    expect([status, text.includes('0 decisions recorded, 2 not')]).toEqual([409, true]);
    expect(world.store.writes).toBe(0);
  });
});

describe('the result page', () => {
  it('says what is stored, whatever its address says', async () => {
    const world = reviewing(2);
    const path = await listPath(world);
    const done = (userId: string, code: string) => `done=${userId}.3.${world.facts()}.${code}`;
    const lied = await send(world, `${path}?${done(USER_ID, 'recorded')}&${done(idOf(1), 'evil')}`);
    expect(lied.text).toContain('<h1>0 decisions recorded, 1 not</h1>');
    expect(lied.text).toMatch(/ci-deploy<\/a>: it could not be stored/);
    // An answer of somebody else is not one of this reader.
    lastRow = (await listed(world, path))[1] ?? '';
    answerBy(world, 'platform-lead', 'platform@example.com');
    const facts = readRow(lastRow)?.facts;
    const theirs = await send(world, `${path}?done=${idOf(1)}.3.${facts}.recorded`);
    expect(theirs.text).toContain('<h1>0 decisions recorded, 1 not</h1>');
    // An address that says nothing of the kind is that of the list.
    for (const nothing of ['done=x', 'unreadable=0', 'unreadable=-4', 'started=no']) {
      expect((await send(world, `${path}?${nothing}`)).text).toContain('<h1>2 open cases</h1>');
    }
    expect((await send(world, `${path}?unreadable=3`)).text).toContain('3 rows could not be read');
  });

  it('says of an answer that was not carried out why', async () => {
    const world = reviewing(2);
    const path = await listPath(world);
    const shown = await send(world, path, decide(await listed(world, path)));
    const facts = world.facts();
    const dropped = {
      number: 3,
      asking: 1,
      digest: facts,
      kind: 'keep' as const,
      by: 'sec-lead',
      address: addressMark('security@example.com'),
      at: NOW,
      why: 'not-for-a-list' as const,
      owed: true,
    };
    world.store.current = clear({ asking: 2, dropped: [dropped] });
    expect((await result(world, shown)).text).toContain(
      'was not carried out: by then this user could no longer be decided from the list.',
    );
  });

  it('and the forms are refused with the link like any other page', async () => {
    const world = reviewing(2);
    const rows = await listed(world, await listPath(world));
    const forms = [check(rows), decide(rows)];
    for (const [status, claim, revoked] of [
      [410, { expires: plus(NOW, -MINUTE) }, []],
      [403, {}, ['sec-lead']],
      [403, { recipient: 'gone' }, []],
    ] as const) {
      world.store.control = { pauses: [], revoked };
      const path = await listPath(world, claim);
      const done = `${path}?done=${USER_ID}.3.${'0'.repeat(64)}.recorded`;
      for (const got of [
        ...(await Promise.all(forms.map((form) => send(world, path, form)))),
        await send(world, done),
      ]) {
        expect(got.status).toBe(status);
        expect(got.text).not.toContain('ci-deploy');
      }
    }
    const stolen = `/l/${await world.link()}`;
    for (const got of [
      await send(world, stolen, decide(rows)),
      await send(world, `${stolen}?unreadable=1`),
    ]) {
      expect(got.status).toBe(404);
    }
    expect(world.store.writes).toBe(0);
  });
});
