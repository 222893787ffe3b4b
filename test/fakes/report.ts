import type { ReportReader } from '../../functions/app/report-ports.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { DAY, HOUR, MINUTE, plus } from '../../functions/core/model/time.ts';
import type { SignOffFile } from '../../functions/core/signoff/file.ts';
import type { Report } from '../../functions/core/validation/report.ts';
import type { ReportRow } from '../../functions/core/validation/report-row.ts';
import { ACCOUNT, NOW } from './cases.ts';

/** The report in memory; none at first. */
export interface MemoryReports extends ReportReader {
  current: Report | null;
  state: SignOffFile | null;
}

export function memoryReports(): MemoryReports {
  const reports: MemoryReports = {
    current: null,
    state: null,
    latest: async () =>
      reports.current === null
        ? null
        : { report: reports.current, sha256: sha256(JSON.stringify(reports.current)) },
    signOff: async () => reports.state,
  };
  return reports;
}

/** A user on the page of a report: remediated, with the key that was decided. */
export function aReportRow(more: Partial<ReportRow> = {}): ReportRow {
  return {
    userName: 'ci-deploy',
    count: 'one',
    active: ['…MPLE'],
    read: 'live',
    asOf: plus(NOW, -10 * MINUTE),
    owner: 'payments',
    privileged: false,
    automation: true,
    excluded: null,
    observed: false,
    renamedFrom: null,
    openCase: null,
    remaining: 'ok',
    closedAt: plus(NOW, -DAY),
    lastUsed: plus(NOW, -HOUR),
    pending: [],
    takeOver: [],
    doubts: [],
    next: null,
    ...more,
  };
}

const NO_CASES = { 1: 0, 3: 0, 7: 0, 14: 0, 30: 0, 90: 0, more: 0 };

/** The report about 5,000 users, of whom three have several keys, after three weeks. */
export function aReport(more: Partial<Report> = {}): Report {
  const counts = { none: 29, one: 4_966, more: 3, unknown: 2, gone: 1 };
  return {
    schema: 1,
    account: ACCOUNT,
    at: plus(NOW, -5 * MINUTE),
    takenAt: plus(NOW, -10 * MINUTE),
    reportOf: plus(NOW, -4 * HOUR),
    totals: {
      users: 5_000,
      counts,
      fine: 4_993,
      doubtful: 2,
      sources: { live: 130, report: 4_868, unread: 2 },
      remaining: { ok: 93, 'other-key': 1, none: 0, several: 0, 'not-read': 1, gone: 1 },
      openCases: 12,
      pendingKeys: 9,
      excluded: 1,
      observed: 0,
      createdSince: 2,
      renamed: 1,
    },
    points: Array.from({ length: 22 }, (_, n) => ({
      at: plus(NOW, (n - 21) * DAY),
      none: 29,
      one: 4_870 + Math.round((n * 96) / 21),
      more: 98 - Math.round(n * 4.52),
      unknown: n % 7 === 3 ? 9 : 2,
    })),
    ages: { ...NO_CASES, 1: 2, 7: 4, 14: 5, 90: 1 },
    toDecide: { bands: { ...NO_CASES, 1: 61, 3: 22, 7: 9, 14: 4 }, medianDays: 0.8 },
    toDelete: { bands: { ...NO_CASES, 14: 80, 30: 6 }, medianDays: 8.1 },
    owners: [
      { owner: 'payments', users: 212, more: 2, unknown: 0, openCases: 7 },
      { owner: 'data-platform', users: 96, more: 1, unknown: 2, openCases: 1 },
      { owner: null, users: 1_804, more: 0, unknown: 0, openCases: 4 },
      { owner: 'web', users: 640, more: 0, unknown: 0, openCases: 0 },
    ],
    others: 31,
    rows: ROWS,
    ...more,
  };
}

const openCase = { number: 3, opened: plus(NOW, -9 * DAY), phase: 'grace', openBefore: true } as const;
const nothing = { remaining: null, closedAt: null, lastUsed: null };
const two = { count: 'more', active: ['…MPLE', '…3QXK'], ...nothing } as const;

/** A user in every state that the page knows. */
const ROWS: readonly ReportRow[] = [
  aReportRow({
    ...two,
    userName: 'break-glass-root',
    owner: null,
    privileged: true,
    automation: null,
    excluded: 'name',
    next: 'excluded',
  }),
  aReportRow({
    ...two,
    userName: 'ci-deploy',
    privileged: true,
    openCase: { ...openCase, phase: 'awaiting-decision', opened: plus(NOW, -HOUR), openBefore: false },
    next: 'awaiting-decision',
  }),
  aReportRow({
    ...two,
    userName: 'batch-export',
    openCase: { ...openCase, phase: 'exception' },
    next: 'exception',
  }),
  aReportRow({
    ...nothing,
    userName: 'dark-horse',
    count: 'unknown',
    active: [],
    read: 'unread',
    asOf: null,
    automation: null,
    privileged: null,
    doubts: ['not-read'],
    next: 'read',
  }),
  aReportRow({
    userName: 'shy',
    count: 'unknown',
    read: 'report',
    asOf: plus(NOW, -4 * HOUR),
    remaining: 'not-read',
    lastUsed: null,
    doubts: ['older-facts'],
    next: 'read',
  }),
  aReportRow({
    userName: 'etl',
    active: ['…R7WZ'],
    remaining: 'other-key',
    lastUsed: null,
    next: 'replaced',
  }),
  aReportRow({
    ...nothing,
    userName: 'report-bot',
    openCase,
    pending: [{ keyId: '…3QXK', why: 'grace', until: plus(NOW, 5 * DAY) }],
    takeOver: [{ keyId: '…3QXK', verdict: 'partly' }],
    next: 'grace',
  }),
  aReportRow({ ...two, userName: 'pilot', observed: true, excluded: 'tag', count: 'one', active: ['…MPLE'] }),
  aReportRow({ userName: 'alice.new', renamedFrom: 'alice', automation: false }),
  aReportRow({ userName: 'left', count: 'gone', active: [], remaining: 'gone', lastUsed: null }),
  aReportRow({ userName: 'all-off', count: 'none', active: [], lastUsed: null }),
];
