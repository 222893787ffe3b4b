/** Reads all IAM users of an account and the keys of those for whom the credential report is not enough. */
import { type IAMClient, IAMServiceException, paginateListUsers } from '@aws-sdk/client-iam';
import { iamReader } from '../../functions/adapters/iam.ts';
import { type RawReport, readAccountDetails, readReport } from '../../functions/adapters/survey.ts';
import { type IamReader, Unreadable } from '../../functions/app/ports.ts';
import { readingAgain, readingUsers, type UserReading } from '../../functions/app/survey/read-user.ts';
import type { AccountDetails } from '../../functions/contracts/account-details.ts';
import { reportedUser, wholeSecond } from '../../functions/contracts/credential-report.ts';
import type { ListedUser } from '../../functions/core/config/survey.ts';
import { PRIVILEGE_NOT_READ, type Privilege, privilegeOf } from '../../functions/core/inventory/privilege.ts';
import { CREDENTIALS_NOT_READ, isRead, type SurveyedUser } from '../../functions/core/inventory/surveyed.ts';
import { isViolation } from '../../functions/core/model/compliance.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { NoAssessment } from './trouble.ts';

/** The result of a survey. `denied` are the IAM actions without permission, so that some of it is missing. */
export interface Survey {
  readonly users: readonly SurveyedUser[];
  readonly denied: readonly Denied[];
}

export type Denied = (typeof ACTIONS)[number];

/** Every IAM action that an assessment makes use of: nothing but reads. */
export const ACTIONS = [
  'iam:GetAccountAuthorizationDetails',
  'iam:ListUsers',
  'iam:GenerateCredentialReport',
  'iam:GetCredentialReport',
  'iam:GetUser',
  'iam:ListAccessKeys',
  'iam:GetAccessKeyLastUsed',
] as const;

export interface SurveyOptions {
  /** True if every user is read one by one, and not only those for whom the report is not enough. */
  readonly full: boolean;
  readonly now: () => Instant;
  readonly pause: (seconds: number) => Promise<void>;
  /** Progress, for people who wait. */
  readonly say: (line: string) => void;
}

/**
 * Surveys the account of these credentials. Facts that are not permitted are left out, and the action is named. Throws
 * NoAssessment if there is no permission to list users in any way; every other error is thrown as it comes.
 */
export async function survey(iam: IAMClient, options: SurveyOptions): Promise<Survey> {
  const denied = new Set<Denied>();
  const { say, pause } = options;
  say('Reading the credential report ...');
  const report = await permitted(denied, 'iam:GenerateCredentialReport', () => readReport(iam, pause));
  say('Reading the list of users ...');
  const { listed, details } = await list(iam, denied);
  const reported = report === null ? [] : surveyOf(report.records, report.generated);
  if (listed === null) {
    if (report === null) {
      throw new NoAssessment(
        `These credentials have no permission to list users: ${[...denied].join(', ')}. See npm run assess -- --policy.`,
      );
    }
    return { users: reported, denied: [...denied] };
  }
  const rows = new Map(reported.map((user) => [user.arn, user]));
  // Another user may have had the same name, so the creation time must match as well.
  const rowOf = ({ arn, created }: ListedUser) => {
    const row = rows.get(arn);
    return row?.created === created ? row : undefined;
  };
  const wanted = listed.filter((user) => options.full || needsReading(rowOf(user)));
  say(`${listed.length} users; reading ${wanted.length} of them one by one ...`);
  const read = await readEach(iam, wanted, options, denied);
  const privileges = privilegesIn(details);
  const surveyed = (user: ListedUser): SurveyedUser[] => {
    const reading = read.get(user.userId);
    const known = rowOf(user);
    const about = {
      ...user,
      tags: details === null ? null : user.tags,
      console: known?.console ?? null,
      privilege: privileges.get(user.userId) ?? PRIVILEGE_NOT_READ,
      otherCredentials: known?.otherCredentials ?? CREDENTIALS_NOT_READ,
    };
    switch (reading?.found) {
      case 'gone':
        return [];
      case 'keys':
        return [{ ...about, how: 'live', keys: reading.keys, asOf: reading.began }];
      case 'missing':
      case 'unread':
      case undefined:
        return [known === undefined ? { ...about, ...UNREAD } : { ...known, ...about }];
    }
  };
  return { users: listed.flatMap(surveyed), denied: [...denied] };
}

