/** The report of a validation three weeks after a first run in an old account. */
import { addressMark, type NewReportClaim } from '../../functions/core/case/requests.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { DAY, HOUR, MINUTE, plus } from '../../functions/core/model/time.ts';
import { SIGN_OFF_SCHEMA, type SignOffFile } from '../../functions/core/signoff/file.ts';
import { BANDS, type Band } from '../../functions/core/validation/bands.ts';
import { REPORT_SCHEMA, type Report } from '../../functions/core/validation/report.ts';
import { reportReply } from '../../functions/web/report/reply.ts';
import { ACCOUNT, NOW, picturePolicy } from './asked.ts';

const DAYS = 21;
const ANCHOR = 412;

const inBands = (counts: Partial<Readonly<Record<Band, number>>>): Report['ages'] =>
  Object.fromEntries(BANDS.map((band) => [band, counts[band] ?? 0])) as Report['ages'];

function exampleReport(): Report {
  return {
    schema: REPORT_SCHEMA,
    account: ACCOUNT,
    at: plus(NOW, -5 * MINUTE),
    takenAt: plus(NOW, -10 * MINUTE),
    reportOf: plus(NOW, -2 * HOUR),
    totals: {
      users: 312,
      counts: { none: 8, one: 300, more: 4, unknown: 0, gone: 2 },
      fine: 308,
      doubtful: 0,
      sources: { live: 34, report: 278, unread: 0 },
      remaining: { ok: 26, 'other-key': 0, none: 0, several: 0, 'not-read': 0, gone: 2 },
      openCases: 5,
      pendingKeys: 3,
      excluded: 1,
      observed: 0,
      createdSince: 0,
      renamed: 0,
    },
    points: Array.from({ length: DAYS + 1 }, (_, day) => {
      const left = Math.max(4, 30 - Math.round(day * 1.7));
      return { at: plus(NOW, (day - DAYS) * DAY), none: 8, one: 304 - left, more: left, unknown: 0 };
    }),
    ages: inBands({ 3: 2, 7: 2, 14: 1 }),
    toDecide: { bands: inBands({ 1: 19, 3: 6, 7: 3 }), medianDays: 0.7 },
    toDelete: { bands: inBands({ 14: 24 }), medianDays: 8.1 },
    owners: [
      { owner: 'payments', users: 41, more: 2, unknown: 0, openCases: 3 },
      { owner: 'data-platform', users: 27, more: 1, unknown: 0, openCases: 1 },
      { owner: null, users: 118, more: 1, unknown: 0, openCases: 1 },
    ],
    others: 9,
    rows: [],
  };
}

/** The first sign-off waits since today. */
function exampleSignOff({ at, takenAt }: Report): SignOffFile {
  return {
    schema: SIGN_OFF_SCHEMA,
    account: ACCOUNT,
    due: plus(NOW, -HOUR),
    asked: true,
    since: plus(NOW, -DAYS * DAY),
    report: { anchor: ANCHOR, at, takenAt, everybody: true },
    last: null,
    open: [],
    settled: 0,
    later: [],
    changed: {
      since: null,
      users: 28,
      privileged: ['break-glass-root'],
      automation: ['batch-export', 'ci-deploy'],
      keys: { deactivated: 31, deleted: 24, reactivated: 3, atLeast: false },
    },
  };
}

/** The page of that report, as approvers see it. */
export async function pictureReport(): Promise<string> {
  const { policy, recipient } = picturePolicy();
  const report = exampleReport();
  const claim: NewReportClaim = {
    scope: 'report',
    account: ACCOUNT,
    recipient: recipient.id,
    address: addressMark(recipient.email),
    purpose: 'report',
    expires: plus(NOW, 8 * DAY),
  };
  const shown = {
    kind: 'report',
    visitor: { approver: recipient, claim },
    report,
    seen: { anchor: ANCHOR, reportSha256: sha256(JSON.stringify(report)) },
    signOff: exampleSignOff(report),
    words: new Map(),
  } as const;
  const { body } = reportReply(shown, 1, { policy, now: NOW, mailsLinks: true });
  return String(await body);
}
