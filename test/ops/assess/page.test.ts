import { describe, expect, it } from 'vitest';
import { assess } from '../../../functions/core/assess/assessment.ts';
import { reportOf } from '../../../functions/core/assess/report.ts';
import { reportPage } from '../../../ops/assess/page.ts';
import { aged, surveyed, TERMS } from '../../core/assess/users.ts';
import { NEWER, NOW, OLDER } from '../../fakes/cases.ts';

const keys = [aged(OLDER, 600, 43), aged(NEWER, 90, 0.01)];
const pageOf = (...users: Parameters<typeof assess>[0]) =>
  reportPage(reportOf(assess(users, TERMS, NOW), { account: '123456789012', denied: [], fullIds: false }));

const PRIVILEGED = {
  kind: 'can-become',
  by: [
    {
      policy: 'x'.repeat(128),
      kind: 'inline',
      group: 'y'.repeat(128),
      scope: 'some',
      actions: ['iam:PutUserPolicy'],
    },
  ],
} as const;

describe('report.html', () => {
  it('says first that it is internal, runs no script and loads nothing', () => {
    const page = pageOf(surveyed('ci', keys));
    expect(page.split('\n')[1]).toContain('internal');
    expect(page).not.toMatch(/<script|<link|<img|\bsrc=|\bhref=|url\(|@import|https?:/);
    expect(page).toContain(`default-src 'none'`);
  });

  it('escapes whatever other people wrote', () => {
    const evil = `"><script>alert(1)</script>'&`;
    const by = [{ policy: evil, kind: 'inline', group: evil, scope: 'iam', actions: [] }] as const;
    const privilege = { kind: 'administrator', by } as const;
    const page = pageOf(surveyed(evil, keys, { tags: { Owner: evil }, privilege }));
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });

  it('says who is an administrator, and by which policy', () => {
    const by = [{ policy: 'all', kind: 'inline', group: 'ops', scope: 'iam', actions: [] }] as const;
    const page = pageOf(surveyed('root', keys, { privilege: { kind: 'administrator', by } }));
    expect(page).toContain('<strong>administrator</strong>');
    expect(page).toContain('inline policy all through group ops (every action in IAM)');
    expect(page).toContain('1 user is an administrator. 1 of them has more than one active key.');
    expect(pageOf(surveyed('ci', keys))).not.toContain('<strong>');
  });

  it('is 200 kB at most for a hundred violations', () => {
    const users = Array.from({ length: 100 }, (_, n) =>
      surveyed(`u${n}-${'x'.repeat(60)}`, keys, { tags: { Owner: `team-${n}` }, privilege: PRIVILEGED }),
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
