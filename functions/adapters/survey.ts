import {
  CredentialReportExpiredException,
  CredentialReportNotPresentException,
  CredentialReportNotReadyException,
  type EntityType,
  GenerateCredentialReportCommand,
  type GetAccountAuthorizationDetailsCommandOutput,
  GetCredentialReportCommand,
  type IAMClient,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam';
import { parse } from 'csv-parse/sync';
import type { SurveyTaker } from '../app/config-ports.ts';
import {
  type AccountDetails,
  accountPolicies,
  detailedUser,
  listedUser,
  type RawGroup,
  type RawPolicy,
} from '../contracts/account-details.ts';
import { reportRow } from '../contracts/credential-report.ts';
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
      const users: ListedUser[] = [];
      for await (const page of authorizationDetails(iam, ['User'])) {
        if (page.UserDetailList === undefined) {
          throw new Error(CUT);
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

/**
 * All users with their policies, and those of their groups. The policies that AWS manages are not asked for: the few that
 * matter are known by name (functions/core/inventory/aws-managed.ts), and their documents would multiply the answer.
 */
export async function readAccountDetails(iam: IAMClient): Promise<AccountDetails> {
  const users: AccountDetails['users'][number][] = [];
  const groups: RawGroup[] = [];
  const policies: RawPolicy[] = [];
  for await (const page of authorizationDetails(iam, ['User', 'Group', 'LocalManagedPolicy'])) {
    if (
      page.UserDetailList === undefined &&
      page.GroupDetailList === undefined &&
      page.Policies === undefined
    ) {
      throw new Error(CUT);
    }
    users.push(...(page.UserDetailList ?? []).map(detailedUser));
    groups.push(...(page.GroupDetailList ?? []));
    policies.push(...(page.Policies ?? []));
  }
  return { users, policies: accountPolicies(groups, policies) };
}

const CUT = 'IAM cut its list of users off without saying where it goes on.';

/** The pages of the answer. Throws if one says that there are more, but not where. */
async function* authorizationDetails(
  iam: IAMClient,
  Filter: EntityType[],
): AsyncGenerator<GetAccountAuthorizationDetailsCommandOutput> {
  for await (const page of paginateGetAccountAuthorizationDetails(
    { client: iam, pageSize: PAGE },
    { Filter },
  )) {
    if (page.IsTruncated === true && (page.Marker ?? '') === '') {
      throw new Error(CUT);
    }
    yield page;
  }
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
