import { describe, expect, it } from 'vitest';
import { linkPath } from '../../../functions/contracts/link.ts';
import { reportSchema } from '../../../functions/contracts/report.ts';
import type { AnyPurpose, NewReportClaim } from '../../../functions/core/case/requests.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { HEADERS } from '../../../functions/web/style.ts';
import { askPath, type Fields } from '../../fakes/browse.ts';
import { NEWER, NOW } from '../../fakes/cases.ts';
import { type Page, page } from '../../fakes/page.ts';
import { aReport, aReportRow } from '../../fakes/report.ts';

/** The pages with this report. */
function withReport(more: Parameters<typeof aReport>[0] | null = {}): Page {
  const world = page();
  world.reports.current = more === null ? null : aReport(more);
  return world;
}

async function open(world: Page, query = '', claim: Partial<NewReportClaim> = {}, fields?: Fields) {
  const path = linkPath('report', await world.reportLink(claim));
  const { status, text, headers } = await askPath(world, `${path}${query}`, fields);
  return { status, headers, bytes: Buffer.byteLength(text), text: text.replace(/\s+/g, ' ') };
}

/** The row of a user, as text. */
const rowOf = (text: string, name: string) => {
  const [found = ''] =
    text.match(/<tr role="row">.*?<\/tr>/g)?.filter((row) => row.includes(`>${name}<`)) ?? [];
  return found.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};

