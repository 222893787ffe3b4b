/** `npm run assess`: what it prints, what it writes, and with which exit code it ends. */
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IAMClient } from '@aws-sdk/client-iam';
import { reportRecords } from '../../functions/adapters/survey.ts';
import { suggestion } from '../../functions/contracts/did-you-mean.ts';
import { durationSeconds, settingsSchema } from '../../functions/contracts/settings.ts';
import { type Assessment, assess } from '../../functions/core/assess/assessment.ts';
import { type Comparison, compared } from '../../functions/core/assess/compare.ts';
import { type Report, reportOf } from '../../functions/core/assess/report.ts';
import { summary, table, totalsLine } from '../../functions/core/assess/screen.ts';
import { explained, privilegeWords } from '../../functions/core/assess/words.ts';
import { jsonText } from '../../functions/core/inventory/lines.ts';
import { isRead } from '../../functions/core/inventory/surveyed.ts';
import { instantOf } from '../../functions/core/model/time.ts';
import { printable } from '../../functions/core/words/words.ts';
import { writeFiles } from './files.ts';
import { type AssessOptions, parseOptions, USAGE } from './options.ts';
import { leastPolicy } from './policy.ts';
import { readSince } from './since.ts';
import { type Survey, survey, surveyOf } from './survey.ts';
import { assessTrouble, NoAssessment } from './trouble.ts';

/** Where the command writes. Data goes to `out`, words and progress to `err`. */
export interface Streams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** The exit codes, which scripts rely on. */
const EXIT = { clean: 0, failed: 1, violations: 2, unknown: 3 } as const;

/** The defaults of the settings that a proposal depends on. */
const TERMS = {
  quietPeriod: durationSeconds(settingsSchema.shape.quietPeriod.parse(undefined)),
  rotationWindow: durationSeconds(settingsSchema.shape.rotationWindow.parse(undefined)),
};

/** Runs the command and returns its exit code. It never throws. */
export async function runAssess(args: readonly string[], streams: Streams): Promise<number> {
  const parsed = parseOptions(args);
  if ('problem' in parsed) {
    streams.err(parsed.problem);
    return EXIT.failed;
  }
  if ('show' in parsed) {
    streams.out(parsed.show === 'help' ? USAGE : leastPolicy());
    return EXIT.clean;
  }
  const { options } = parsed;
  try {
    const before = options.since === null ? null : readSince(options.since);
    const found = await read(options, options.quiet ? () => undefined : streams.err);
    const assessment = assess(found.users, TERMS, instantOf(Date.now()));
    const account = accountOf(found.users.map(({ arn }) => arn));
    const report = reportOf(assessment, { account, denied: found.denied, fullIds: options.fullIds });
    const files = writeFiles(options.out, report);
    say(options, streams, assessment, report, before);
    notes(options, streams, report, files);
    return exitCode(options, assessment);
  } catch (error) {
    streams.err(assessTrouble(error, options.profile));
    return EXIT.failed;
  }
}

async function read(options: AssessOptions, say: (line: string) => void): Promise<Survey> {
  const { credentialReport } = options;
  const now = () => instantOf(Date.now());
  if (credentialReport !== null) {
    const records = reportRecords(readFileSync(credentialReport));
    // The file does not say when IAM generated it.
    const users = surveyOf(records, instantOf(statSync(credentialReport).mtimeMs));
    if (records.length === 0 || !('access_key_1_active' in (records[0] ?? {}))) {
      throw new NoAssessment(
        `${credentialReport} is not a credential report of IAM: it has no column access_key_1_active.`,
      );
    }
    return { users, denied: [] };
  }
  // The operator cannot act on the SDK's warning about future Node versions.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const { profile, region, endpointUrl } = options;
  const iam = new IAMClient({
    region: region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1',
    retryMode: 'adaptive',
    maxAttempts: 8,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    ...(profile === null ? {} : { profile }),
    ...(endpointUrl === null ? {} : { endpoint: endpointUrl }),
  });
  const pause = (seconds: number) => new Promise<void>((done) => setTimeout(done, seconds * 1000));
  return survey(iam, { full: options.full, now, pause, say });
}

/** The account in the users' ARNs; `unknown` if there are no users. */
function accountOf(arns: readonly string[]): string {
  return arns[0]?.split(':')[4] ?? 'unknown';
}

function say(
  options: AssessOptions,
  { out }: Streams,
  assessment: Assessment,
  report: Report,
  before: Report | null,
): void {
  const { explain, json, quiet } = options;
  const changes = before === null ? [] : ['', ...changeLines(compared(before, report))];
  if (explain !== null) {
    out(explanation(explain, assessment).join('\n'));
  } else if (json) {
    out(jsonText(report, 2));
  } else if (quiet) {
    out(totalsLine(assessment.totals));
  } else {
    const rows = table(assessment);
    out([...rows, ...(rows.length === 0 ? [] : ['']), ...summary(assessment), ...changes].join('\n'));
  }
}

/** The last lines on stderr: what is missing, and what to do next. */
function notes(
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

/** Finds a user by name, whatever its letter case, as IAM does. */
function explanation(wanted: string, { violators, users, takenAt }: Assessment): string[] {
  const same = (name: string) => name.toLowerCase() === wanted.toLowerCase();
  const violator = violators.find(({ user }) => same(user.userName));
  if (violator !== undefined) {
    return [`IAM user ${printable(violator.user.userName, 64)}`, ...explained(violator, takenAt)];
  }
  const user = users.find(({ userName }) => same(userName));
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

function exitCode({ failOn }: AssessOptions, { totals }: Assessment): number {
  if (failOn === 'never') {
    return EXIT.clean;
  }
  if (totals.several > 0) {
    return EXIT.violations;
  }
  return failOn === 'unknown' && totals.unread > 0 ? EXIT.unknown : EXIT.clean;
}
