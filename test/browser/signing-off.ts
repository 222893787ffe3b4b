import { sha256 } from '../../functions/core/model/digest.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import { STATEMENT_REFUSALS } from '../../functions/core/signoff/judge.ts';
import type { Noted } from '../../functions/core/signoff/noted.ts';
import type { Stated } from '../../functions/core/signoff/state.ts';
import { typedDigest, typedText } from '../../functions/core/signoff/typed.ts';
import { ACCOUNT, NOW, USER_ID } from '../fakes/cases.ts';
import { aReport, aReportRow } from '../fakes/report.ts';
import { aSignOffFile } from '../fakes/sign-offs.ts';
import { aConcern, aSignOff, settling, stated, WORRY } from '../fakes/statements.ts';
import { type Change, COMMENT, LONGEST_NAME, type Setup } from './situations.ts';

const openCase = { number: 3, opened: plus(NOW, -DAY), phase: 'grace', openBefore: false } as const;

/** The user of every concern, with a key that can be reactivated. */
const IN_GRACE = aReportRow({
  userId: USER_ID,
  openCase,
  pending: [{ keyId: '…3QXK', why: 'grace', until: plus(NOW, 5 * DAY) }],
  next: 'grace',
});

/** The report with users in every state, each with an id. */
const REPORT = aReport({
  anchor: 412,
  rows: [
    IN_GRACE,
    ...aReport()
      .rows.slice(2, 9)
      .map((row, n) => ({ ...row, userId: `AIDA${String(n).padStart(17, '0')}` })),
  ],
});

const SHA = sha256(JSON.stringify(REPORT));

const only = (row: Parameters<typeof aReportRow>[0]) =>
  aReport({ anchor: 412, rows: [aReportRow({ userId: USER_ID, ...row })] });

const LONG = {
  impact: COMMENT,
  remediation: COMMENT,
  owner: 'x'.repeat(80),
  ticket: 'https://evil.example.com/x',
};

/** Three concerns: one with the longest words, one that is overdue, and one whose words were erased. */
const THREE_CONCERNS: readonly Stated[] = [
  stated(405, aConcern({ userName: LONGEST_NAME, textDigest: typedDigest(LONG) }), {
    digest: '5'.repeat(64),
  }),
  stated(406, aConcern({ target: '2026-11-20' }), { digest: '6'.repeat(64), by: 'platform-lead' }),
  stated(409, aConcern({ keyEnd: null, userName: 'etl' }), { digest: '9'.repeat(64) }),
];

const OVERDUE = { due: plus(NOW, -3 * DAY), asked: true };

/** The state of sign-offs after these statements, with the words of the concerns. */
function after(more: Parameters<typeof aSignOffFile>[0], ...all: readonly Stated[]): Change {
  return (world) => {
    world.reports.state = aSignOffFile(more, ...all);
    const kept = (digest: string, words: typeof WORRY) =>
      world.stated.kept.set(`${ACCOUNT}/${digest}`, { statement: {} as never, typed: typedText(words) });
    kept('5'.repeat(64), LONG);
    kept('6'.repeat(64), WORRY);
    world.stated.kept.set(`${ACCOUNT}/${'9'.repeat(64)}`, {
      statement: {} as never,
      typed: { erased: NOW },
    });
  };
}

const LAST = stated(398, aSignOff(), { at: plus(NOW, -93 * DAY) });
const due = after(OVERDUE, LAST);
/** Somebody with the longest name changed after the report was made. */
const later = [{ userId: USER_ID, userName: LONGEST_NAME, at: NOW }];
const dueWithConcerns = after(
  { ...OVERDUE, later },
  LAST,
  stated(400, aConcern()),
  stated(401, settling(400)),
  ...THREE_CONCERNS,
);

/** The queue takes no message, so a statement is stored and not handed on. */
const away =
  (change: Change): Change =>
  (world) => {
    change(world);
    world.statementWakes.broken = true;
    world.mailLinks.broken = true;
  };

const DIGEST = 'd'.repeat(64);

/** The outcome of a statement that was given before. */
function outcome(noted: Noted | null): Setup {
  const change: Change = (world) => {
    due(world);
    if (noted !== null) {
      world.stated.outcomes.set(`${ACCOUNT}/${DIGEST}`, noted);
    }
  };
  return { report: REPORT, change, query: () => `?stated=${DIGEST}` };
}

const concernPage = (row: Parameters<typeof aReportRow>[0]): Setup => ({
  report: only(row),
  change: due,
  query: () => `?concern=${USER_ID}`,
});

const CHECK = { step: 'check', comment: '' };
const SIGN = { step: 'sign-off', verdict: 'accepted', comment: '', account: 'prod-payments' };
const CONCERN = { step: 'concern', user: USER_ID, key: '3QXK', target: '2026-12-24', ...WORRY };

