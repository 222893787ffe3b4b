import { describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import type { SignOffFile } from '../../../functions/core/signoff/file.ts';
import { nextSignOffFile, type SignOffInput } from '../../../functions/core/signoff/next-file.ts';
import { ACCOUNT, NOW } from '../../fakes/cases.ts';
import { aConcern, aSignOff, settling, stated } from '../../fakes/statements.ts';

const REPORT = { anchor: 9, at: NOW, takenAt: NOW, everybody: true };
const CHANGED = { since: null, users: 2, privileged: ['admin'], automation: [] };

function next(more: Partial<SignOffInput> = {}): SignOffFile {
  const input = { account: ACCOUNT, now: NOW, every: 90 * DAY, first: plus(NOW, -100 * DAY), stated: [] };
  return nextSignOffFile({ ...input, summary: [], judged: null, before: null, ...more });
}

/** A report with changes, which keeps the moments since which it was asked. */
function judgedReport(asked: (string | null)[] = []) {
  const changedSince = (since: string | null) => {
    asked.push(since);
    return CHANGED;
  };
  return { report: REPORT, changedSince };
}

describe('the state of sign-offs', () => {
  it('is empty at first, and asks nobody without a report', () => {
    expect(next()).toEqual({
      schema: 1,
      account: ACCOUNT,
      due: plus(NOW, -10 * DAY),
      asked: false,
      since: plus(NOW, -100 * DAY),
      report: null,
      last: null,
      open: [],
      settled: 0,
      changed: { since: null, users: 0, privileged: [], automation: [] },
      later: [],
    });
  });

  it('has the latest report and what changed since the last accepted sign-off', () => {
    const asked: (string | null)[] = [];
    expect(next({ judged: judgedReport(asked) })).toMatchObject({
      report: REPORT,
      changed: CHANGED,
      asked: true,
    });
    const at = plus(NOW, -5 * DAY);
    const all = [
      stated(1, aSignOff(), { at }),
      stated(2, aSignOff({ verdict: 'not-accepted' }), { anchor: 8 }),
    ];
    next({ judged: judgedReport(asked), stated: all });
    expect(asked).toEqual([null, at]);
  });

  it('keeps report and changes until the next report, but has no changes right after a sign-off', () => {
    const before = next({ judged: judgedReport() });
    expect(next({ before })).toEqual(before);
    const after = next({ before, stated: [stated(1, aSignOff(), { anchor: 9 })] });
    expect(after).toMatchObject({
      report: REPORT,
      changed: { users: 0 },
      asked: false,
      due: plus(NOW, 90 * DAY),
    });
  });

  it('keeps the changes after a sign-off that did not accept them', () => {
    const before = next({ judged: judgedReport() });
    const refused = stated(1, aSignOff({ verdict: 'not-accepted' }), { anchor: 9 });
    expect(next({ before, stated: [refused] })).toMatchObject({ changed: CHANGED, last: { number: 1 } });
  });

  it('has the users who changed after the facts of the latest report', () => {
    const none = { deactivated: [], restored: [], deleted: [], changedByOthers: [], closedAt: null };
    const opened = { ...none, userId: 'AIDA1', userName: 'ci-deploy', openedAt: plus(NOW, DAY) };
    const later = [{ userId: 'AIDA1', userName: 'ci-deploy', at: plus(NOW, DAY) }];
    expect(next({ summary: [opened] }).later).toEqual([]);
    const before = next({ summary: [opened], judged: judgedReport() });
    expect(before.later).toEqual(later);
    expect(next({ before }).later).toEqual(later);
  });

  it('counts the first sign-off from one moment, whatever is said later', () => {
    const before = next();
    expect(next({ before, first: NOW })).toEqual(before);
  });

  it('has the open concerns, and how many are settled', () => {
    const all = [stated(1, aConcern()), stated(2, aConcern()), stated(3, settling(1))];
    expect(next({ stated: all })).toMatchObject({ open: [{ number: 2, settled: null }], settled: 1 });
  });
});