describe('the page of a report', () => {
  it('begins with the state, the numbers and their sources', async () => {
    const { status, text } = await open(withReport());
    expect(status).toBe(200);
    expect(text).toContain('<h1>3 users have more than one active key</h1>');
    for (const sentence of [
      'Of 5,000 users, 4,966 have one active key, 29 have none, 3 have more than one and 2 could not be checked.',
      'Of 95 users whose keys were reduced, 93 have exactly the keys that were decided; 1 has other keys and 1 could not be compared.',
      '2 users cannot be vouched for, and the rows say why. They are never counted as fine.',
      '9 keys wait to be deactivated or deleted.',
      '1 user is excluded: counted here, and never changed.',
      'Taken from IAM on 23 Nov 2026, 16:00 UTC: 130 users read one by one, 4,868 from the credential report of 23 Nov 2026, 12:10 UTC and 2 not read.',
    ]) {
      expect(text).toContain(`<p>${sentence}</p>`);
    }
    expect(text).toContain('You are Security lead');
    expect(text).toContain('This link is personal, Security lead.');
    expect(text).not.toContain('This report is old');
  });

  it('then has pictures, each of which says the same in numbers', async () => {
    const { text } = await open(withReport());
    const heads = [...text.matchAll(/<h2>([^<]*)</g)].map(([, head]) => head);
    expect(heads).toEqual([
      'Users by active keys over time',
      'Open cases by age',
      'From detection to decision',
      'From decision to deletion',
      'By owner',
      'Users who were changed, or for whom something is left to do',
    ]);
    expect(text.match(/<svg[^>]*aria-hidden="true"/g)).toHaveLength(4 + 6 + 4 + 2 + 4);
    expect(text).toContain('From 2 Nov 2026 to 23 Nov 2026.');
    expect(text).toMatch(
      /More than one active key<\/th><td><svg class="line".*?<\/svg><span class="hint">98 at first, 98 at most<\/span><\/td><td class="number">3</,
    );
    expect(text).toContain('Half of the cases were decided within 0.8 days of the detection.');
    expect(text).toContain('Half of the keys were deleted within 8.1 days of the decision.');
    expect(text).toContain('12 cases are open.');
    expect(text).toContain('212 users, 7 open cases<');
    expect(text).toContain('no owner by tag');
    expect(text).toContain('31 more owners have less to do.');
  });

  it('says of each user what there is, what was decided, and what to do next', async () => {
    const { text } = await open(withReport());
    expect(rowOf(text, 'ci-deploy')).toMatch(
      /privileged · automation · owner payments 2: …MPLE and …3QXK Case open since 23 Nov 2026\. read 23 Nov 2026, 16:00 UTC \(10 minutes ago\) Decide which key to keep/,
    );
    expect(rowOf(text, 'break-glass-root')).toContain('Excluded by name in the settings.');
    expect(rowOf(text, 'batch-export')).toContain(
      'Case open since 14 Nov 2026, before the last validation already.',
    );
    expect(rowOf(text, 'dark-horse')).toMatch(
      /not known The keys could not be read.* not read Read this user again/,
    );
    expect(rowOf(text, 'shy')).toMatch(
      /not known; before: …MPLE .*credential report of 23 Nov 2026, 12:10 UTC \(4 hours ago\)/,
    );
    expect(rowOf(text, 'etl')).toContain('Another key is active than decided (closed 22 Nov 2026).');
    expect(rowOf(text, 'report-bot')).toMatch(
      /…3QXK: in its grace period until 28 Nov 2026\. …3QXK: a part of its work was seen with the kept key\./,
    );
    expect(rowOf(text, 'pilot')).toContain('Excluded by a tag. Only observed:');
    expect(rowOf(text, 'alice.new')).toMatch(
      /before: alice .*1: …MPLE As decided \(closed 22 Nov 2026\), last used 23 Nov 2026\. .*Nothing is left to do\./,
    );
    expect(rowOf(text, 'left')).toContain('none: the user no longer exists');
    expect(rowOf(text, 'all-off')).toMatch(/owner payments none As decided/);
  });

  it('shows a hundred users at a time, and 5,000 stay below 300 kB a page', async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) =>
      aReportRow({
        userName: `a-user-with-quite-a-long-name-for-a-service-${n}`,
        owner: 'a team with a name',
        next: 'grace',
      }),
    );
    const world = withReport({ rows });
    const first = await open(world);
    expect(first.text).toContain('Users 1 to 100 of 5,000, the most urgent first.');
    expect(first.text).toContain('<a class="act" href="?page=2">Next users</a>');
    expect(first.text).not.toContain('Previous users');
    expect(first.bytes).toBeLessThan(300_000);
    const second = await open(world, '?page=2');
    expect(second.text).toContain('Users 101 to 200 of 5,000');
    expect(second.text).toMatch(/\?page=1">Previous.*\?page=3">Next/);
    expect(second.text).not.toContain('Open cases by age');
    for (const query of ['?page=50', '?page=999999']) {
      expect((await open(world, query)).text).toContain('Users 4,901 to 5,000 of 5,000');
    }
    for (const query of ['?page=0', '?page=-1', '?page=1e3', '?page=x']) {
      expect((await open(world, query)).text).toContain('Users 1 to 100');
    }
  });

  it('shows names and tags as text, and whole key ids nowhere', async () => {
    const rows = [aReportRow({ userName: '<b>x</b>', owner: '</bdi><script>\u202e' })];
    const owners = [{ owner: '<i>team', users: 1, more: 0, unknown: 0, openCases: 1 }];
    const { text } = await open(withReport({ rows, owners, others: 1 }));
    expect(text).toContain('&lt;b&gt;x&lt;/b&gt;');
    expect(text).not.toMatch(/<b>x|<i>team|<script|\u202e|AKIA/);
    expect(text).toContain('1 more owner has less to do.');
    expect(text).toContain('1 open case<');
  });

  it.each([
    [{ more: 1, unknown: 0 }, 0, '1 user has more than one active key'],
    [
      { more: 0, unknown: 2 },
      2,
      'Nobody is known to have more than one active key, but not everybody could be checked',
    ],
    [
      { more: 0, unknown: 0 },
      1,
      'Nobody is known to have more than one active key, but not everybody could be checked',
    ],
    [{ more: 0, unknown: 0 }, 0, 'Every user has at most one active key'],
  ])('calls an account with %o and %d in doubt: %s', async (counts, doubtful, title) => {
    const { totals } = aReport();
    const all = { ...totals, doubtful, counts: { ...totals.counts, ...counts } };
    expect((await open(withReport({ totals: all }))).text).toContain(`<h1>${title}</h1>`);
  });

  it('is short while nothing has happened yet', async () => {
    const { totals, points } = aReport();
    const none = { bands: aReport().ages, medianDays: null };
    const { text } = await open(
      withReport({
        totals: {
          ...totals,
          counts: { ...totals.counts, more: 0, unknown: 0 },
          doubtful: 0,
          pendingKeys: 1,
          openCases: 0,
          excluded: 2,
          observed: 1,
          sources: { live: 1, report: 4_999, unread: 0 },
          remaining: { ...totals.remaining, ok: 0, 'other-key': 0, 'not-read': 0, gone: 1 },
        },
        points: points.slice(-1),
        toDecide: none,
        toDelete: none,
        rows: [],
        others: 0,
      }),
    );
    for (const words of [
      'This is the first day;',
      'No case has been decided yet.',
      'No key has been deleted yet.',
      'No case is open.',
      'Nobody.',
      '1 key waits to be',
      '2 users are excluded',
      '1 user is only observed',
      '1 user whose keys were reduced no longer exists.',
      '1 user read one by one',
    ]) {
      expect(text).toContain(words);
    }
    expect((await open(withReport({ points: [] }))).text).not.toContain('over time');
  });

  it('warns where the report is old, and says where there is none', async () => {
    const old = await open(withReport({ at: plus(NOW, -3 * DAY) }));
    expect(old.text).toContain('This report is old');
    expect((await open(withReport(null))).text).toContain('<h1>There is no report yet</h1>');
    expect((await open(withReport({ account: '999999999999' }))).text).toContain('There is no report yet');
  });

  it('is what the schema of the stored report says', () => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(aReport())))).toEqual(aReport());
    expect(reportSchema.parse({ ...aReport(), further: 1 })).toEqual(aReport());
  });
});