/** Reports with sign-offs and concerns, and the pages that answer their forms, by name. */
export const SIGNING_OFF: Readonly<Record<string, Setup>> = {
  'sign-off: due': { report: REPORT, change: due },
  'sign-off: due for the first time': { report: REPORT, change: after(OVERDUE) },
  'sign-off: due, three concerns': { report: REPORT, change: dueWithConcerns },
  'sign-off: not due': { report: REPORT, change: after({}, LAST) },
  'sign-off: not due, three concerns': { report: REPORT, change: after({}, LAST, ...THREE_CONCERNS) },
  'sign-off: no file yet': { report: REPORT },
  'sign-off: an old report': { report: { ...REPORT, at: plus(NOW, -9 * DAY) }, change: due },
  'sign-off: check, accepted': { report: REPORT, change: due, post: { ...CHECK, verdict: 'accepted' } },
  'sign-off: check, with concerns': {
    report: REPORT,
    change: dueWithConcerns,
    post: { ...CHECK, verdict: 'accepted-with-concerns' },
  },
  'sign-off: check, not accepted': {
    report: REPORT,
    change: due,
    post: { ...CHECK, verdict: 'not-accepted' },
  },
  'sign-off: check, a long name of the account': {
    report: REPORT,
    change: dueWithConcerns,
    policy: { accountName: 'x'.repeat(40) },
    post: { ...CHECK, verdict: 'not-accepted' },
  },
  'sign-off: check, somebody else was faster': {
    report: REPORT,
    change: after(OVERDUE, stated(411, aSignOff(), { by: 'platform-lead', reportSha256: SHA })),
    post: { ...CHECK, verdict: 'accepted' },
  },
  'sign-off: no verdict (422)': { report: REPORT, change: due, post: CHECK },
  'sign-off: every mistake (422)': {
    report: REPORT,
    change: due,
    post: { ...SIGN, verdict: 'not-accepted', account: 'prod' },
  },
  'sign-off: a concern was recorded meanwhile (422)': {
    report: REPORT,
    change: dueWithConcerns,
    post: { ...SIGN, comment: COMMENT },
  },
  'sign-off: the report has changed (409)': {
    report: REPORT,
    change: due,
    post: { ...SIGN, comment: COMMENT, report: 'f'.repeat(64) },
  },
  'sign-off: the report is old (409)': {
    report: { ...REPORT, at: plus(NOW, -9 * DAY) },
    change: due,
    post: { ...SIGN, comment: COMMENT },
  },
  'sign-off: the link has expired (410)': { report: REPORT, expired: true },
  'sign-off: the link has expired meanwhile (410)': {
    report: REPORT,
    expired: true,
    post: { ...SIGN, comment: COMMENT },
  },
  'sign-off: there is none (409)': { report: REPORT, post: SIGN },
  'sign-off: stored, but not handed on': { report: REPORT, change: away(due), post: SIGN },
  'sign-off: waiting': outcome(null),
  'sign-off: recorded': outcome({ entry: 413, at: NOW }),
  ...Object.fromEntries(
    STATEMENT_REFUSALS.map((refused) => [`sign-off: ${refused} (409)`, outcome({ refused, at: NOW })]),
  ),
  'concern: a key in its grace period': { report: REPORT, change: due, query: () => `?concern=${USER_ID}` },
  'concern: a deleted key': concernPage({}),
  'concern: nothing': concernPage({ count: 'none', active: [], remaining: null, closedAt: null }),
  'concern: two active keys': concernPage({ count: 'more', active: ['…MPLE', '…3QXK'], remaining: null }),
  'concern: not read': concernPage({ count: 'unknown', active: [], remaining: null }),
  'concern: a user who is gone, with the longest name': concernPage({
    userName: LONGEST_NAME,
    count: 'gone',
    active: [],
  }),
  'concern: every mistake (422)': {
    report: REPORT,
    change: due,
    post: { ...CONCERN, ...LONG, impact: '', owner: 'y'.repeat(200), key: 'whole', target: '2026-11-22' },
  },
  'concern: the user is not in the report (409)': {
    report: REPORT,
    change: due,
    post: { ...CONCERN, ...LONG, user: 'AIDAOTHER' },
  },
  'concern: the link has expired meanwhile (410)': {
    report: REPORT,
    expired: true,
    post: { ...CONCERN, ...LONG, target: 'next week' },
  },
  'concern: stored, but not handed on': { report: REPORT, change: away(due), post: CONCERN },
  'concern: the link is mailed': { report: REPORT, change: due, post: { mail: 'row', user: USER_ID } },
  'concern: the link could not be mailed': {
    report: REPORT,
    change: away(due),
    post: { mail: 'row', user: USER_ID },
  },
  'concern: no key to reactivate any more (409)': {
    report: only({}),
    change: due,
    post: { mail: 'row', user: USER_ID },
  },
  'settle: the form': { report: REPORT, change: dueWithConcerns, query: () => '?settle=405' },
  'settle: nothing typed (422)': {
    report: REPORT,
    change: dueWithConcerns,
    post: { step: 'settle', concern: '406', done: ' ' },
  },
  'settle: settled before (409)': {
    report: REPORT,
    change: dueWithConcerns,
    post: { step: 'settle', concern: '400', done: COMMENT },
  },
};
