/** The forms on the page of a report: sign-off, concern, what was done, and the link for a user. */
import { describe, expect, it } from 'vitest';
import { noteStatement } from '../../../functions/app/reconcile/statement.ts';
import { linkPath } from '../../../functions/contracts/link.ts';
import type { NewReportClaim } from '../../../functions/core/case/requests.ts';
import { sha256 } from '../../../functions/core/model/digest.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import type { SignOffFile } from '../../../functions/core/signoff/file.ts';
import type { Stated } from '../../../functions/core/signoff/state.ts';
import { typedDigest, typedText } from '../../../functions/core/signoff/typed.ts';
import { buildApp } from '../../../functions/web/app.ts';
import { ACCOUNT, NOW, USER_ID } from '../../fakes/cases.ts';
import { breakable, type Page, page } from '../../fakes/page.ts';
import { aReport, aReportRow } from '../../fakes/report.ts';
import { aSignOffFile } from '../../fakes/sign-offs.ts';
import { aConcern, aSignOff, settling, stated, WORRY } from '../../fakes/statements.ts';

const ROW = aReportRow({
  userId: USER_ID,
  pending: [{ keyId: '…3QXK', why: 'grace', until: plus(NOW, 5 * DAY) }],
});
const openCase = { number: 3, opened: plus(NOW, -DAY), phase: 'grace', openBefore: false } as const;

/** The pages, with a report and the state of sign-offs after these statements. */
function world(state: Partial<SignOffFile> = {}, ...all: Stated[]): Page {
  const w = page();
  w.reports.current = aReport({ anchor: 7, rows: [ROW] });
  w.reports.state = aSignOffFile(state, ...all);
  return w;
}

type Fields = Readonly<Record<string, string>>;

async function ask(w: Page, query = '', fields?: Fields, claim: Partial<NewReportClaim> = {}) {
  const path = `${linkPath('report', await w.reportLink(claim))}${query}`;
  const init = fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) };
  const answer = await buildApp(w.ports).request(path, init);
  const text = breakable(await answer.text()).replace(/\s+/g, ' ');
  return { status: answer.status, location: answer.headers.get('location') ?? '', text };
}

const shaOf = (w: Page) => sha256(JSON.stringify(w.reports.current));
const signOff = (w: Page, more: Fields = {}) => ({
  step: 'sign-off',
  report: shaOf(w),
  verdict: 'accepted',
  comment: '',
  account: 'prod-payments',
  ...more,
});
const concern = { step: 'concern', user: USER_ID, key: '3QXK', target: '2026-12-24', ...WORRY };
const kept = (w: Page) => [...w.stated.kept.values()];

/** The message about what was stored arrives at reconcile. */
async function recorded(w: Page): Promise<void> {
  for (const wish of w.statementWakes.sent.splice(0)) {
    const { links, clock, log, policy } = w;
    await noteStatement(
      { statements: w.stated.ledger, links, clock: { ...clock, remaining: () => 9 }, log, policy },
      wish,
    );
  }
}