describe('a link to a report', () => {
  it('expires, and is refused for anybody who is not an approver now', async () => {
    const world = withReport();
    const expired = await open(world, '', { expires: plus(NOW, -HOUR) });
    expect([expired.status, expired.text]).toEqual([410, expect.stringContaining('your latest digest')]);
    expect((await open(world, '', { recipient: 'former' })).status).toBe(403);
    world.store.control = { pauses: [], revoked: ['sec-lead'] };
    const revoked = await open(world);
    expect([revoked.status, revoked.text.includes('5,000')]).toEqual([403, false]);
  });

  it.each(['decide', 'restore', 'view', 'delete', 'list', 'list-view'] as const)(
    'is not valid in place of a link to %s, nor the other way round',
    async (purpose: AnyPurpose) => {
      const world = withReport();
      const swapped = linkPath(purpose, await world.reportLink());
      expect((await askPath(world, swapped)).status).toBe(404);
      const form = { facts: world.facts(), keep: NEWER, off: '3QXK', reason: 'unused', comment: 'x' };
      expect((await askPath(world, swapped, form)).status).toBeGreaterThanOrEqual(400);
      expect(world.store.requests.size).toBe(0);
      const link =
        purpose === 'list' || purpose === 'list-view'
          ? world.listLink({ purpose })
          : world.link({ purpose } as never);
      expect((await askPath(world, linkPath('report', await link))).status).toBe(404);
    },
  );

  it('takes none of the forms of a case, and changes nothing', async () => {
    const world = withReport();
    const { status, headers } = await open(world, '', {}, { keep: 'x', accept: 'yes' });
    expect(status).toBe(400);
    expect(world.store.requests.size).toBe(0);
    expect(world.wakes.sent).toEqual([]);
    expect(headers.get('content-security-policy')).toBe(HEADERS['Content-Security-Policy']);
    const other = linkPath('report', `${(await world.reportLink()).slice(0, -3)}AAA`);
    expect((await askPath(world, other)).status).toBe(404);
  });
});
