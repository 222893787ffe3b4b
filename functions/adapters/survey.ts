import {
  CredentialReportExpiredException,
  CredentialReportNotPresentException,
  CredentialReportNotReadyException,
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  type IAMClient,
  paginateGetAccountAuthorizationDetails,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { parse } from 'csv-parse/sync';
import type { SurveyTaker } from '../app/config-ports.ts';
import { reportRow, wholeSecond } from '../contracts/credential-report.ts';
import type { CredentialReport, ListedUser } from '../core/config/survey.ts';
import { type Instant, instantOf } from '../core/model/time.ts';

/**
 * Seconds between checks whether the report is ready, about two minutes in all. For 52 users IAM needed two seconds;
 * for thousands it takes longer, and checking more often does not make it faster.
 */
const REPORT_PAUSES = [1, 2, 4, 8, 15, 20, 20, 25, 25];

/** Maximum page size of GetAccountAuthorizationDetails, which may return fewer. */
const PAGE = 1000;

/** Reads from IAM that return all users in a few calls. */
export function censusTaker(iam: IAMClient, pause: (seconds: number) => Promise<void>): SurveyTaker {
  return {
    async users() {
      const pages = paginateGetAccountAuthorizationDetails(
        { client: iam, pageSize: PAGE },
        { Filter: ['User'] },
      );
      const users: ListedUser[] = [];
      for await (const page of pages) {
        const cut = page.IsTruncated === true && (page.Marker ?? '') === '';
        if (page.UserDetailList === undefined || cut) {
          throw new Error('IAM cut its list of users off without saying where it goes on.');
        }
        users.push(...page.UserDetailList.map(listedUser));
      }
      return users;
    },

    async report() {
      const { generated, records } = await readReport(iam, pause);
      const rows = records.flatMap((record) => reportRow(record) ?? []);
      return { generated, rows: new Map(rows.map((row) => [row.arn, row])) } satisfies CredentialReport;
    },
  };
}

/** The credential report as IAM wrote it: each row by the names in the header. */
export interface RawReport {
  readonly generated: Instant;
  readonly records: readonly Readonly<Record<string, string>>[];
}

/** The rows of a credential report in CSV, by the names in its header. */
export function reportRecords(csv: string | Buffer): Record<string, string>[] {
  return parse(csv, { columns: true, skip_empty_lines: true, relax_column_count: true, bom: true });
}

/** The credential report. Requests a new one if the latest is older than IAM reuses reports (4 h), and waits for it. */
export async function readReport(
  iam: IAMClient,
  pause: (seconds: number) => Promise<void>,
): Promise<RawReport> {
  for (const seconds of [0, ...REPORT_PAUSES]) {
    if (seconds > 0) {
      await pause(seconds);
    }
    const { State } = await iam.send(new GenerateCredentialReportCommand({}));
    const report = State === 'COMPLETE' ? await readyReport(iam) : null;
    if (report !== null) {
      return report;
    }
  }
  throw new Error('IAM made no credential report in two minutes; the next run asks again.');
}

/** The report, if it is ready; null if it has expired or IAM is generating a new one. */
async function readyReport(iam: IAMClient): Promise<RawReport | null> {
  try {
    const { Content, GeneratedTime } = await iam.send(new GetCredentialReportCommand({}));
    if (Content === undefined || GeneratedTime === undefined) {
      throw new Error('IAM gave a credential report without content or time.');
    }
    return {
      generated: instantOf(GeneratedTime.getTime()),
      records: reportRecords(Buffer.from(Content)),
    };
  } catch (error) {
    if (
      error instanceof CredentialReportNotPresentException ||
      error instanceof CredentialReportExpiredException ||
      error instanceof CredentialReportNotReadyException
    ) {
      return null;
    }
    throw error;
  }
}

function listedUser({ UserId, UserName, Path, Arn, CreateDate, Tags }: UserDetail): ListedUser {
  if (UserId === undefined || UserName === undefined || Arn === undefined || CreateDate === undefined) {
    throw new Error('IAM listed a user without id, name, ARN or time.');
  }
  const tags = Object.fromEntries((Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
  const created = wholeSecond(CreateDate.getTime());
  return { userId: UserId, userName: UserName, path: Path ?? '/', arn: Arn, created, tags };
}
