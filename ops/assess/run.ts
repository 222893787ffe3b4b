/** `npm run assess`: from its options to its files and its exit code. */
import { readFileSync, statSync } from 'node:fs';
import { usageReader } from '../../functions/adapters/lookup-events.ts';
import { reportRecords } from '../../functions/adapters/survey.ts';
import { type Assessment, assess } from '../../functions/core/assess/assessment.ts';
import { type Report, reportOf } from '../../functions/core/assess/report.ts';
import { type Instant, instantOf, type Seconds } from '../../functions/core/model/time.ts';
import { homeRegion } from '../../functions/core/usage/regions.ts';
import { cloudTrailOf, iamOf, regionOf } from './clients.ts';
import { writeFiles } from './files.ts';
import { type AssessOptions, parseOptions, USAGE } from './options.ts';
import { leastPolicy } from './policy.ts';
import { type Assessed, findings, notes, type Streams, usageFindings } from './print.ts';
import { readSince } from './since.ts';
import { type Survey, survey, surveyOf } from './survey.ts';
import { TERMS } from './terms.ts';
import { assessTrouble, NoAssessment } from './trouble.ts';
import { lookUpUsage, USAGE_ACTION, usersToLookUp } from './usage.ts';

/** The exit codes, which scripts rely on. */
const EXIT = { clean: 0, failed: 1, violations: 2, unknown: 3 } as const;

/** How time passes for the command. Tests have their own. */
export interface Time {
  readonly now: () => Instant;
  readonly pause: (seconds: Seconds) => Promise<void>;
}

const REAL: Time = {
  now: () => instantOf(Date.now()),
  pause: (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)),
};

/** Runs the command and returns its exit code. It never throws. */
export async function runAssess(args: readonly string[], streams: Streams, time = REAL): Promise<number> {
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
    // The operator cannot act on the SDK's warning about future Node versions.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
    const before = options.since === null ? null : readSince(options.since);
    const say = options.quiet ? () => undefined : streams.err;
    const found = await read(options, time, say);
    const assessment = assess(found.users, TERMS, time.now());
    const account = accountOf(found.users.map(({ arn }) => arn));
    const { denied } = found;
    const first = reportOf(assessment, { account, denied, fullIds: options.fullIds });
    // Usage takes up to a minute. If the command is stopped until then, everything else is there.
    writeFiles(options.out, first);
    findings(options, streams, { assessment, report: first, before });
    const report = await withUsage(options, time, say, { assessment, report: first, before }, streams);
    notes(options, streams, report, writeFiles(options.out, report));
    return exitCode(options, assessment);
  } catch (error) {
    streams.err(assessTrouble(error, options.profile));
    return EXIT.failed;
  }
}

/** The report with usage, which is printed. */
async function withUsage(
  options: AssessOptions,
  { now, pause }: Time,
  say: (line: string) => void,
  assessed: Assessed,
  streams: Streams,
): Promise<Report> {
  const { assessment, report: first } = assessed;
  const users = usersToLookUp(assessment, options);
  const reader = usageReader({ client: cloudTrailOf(options), pause, now });
  const home = homeRegion(regionOf(options));
  const { usage, denied } = await lookUpUsage(users, options.usage, { reader, home, now, say });
  const missing = denied ? [...first.denied, USAGE_ACTION] : first.denied;
  const { account } = first;
  const report = reportOf(assessment, { account, denied: missing, fullIds: options.fullIds, usage });
  usageFindings(options, streams, { ...assessed, report }, { users, usage });
  return report;
}

async function read(options: AssessOptions, time: Time, say: (line: string) => void): Promise<Survey> {
  const { credentialReport } = options;
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
  return survey(iamOf(options), { full: options.full, ...time, say });
}

/** The account in the users' ARNs; `unknown` if there are no users. */
function accountOf(arns: readonly string[]): string {
  return arns[0]?.split(':')[4] ?? 'unknown';
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
