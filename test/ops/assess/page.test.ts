import { describe, expect, it } from 'vitest';
import { assess } from '../../../functions/core/assess/assessment.ts';
import { reportOf } from '../../../functions/core/assess/report.ts';
import { reportPage } from '../../../ops/assess/page.ts';
import { aged, surveyed, TERMS } from '../../core/assess/users.ts';
import { NEWER, NOW, OLDER } from '../../fakes/cases.ts';

const keys = [aged(OLDER, 600, 43), aged(NEWER, 90, 0.01)];
const pageOf = (...users: Parameters<typeof assess>[0]) =>
  reportPage(reportOf(assess(users, TERMS, NOW), { account: '123456789012', denied: [], fullIds: false }));

describe('report.html', () => {
  it('says first that it is internal, runs no script and loads nothing', () => {
    const page = pageOf(surveyed('ci', keys));
    expect(page.split('\n')[1]).toContain('internal');
    expect(page).not.toMatch(/<script|<link|<img|\bsrc=|\bhref=|url\(|@import|https?:/);
    expect(page).toContain(`default-src 'none'`);
  });

  it('escapes whatever other people wrote', () => {
    const evil = `"><script>alert(1)</script>'&`;
    const page = pageOf(surveyed(evil, keys, { tags: { Owner: evil } }));
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });

  it('is 200 kB at most for a hundred violations', () => {
    const users = Array.from({ length: 100 }, (_, n) =>
      surveyed(`u${n}-${'x'.repeat(60)}`, keys, { tags: { Owner: `team-${n}` } }),
    );
    expect(Buffer.byteLength(pageOf(...users))).toBeLessThanOrEqual(200_000);
  });

  it('says that there are none, and what was not permitted', () => {
    expect(pageOf()).toContain('There are none.');
    const report = reportOf(assess([], TERMS, NOW), {
      account: '1',
      denied: ['iam:GetUser'],
      fullIds: false,
    });
    expect(reportPage(report)).toContain('not permitted: iam:GetUser');
  });
});