/** Nothing is known about these keys, not even from the report. */
const UNREAD = { how: 'unread', keys: [], asOf: null } as const;

/** The report is not enough for a user it does not have, or with several active keys, or with keys that it does not show. */
function needsReading(row: SurveyedUser | undefined): boolean {
  return row === undefined || !isRead(row.how) || isViolation(row.keys);
}

interface List {
  readonly listed: readonly ListedUser[] | null;
  /** Null if tags and policies were not permitted. */
  readonly details: AccountDetails | null;
}

/** All users with their tags and policies; without permission for that, from the plain list; null without either. */
async function list(iam: IAMClient, denied: Set<Denied>): Promise<List> {
  const details = await permitted(denied, 'iam:GetAccountAuthorizationDetails', () =>
    readAccountDetails(iam),
  );
  return details === null
    ? { listed: await permitted(denied, 'iam:ListUsers', () => plainList(iam)), details }
    : { listed: details.users.map(({ permissions: _, ...user }) => user), details };
}

/** By UserId. */
function privilegesIn(details: AccountDetails | null): ReadonlyMap<string, Privilege> {
  return new Map(details?.users.map((user) => [user.userId, privilegeOf(user, details.policies)]) ?? []);
}

async function plainList(iam: IAMClient): Promise<ListedUser[]> {
  const users: ListedUser[] = [];
  for await (const page of paginateListUsers({ client: iam, pageSize: 1000 }, {})) {
    for (const { UserId, UserName, Path = '/', Arn, CreateDate } of page.Users ?? []) {
      if (UserId === undefined || UserName === undefined || Arn === undefined || CreateDate === undefined) {
        throw new Error('IAM listed a user without id, name, ARN or time.');
      }
      const created = wholeSecond(CreateDate.getTime());
      users.push({ userId: UserId, userName: UserName, path: Path, arn: Arn, created, tags: {} });
    }
  }
  return users;
}

async function readEach(
  iam: IAMClient,
  users: readonly ListedUser[],
  { now, say }: SurveyOptions,
  denied: Set<Denied>,
): Promise<Map<string, UserReading>> {
  const reader = noting(iamReader(iam), denied);
  const census = { users: async () => [...((await list(iam, denied)).listed ?? [])] };
  const world = { iam: reader, census, clock: { now } };
  const found = new Map<string, UserReading>();
  for (let from = 0; from < users.length; from += GROUP) {
    const group = users.slice(from, from + GROUP);
    for (const reading of await readingUsers(world)(group)) {
      found.set(reading.user.userId, reading);
    }
    if (users.length > GROUP) {
      say(`${Math.min(from + GROUP, users.length)} of ${users.length} users read`);
    }
  }
  const missing = [...found.values()].filter((one) => one.found === 'missing').map(({ user }) => user);
  if (missing.length > 0) {
    for (const reading of await readingAgain(world)(missing)) {
      found.set(reading.user.userId, reading);
    }
  }
  return found;
}

/** Number of users after which progress is told. */
const GROUP = 100;

/** Notes the actions without permission and leaves everything else as it is. */
function noting(reader: IamReader, denied: Set<Denied>): Pick<IamReader, 'user' | 'keys' | 'lastUsed'> {
  const noted = async <Found>(reading: Promise<Found>): Promise<Found> => {
    try {
      return await reading;
    } catch (error) {
      const action = ACTIONS.find((one) => error instanceof Unreadable && one === `iam:${error.call}`);
      if (action !== undefined && (error as Unreadable).why === 'denied') {
        denied.add(action);
      }
      throw error;
    }
  };
  return {
    user: (name) => noted(reader.user(name)),
    keys: (name) => noted(reader.keys(name)),
    lastUsed: (keyId) => noted(reader.lastUsed(keyId)),
  };
}

/** The result; null, with the action noted, if there is no permission. */
async function permitted<Found>(
  denied: Set<Denied>,
  action: Denied,
  read: () => Promise<Found>,
): Promise<Found | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof IAMServiceException && /^AccessDenied/.test(error.name)) {
      const [named] = /iam:\w+/.exec(error.message) ?? [];
      denied.add(ACTIONS.find((one) => one === named) ?? action);
      return null;
    }
    throw error;
  }
}

/** The account as the credential report alone shows it. */
export function surveyOf(records: RawReport['records'], asOf: Instant): readonly SurveyedUser[] {
  return records.flatMap((record) => reportedUser(record, asOf) ?? []);
}