describe('the report', () => {
  it('says when the next sign-off is due, who signed off last, and what has changed since', async () => {
    const w = world({}, stated(2, aSignOff(), { at: plus(NOW, -80 * DAY) }));
    const { text } = await ask(w);
    for (const sentence of [
      'Last sign-off: accepted by Security lead on 4 Sep 2026.',
      '3 users have changed since the first records. Privileged: break-glass-root; software: ci-deploy.',
      'The next sign-off is planned for 30 Nov 2026.',
      'No concern is open.',
      '<details ><summary>Sign off now, ahead of time</summary>',
    ]) {
      expect(text).toContain(sentence);
    }
  });

  it('has the state first, then what is asked and its form, then concerns, pictures and users', async () => {
    const { text } = await ask(world({ due: NOW }, stated(4, aConcern())));
    const order = [
      '<h1>3 users have',
      'Of 5,000 users',
      'waiting for a sign-off',
      '<form',
      'Open concerns',
      '<svg',
      'id="users"',
    ].map((part) => text.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(text).not.toContain('<details');
    expect(text).toContain('<a href="#users">all users</a> and <a href="#concerns">1 open concern</a>.');
  });

  it('says at the top that one is due', async () => {
    const { text } = await ask(
      world({
        due: plus(NOW, -DAY),
        last: null,
        changed: { since: null, users: 0, privileged: [], automation: [] },
      }),
    );
    expect(text).toMatch(
      /role="status"><p><strong>The changes have been waiting for a sign-off since 22 Nov 2026\.</,
    );
    expect(text).toContain('Nobody has signed off yet.');
    expect(text).toContain('No user has changed since the first records.');
  });

  it('shows open concerns with the words beside them, as text, the overdue marked', async () => {
    const impact = '<b>See</b> https://evil.example.com';
    const typed = { ...WORRY, impact };
    const one = stated(4, aConcern({ textDigest: typedDigest(typed), target: '2026-11-22' }));
    const w = world({}, one, stated(5, aConcern({ keyEnd: null, userName: 'etl' })), stated(6, settling(9)));
    w.stated.kept.set(`${ACCOUNT}/${one.digest}`, { statement: {} as never, typed: typedText(typed) });
    const { text } = await ask(w);
    expect(text).toContain('2 concerns are open.');
    expect(text).toMatch(/<li class="card bad"><h3><bdi>ci-deploy, key …3QXK<\/bdi><\/h3>/);
    expect(text).toContain('Overdue: it was to be settled by 22 Nov 2026.');
    expect(text).toContain('<blockquote>&lt;b&gt;See&lt;/b&gt; https://evil.example.com</blockquote>');
    expect(text).toContain('Ticket: <bdi>OPS-1742</bdi>');
    expect(text).not.toMatch(/href="https?:/);
    expect(text).toMatch(/<h3><bdi>etl<\/bdi><\/h3>.*The words are missing, or are not those/);
    expect(text).toContain('<a class="act" href="?settle=4">Record what was done</a>');
  });

  it('leads from each user to a concern, but not where a report of 0.11.0 has no id', async () => {
    const w = world();
    expect((await ask(w)).text).toContain(`href="?concern=${USER_ID}">Record a concern</a>`);
    w.reports.current = aReport({ anchor: 7, rows: [aReportRow()] });
    expect((await ask(w)).text).not.toContain('Record a concern');
  });

  it('of 0.11.0, and one that is old, is not signed off', async () => {
    const w = world();
    w.reports.current = aReport();
    expect((await ask(w)).text).not.toContain('<form');
    expect(await ask(w, '', signOff(w))).toMatchObject({ status: 409 });
    w.reports.current = aReport({ anchor: 7, at: plus(NOW, -2 * DAY - 1) });
    const { status, text } = await ask(w, '', signOff(w));
    expect(status).toBe(409);
    expect([(await ask(w)).text, text].every((one) => one.includes('too old to be signed off.'))).toBe(true);
    expect(kept(w)).toEqual([]);
  });
});

describe('a sign-off', () => {
  it('is checked on a page of its own, recorded under the person, and its outcome is shown', async () => {
    const w = world();
    const first = await ask(w);
    expect(first.text).toContain('<input type="hidden" name="step" value="check">');
    expect(first.text).not.toContain('accepted-with-concerns');
    expect(first.text).not.toMatch(/<input[^>]*checked/);
    const check = await ask(w, '', {
      step: 'check',
      report: shaOf(w),
      verdict: 'accepted',
      comment: 'Looked at all.',
    });
    expect(check.status).toBe(200);
    expect(check.text).toContain(
      'report 7 of 23 Nov 2026, 16:05 UTC is <strong>accepted</strong>. It says: 3 users have more than one active key.',
    );
    expect(check.text).toContain('>Looked at all.</textarea>');
    expect(check.text).toContain('<button type="submit">Sign off prod-payments</button>');
    expect(kept(w)).toEqual([]);
    const done = await ask(w, '', signOff(w, { comment: 'Looked at all.' }));
    expect(done.status).toBe(303);
    expect(kept(w)[0]).toMatchObject({
      statement: { anchor: 7, reportSha256: shaOf(w), said: { verdict: 'accepted', concerns: [] } },
      typed: '{"comment":"Looked at all."}',
    });
    const outcome = `?${done.location.split('?')[1]}`;
    expect((await ask(w, outcome)).text).toContain('<h1>It is being recorded</h1>');
    await recorded(w);
    expect((await ask(w, outcome)).text).toContain('It is entry 1 of the ledger of this account');
    expect(w.stated.entries[0]).toMatchObject({
      command: 'sign-off',
      by: 'approver sec-lead',
      reason: 'accepted',
    });
  });

  it('lists the open concerns, and does not simply accept while there are some', async () => {
    const w = world({}, stated(4, aConcern()));
    const { text } = await ask(w);
    expect(text).toContain('value="accepted-with-concerns"');
    expect(text).not.toContain('value="accepted"');
    const refused = await ask(w, '', signOff(w));
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Concerns are open: accept with them, or do not accept.');
    const check = await ask(w, '', {
      step: 'check',
      report: shaOf(w),
      verdict: 'accepted-with-concerns',
      comment: '',
    });
    expect(check.text).toContain('<li><bdi>ci-deploy, key …3QXK</bdi></li>');
    await ask(w, '', signOff(w, { verdict: 'accepted-with-concerns' }));
    expect(kept(w)[0]?.statement.said).toMatchObject({ concerns: [4] });
  });

  it('keeps what was typed when something is missing, and records nothing', async () => {
    const w = world();
    const name = await ask(w, '', signOff(w, { account: 'prod', comment: 'all good' }));
    expect(name.status).toBe(422);
    expect(name.text).toContain('Type the name of the account: prod-payments');
    expect(name.text).toContain('>all good</textarea>');
    const none = await ask(w, '', { step: 'check', report: shaOf(w), comment: 'half' });
    expect(none.text).toContain('Choose one of the verdicts.');
    expect(none.text).toMatch(/name="comment" value="half">.*<blockquote>half<\/blockquote>/);
    const silent = await ask(w, '', signOff(w, { verdict: 'not-accepted' }));
    expect(silent.text).toContain('Write why you do not accept the changes.');
    expect([kept(w), w.statementWakes.sent]).toEqual([[], []]);
  });

  it('of a report that has changed since is refused, and the newer one is shown', async () => {
    const w = world();
    const posted = signOff(w, { comment: 'all good' });
    w.reports.current = aReport({ anchor: 8, rows: [ROW] });
    const { status, text } = await ask(w, '', posted);
    expect(status).toBe(409);
    expect(text).toContain('Not recorded: the report has changed since this page was shown');
    expect(text).toMatch(/Your verdict: <bdi>I accept all changes<.*<blockquote>all good</);
    expect(text).toContain('name="comment" value="all good">');
    expect(text).toContain('<details open>');
    expect(text).not.toMatch(/<input[^>]*checked/);
    expect(kept(w)).toEqual([]);
  });

  it('of a report that somebody else has signed off says so, and is recorded beside it', async () => {
    const w = world();
    const theirs = { by: 'platform-lead', reportSha256: shaOf(w) };
    w.reports.state = aSignOffFile({}, stated(2, aSignOff({ verdict: 'not-accepted' }), theirs));
    const form = { step: 'check', report: shaOf(w), verdict: 'not-accepted' };
    const { text } = await ask(w, '', form);
    expect(text).toContain('Platform lead has signed off this report already');
    expect(text).toContain('Record that you do not accept prod-payments</button>');
    expect((await ask(w, '', signOff(w))).status).toBe(303);
  });

  it('can be changed twice, and the page of an earlier one says which one counts', async () => {
    const w = world();
    const first = await ask(w, '', signOff(w));
    await recorded(w);
    const outcome = `?${first.location.split('?')[1]}`;
    expect((await ask(w, outcome)).text).not.toContain('It is the one that counts.');
    const theirs = { by: 'platform-lead', reportSha256: shaOf(w) };
    w.reports.state = aSignOffFile({}, stated(2, aSignOff({ verdict: 'not-accepted' }), theirs));
    expect((await ask(w, outcome)).text).toContain(
      'The latest sign-off of this report is entry 2: not accepted, by Platform lead. It is the one that counts.',
    );
    await ask(w, '', signOff(w));
    expect(kept(w).map(({ statement }) => statement.said)).toMatchObject([
      { verdict: 'accepted' },
      { verdict: 'accepted', after: 2 },
    ]);
    const former = aSignOffFile({}, stated(2, aSignOff(), { ...theirs, anchor: 6 }));
    w.reports.state = former;
    expect((await ask(w, outcome)).text).not.toContain('It is the one that counts.');
  });

  it('through a link that has expired, of somebody else, or of another purpose records nothing', async () => {
    const w = world();
    expect((await ask(w, '', signOff(w), { expires: plus(NOW, -1) })).status).toBe(410);
    w.store.control = { pauses: [], revoked: ['sec-lead'] };
    expect((await ask(w, '', signOff(w))).status).toBe(403);
    w.store.control = { pauses: [], revoked: [] };
    const forged = [await w.link(), await w.listLink()].map((token) => linkPath('report', token));
    for (const path of forged) {
      const answer = await buildApp(w.ports).request(path, {
        method: 'POST',
        body: new URLSearchParams(signOff(w)),
      });
      expect(answer.status).toBe(404);
    }
    expect(kept(w)).toEqual([]);
  });

  it.each(['expired', 'revoked', 'forged'] as const)(
    'through a link that is %s repeats what was typed only if the link was ours',
    async (link) => {
      const w = world();
      w.store.control = { pauses: [], revoked: link === 'revoked' ? ['sec-lead'] : [] };
      const claim = link === 'expired' ? { expires: plus(NOW, -1) } : {};
      const typed = [
        {
          posted: signOff(w, { comment: 'Ana saw <all>.' }),
          says: ['Comment: <bdi>Ana saw &lt;all&gt;.</bdi>'],
        },
        { posted: concern, says: [`Impact: <bdi>${WORRY.impact}</bdi>`, `Owner: <bdi>${WORRY.owner}</bdi>`] },
      ];
      for (const { posted, says } of typed) {
        const token = await w.link();
        const { text } =
          link === 'forged'
            ? {
                text: await (
                  await buildApp(w.ports).request(linkPath('report', `${token.slice(0, -3)}aaa`), {
                    method: 'POST',
                    body: new URLSearchParams(posted),
                  })
                ).text(),
              }
            : await ask(w, '', posted, claim);
        expect(text).toContain('Nothing was recorded.');
        expect(says.filter((line) => text.includes(line))).toEqual(link === 'forged' ? [] : says);
      }
    },
  );

  it('that could not be handed on says so, and is recorded once when it is sent again', async () => {
    const w = world();
    w.statementWakes.broken = true;
    const posted = signOff(w, { comment: 'Looked at "all".' });
    const { text } = await ask(w, '', posted);
    expect(text).toContain('It is stored, but not in the ledger yet');
    const again = [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
    const fields = Object.fromEntries(
      again.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')]),
    );
    expect(fields).toEqual(posted);
    w.statementWakes.broken = false;
    expect((await ask(w, '', fields)).status).toBe(303);
    await recorded(w);
    expect(w.stated.entries).toHaveLength(1);
  });

  it('that did not count says why', async () => {
    const w = world();
    const { location } = await ask(w, '', signOff(w));
    const [digest = ''] = /[0-9a-f]{64}$/.exec(location) ?? [];
    w.stated.outcomes.set(`${ACCOUNT}/${digest}`, { refused: 'before-restore', at: NOW });
    const { status, text } = await ask(w, `?stated=${digest}`);
    expect(status).toBe(409);
    expect(text).toContain('The table was restored from a backup after you sent it.');
  });
});

describe('a concern', () => {
  it('has a form of its own, and is recorded with its words beside it', async () => {
    const w = world();
    const { text } = await ask(w, `?concern=${USER_ID}`);
    expect(text).toContain('<h1>A concern about ci-deploy</h1>');
    expect(text).toContain('The report shows …MPLE and …3QXK.');
    expect(text).toContain('<input type="date" id="target"');
    expect((await ask(w, '', concern)).status).toBe(303);
    await recorded(w);
    expect(w.stated.entries[0]?.about).toMatchObject({ said: aConcern() });
    expect(kept(w)[0]?.typed).toBe(typedText(WORRY));
  });

  it('about a key in its grace period offers the link with which it comes back', async () => {
    const w = world();
    w.reports.current = aReport({ anchor: 7, rows: [{ ...ROW, openCase }] });
    const { text } = await ask(w, `?concern=${USER_ID}`);
    expect(text).toContain('…3QXK is deactivated and can be reactivated until the deletion.');
    expect(text).toContain('Mail me the link for ci-deploy</button>');
    const asked = await ask(w, '', { mail: 'row', user: USER_ID });
    expect(asked.text).toContain('<h1>The link is being mailed</h1>');
    expect(w.mailLinks.sent).toHaveLength(1);
    expect([...w.store.linkRequests.values()]).toMatchObject([
      { userId: USER_ID, caseNumber: 3, why: 'row' },
    ]);
  });

  it('about a deleted key says that it cannot come back, and how to make a new one', async () => {
    const w = world();
    w.reports.current = aReport({ anchor: 7, rows: [{ ...ROW, pending: [] }] });
    const { text } = await ask(w, `?concern=${USER_ID}`);
    expect(text).toContain('A deleted key cannot be restored');
    expect(text).toContain('deactivate …MPLE, then create the new key');
    expect(text).not.toContain('Mail me the link');
    expect((await ask(w, '', { mail: 'row', user: USER_ID })).status).toBe(409);
    expect(w.mailLinks.sent).toEqual([]);
    w.reports.current = aReport({ anchor: 7, rows: [{ ...ROW, pending: [], active: [] }] });
    expect((await ask(w, `?concern=${USER_ID}`)).text).toContain('This user has no active key');
  });

  it('with a mistake shows what was typed again', async () => {
    const w = world();
    const { status, text } = await ask(w, '', { ...concern, target: '2026-11-22', key: '3Q' });
    expect(status).toBe(422);
    expect(text).toContain('Choose today or a later day.');
    expect(text).toContain('Type the last four characters of the key, or leave the box empty.');
    expect(text).toContain('value="Data platform"');
    expect(text).toContain('>Move the export to a role.</textarea>');
    expect(kept(w)).toEqual([]);
  });

  it('about somebody whom the report does not have is not recorded', async () => {
    const w = world();
    const { status, text: refused } = await ask(w, '', { ...concern, user: 'AIDAOTHER' });
    expect(status).toBe(409);
    expect(refused).toContain('Not recorded: the report has changed, and has no such user any more');
    expect(refused).toContain('Owner: <bdi>Data platform</bdi>');
    expect((await ask(w, '?concern=AIDAOTHER')).text).toContain('<h1>3 users have');
  });

  it('is settled by what was done', async () => {
    const w = world({}, stated(4, aConcern()));
    expect((await ask(w, '?settle=4')).text).toContain('<h1>Settle concern 4</h1>');
    expect((await ask(w, '', { step: 'settle', concern: '4', done: ' ' })).text).toContain(
      'Write what was done.',
    );
    expect((await ask(w, '', { step: 'settle', concern: '4', done: 'A role.' })).status).toBe(303);
    await recorded(w);
    expect(w.stated.entries[0]).toMatchObject({
      command: 'concern-settled',
      about: { said: { concern: 4 } },
    });
    const late = await ask(w, '', { step: 'settle', concern: '9', done: 'A role.' });
    expect(late.status).toBe(409);
    expect(late.text).toMatch(/Not recorded: this concern is no longer open.*What was done: <bdi>A role\.</);
    expect((await ask(w, '?settle=9')).text).toContain('<h1>3 users have');
  });
});

it.each<[string, Fields]>([
  ['an unknown field', { ...concern, also: 'x' }],
  ['an unknown step', { step: 'pause' }],
  ['a user that is no id', { ...concern, user: '../x' }],
  ['a decision', { keep: 'AKIAIOSFODNN7EXAMPLE', off: '', facts: 'f'.repeat(64) }],
])('a form with %s is none of ours', async (_what, fields) => {
  const w = world();
  expect((await ask(w, '', fields)).status).toBe(400);
});

it('a field with 5,000 characters is shown again to be shortened', async () => {
  const long = 'x'.repeat(5_000);
  const { status, text } = await ask(world(), '', { ...concern, owner: long, impact: long });
  expect(status).toBe(422);
  expect(text).toContain('Owner: please write less.');
  expect(text).toContain(`>${long}</textarea>`);
});

it('the largest concern that can be typed is taken, and a larger form is not', async () => {
  const w = world();
  const most = { ...concern, impact: '€'.repeat(500), remediation: '€'.repeat(500), owner: '€'.repeat(80) };
  expect((await ask(w, '', most)).status).toBe(303);
  expect((await ask(w, '', { ...concern, impact: 'x'.repeat(80_000) })).status).toBe(413);
});

it('with 5,000 users, a due sign-off and 40 concerns a page stays below 300 kB', async () => {
  const rows = Array.from({ length: 5_000 }, (_, n) => ({ ...ROW, userName: `a-service-with-a-name-${n}` }));
  const words = '€'.repeat(500);
  const typed = { ...WORRY, impact: words, remediation: words };
  const all = Array.from({ length: 40 }, (_, n) =>
    stated(n + 1, aConcern({ textDigest: typedDigest(typed) })),
  );
  const w = world({ due: NOW }, ...all);
  for (const { digest } of all) {
    w.stated.kept.set(`${ACCOUNT}/${digest}`, { statement: {} as never, typed: typedText(typed) });
  }
  w.reports.current = aReport({ anchor: 7, rows });
  const { text } = await ask(w);
  expect(text.match(/<blockquote>/g)).toHaveLength(40);
  expect(Buffer.byteLength(text)).toBeLessThan(300_000);
});
