/** The output of an assessment: the table first, then the usage of keys, then what to do next. */
import { join, resolve } from 'node:path';
import { suggestion } from '../../functions/contracts/did-you-mean.ts';
import type { Assessment, Violator } from '../../functions/core/assess/assessment.ts';
import { type Comparison, compared } from '../../functions/core/assess/compare.ts';
import type { Report } from '../../functions/core/assess/report.ts';
import { summary, table, totalsLine } from '../../functions/core/assess/screen.ts';
import { type UsageByKey, usageExplained, usageTable } from '../../functions/core/assess/usage.ts';
import { explained, privilegeWords } from '../../functions/core/assess/words.ts';
import { jsonText } from '../../functions/core/inventory/lines.ts';
import { isRead, type SurveyedUser } from '../../functions/core/inventory/surveyed.ts';
import { printable } from '../../functions/core/words/words.ts';
import type { AssessOptions } from './options.ts';
import { NoAssessment } from './trouble.ts';

/** Where the command writes. Data goes to `out`, words and progress to `err`. */
export interface Streams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** An assessment with its report, and an earlier report to compare with. */
export interface Assessed {
  readonly assessment: Assessment;
  readonly report: Report;
  readonly before: Report | null;
}

/** Prints what is known without usage. With `--json` nothing is printed before the report is complete. */
export function findings(
  { explain, json, quiet }: AssessOptions,
  { out }: Streams,
  { assessment, report, before }: Assessed,
): void {
  const changes = before === null ? [] : ['', ...changeLines(compared(before, report))];
  if (explain !== null) {
    out(explanation(explain, assessment).join('\n'));
  } else if (quiet && !json) {
    out(totalsLine(assessment.totals));
  } else if (!json) {
    const rows = table(assessment);
    out([...rows, ...(rows.length === 0 ? [] : ['']), ...summary(assessment), ...changes].join('\n'));
  }
}

/** The users whose keys were to be looked up, and what was found. */
export interface LookedUp {
  readonly users: readonly Violator[];
  readonly usage: UsageByKey;
}

/** Prints the usage below everything else; with `--json` the report, which has it. */
export function usageFindings(
  { explain, json, quiet }: AssessOptions,
  { out }: Streams,
  { assessment, report }: Assessed,
  { users, usage }: LookedUp,
): void {
  const now = assessment.takenAt;
  if (explain !== null) {
    const wanted = users.filter(({ user }) => isCalled(user, explain));
    const lines = wanted.flatMap((one) => usageExplained(one, usage, now));
    if (lines.length > 0) {
      out(lines.join('\n'));
    }
  } else if (json) {
    out(jsonText(report, 2));
  } else if (!quiet && users.length > 0) {
    out(['', ...usageTable(users, usage, now)].join('\n'));
  }
}

/** The last lines on stderr: what is missing, and what to do next. */
export function notes(
  { out, quiet, credentialReport }: AssessOptions,
  { err }: Streams,
  { denied, totals }: Report,
  files: readonly string[],
): void {
  if (denied.length > 0) {
    err(
      `Not permitted, so something may be missing: ${denied.join(', ')}. This prints what is needed: npm run assess -- --policy`,
    );
  }
  if (quiet) {
    return;
  }
  if (credentialReport !== null) {
    err('The report has no key ids, and is as old as its file. It shows at most two keys of a user.');
  }
  err(`Files, for your eyes only: ${resolve(out)} (${files.join(', ')})`);
  if (totals.several > 0) {
    err(`Later, to see what changed: npm run assess -- --since ${join(out, 'report.json')} --out ${out}-2`);
    err(
      'Next, to have your approvers asked: "Deploy it in six steps" in README.md; begin with mode "observe".',
    );
  }
}

/** IAM compares names without regard to letter case. */
const isCalled = ({ userName }: Pick<SurveyedUser, 'userName'>, wanted: string) =>
  userName.toLowerCase() === wanted.toLowerCase();

function explanation(wanted: string, { violators, users, takenAt }: Assessment): string[] {
  const violator = violators.find(({ user }) => isCalled(user, wanted));
  if (violator !== undefined) {
    return [`IAM user ${printable(violator.user.userName, 64)}`, ...explained(violator, takenAt)];
  }
  const user = users.find((one) => isCalled(one, wanted));
  if (user === undefined) {
    const names = users.map(({ userName }) => printable(userName, 64));
    throw new NoAssessment(`There is no IAM user "${printable(wanted, 64)}".${suggestion(wanted, names)}`);
  }
  const name = printable(user.userName, 64);
  return !isRead(user.how)
    ? [`IAM user ${name} could not be read, so nothing is known about their keys.`]
    : [`IAM user ${name} has at most one active key: there is nothing to choose.`, privilegeWords(user)];
}

const CHANGES = {
  appeared: 'new',
  gone: 'gone',
  changed: 'with other active keys',
  unknown: 'could not be read now',
} as const satisfies Record<keyof Comparison, string>;

function changeLines(comparison: Comparison): string[] {
  const lines = (Object.keys(CHANGES) as (keyof Comparison)[]).flatMap((what) => {
    const names = comparison[what].map((name) => printable(name, 64));
    return names.length === 0 ? [] : [`  ${CHANGES[what]} (${names.length}): ${names.join(', ')}`];
  });
  return lines.length === 0
    ? ['Since the earlier report: the same users with the same active keys.']
    : ['Since the earlier report:', ...lines];
}
