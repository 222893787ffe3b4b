/** The button that has the link to the report mailed, and what may be posted where, by the purpose of the link. */
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../functions/core/model/digest.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import { buildApp } from '../../functions/web/app.ts';
import { NOW, USER_ID } from '../fakes/cases.ts';
import { type Page, page } from '../fakes/page.ts';
import { aReport, aReportRow } from '../fakes/report.ts';
import { aSignOffFile } from '../fakes/sign-offs.ts';
import { aConcern, stated, WORRY } from '../fakes/statements.ts';

const BUTTON = 'Mail me the link to the report';
type Fields = Readonly<Record<string, string>>;

async function ask(w: Page, path: string, fields?: Fields, minted: 'v1' | 'v2' = 'v2') {
  const init = fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) };
  const answer = await buildApp(w.ports, minted).request(path, init);
  return { status: answer.status, text: await answer.text() };
}

const asked = (w: Page) => [...w.store.linkRequests.values()].map(({ userId, why }) => `${userId} ${why}`);

describe('the page of a list', () => {
  it('offers the link to the report, also while no case is open, with no further read', async () => {
    const w = page(null);
    const path = `/l/${await w.listLink()}`;
    expect((await ask(w, path)).text).toContain(BUTTON);
    expect(w.list.reads).toBe(1);
    const { status, text } = await ask(w, path, { mail: 'report' });
    expect(status).toBe(200);
    expect(text).toContain('It comes to the address of Security lead');
    expect(text).toContain('At most 30 links are mailed to an address in an hour.');
    expect(asked(w)).toEqual(['REPORT report']);
    expect(w.mailLinks.sent).toHaveLength(1);
  });

  it('says if the mail could not be started', async () => {
    const w = page(null);
    w.mailLinks.broken = true;
    const { text } = await ask(w, `/l/${await w.listLink()}`, { mail: 'report' });
    expect(text).toContain('no mail comes yet');
  });

  it('that permits nothing offers nothing and stores nothing', async () => {
    const w = page(null);
    const path = `/l/${await w.listLink({ purpose: 'list-view' })}`;
    expect((await ask(w, path)).text).not.toContain(BUTTON);
    expect((await ask(w, path, { mail: 'report' })).status).toBe(403);
    expect([asked(w), w.mailLinks.sent]).toEqual([[], []]);
  });

  it('is refused if expired, revoked, or with links of version 1, and takes no other form', async () => {
    const w = page(null);
    const path = `/l/${await w.listLink()}`;
    expect((await ask(w, path, { mail: 'report' }, 'v1')).status).toBe(400);
    expect((await ask(w, path, { mail: 'report', row: 'x' })).status).toBe(400);
    expect((await ask(w, path, { mail: 'expired' })).status).toBe(400);
    const old = `/l/${await w.listLink({ expires: plus(NOW, -DAY) })}`;
    expect((await ask(w, old, { mail: 'report' })).status).toBe(410);
    w.store.control = { pauses: [], revoked: ['sec-lead'] };
    expect((await ask(w, path, { mail: 'report' })).status).toBe(403);
    expect([asked(w), w.mailLinks.sent]).toEqual([[], []]);
  });
});

describe('the page of an expired link to a report', () => {
  const old = (w: Page, more = {}) => w.reportLink({ expires: plus(NOW, -DAY), ...more });

  it('offers a new one, and has it mailed', async () => {
    const w = page(null);
    const path = `/p/${await old(w)}`;
    const shown = await ask(w, path);
    expect([shown.status, shown.text.includes('Mail me a new link')]).toEqual([410, true]);
    expect((await ask(w, path, { mail: 'expired' })).text).toContain('The link is being mailed');
    expect(asked(w)).toEqual(['REPORT expired']);
  });

  it('offers none of long ago, of nobody, or with links of version 1', async () => {
    const w = page(null);
    for (const more of [{ expires: plus(NOW, -91 * DAY) }, { recipient: 'nobody' }]) {
      const path = `/p/${await old(w, more)}`;
      expect((await ask(w, path)).text).not.toContain('<form');
      expect((await ask(w, path, { mail: 'expired' })).status).toBe(410);
    }
    expect((await ask(w, `/p/${await old(w)}`, { mail: 'expired' }, 'v1')).status).toBe(400);
    expect(asked(w)).toEqual([]);
  });

  it('shows the report if it has not expired', async () => {
    const w = page(null);
    w.reports.current = aReport({ anchor: 7 });
    expect((await ask(w, `/p/${await w.reportLink()}`, { mail: 'expired' })).status).toBe(200);
    expect(asked(w)).toEqual([]);
  });
});

/** What is stated on the page of a report, posted with every link on every path. */
describe('a statement', () => {
  const world = () => {
    const w = page();
    w.reports.current = aReport({ anchor: 7, rows: [aReportRow({ userId: USER_ID })] });
    w.reports.state = aSignOffFile({}, stated(3, aConcern()));
    return w;
  };
  const forms = (w: Page): Readonly<Record<string, Fields>> => ({
    'sign-off': {
      step: 'sign-off',
      report: sha256(JSON.stringify(w.reports.current)),
      verdict: 'accepted-with-concerns',
      comment: '',
      account: 'prod-payments',
    },
    concern: { step: 'concern', user: USER_ID, key: '', target: '2026-12-24', ...WORRY },
    settle: { step: 'settle', concern: '3', done: 'The job has its key again.' },
  });
  const links: Readonly<Record<string, (w: Page) => Promise<string>>> = {
    decide: (w) => w.link(),
    restore: (w) => w.link({ purpose: 'restore' }),
    view: (w) => w.link({ purpose: 'view' }),
    delete: (w) => w.link({ purpose: 'delete' }),
    list: (w) => w.listLink(),
    'list-view': (w) => w.listLink({ purpose: 'list-view' }),
    report: (w) => w.reportLink(),
    'report, expired': (w) => w.reportLink({ expires: plus(NOW, -DAY) }),
    'report, of nobody': (w) => w.reportLink({ recipient: 'nobody' }),
    'report, of another account': (w) => w.reportLink({ account: '210987654321' }),
    'report, forged': async (w) => {
      const token = await w.reportLink();
      const bytes = Buffer.from(token, 'base64url');
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      return bytes.toString('base64url');
    },
  };
  const paths = ['p', 'l', 'c', 'r', 'v', 'd'];

  for (const [link, make] of Object.entries(links)) {
    for (const path of paths) {
      it.each(Object.keys(forms(world())))(`through a link "${link}" on /${path}/: %s`, async (form) => {
        const w = world();
        const { status } = await ask(w, `/${path}/${await make(w)}`, forms(w)[form]);
        const genuine = link === 'report' && path === 'p';
        expect(w.stated.kept.size).toBe(genuine ? 1 : 0);
        expect(w.statementWakes.sent).toHaveLength(genuine ? 1 : 0);
        expect(genuine ? status : status >= 400 && status < 500).toBe(genuine ? 303 : true);
        expect([w.store.requests.size, asked(w), w.wakes.sent]).toEqual([0, [], []]);
      });
    }
  }
});
