import type { SurveyTaker } from '../../functions/app/config-ports.ts';
import type { CredentialReport, ReportRow } from '../../functions/core/config/survey.ts';
import { HOUR, type Instant, plus } from '../../functions/core/model/time.ts';
import type { TrueUser } from './iam.ts';

const MADE: Instant = '2025-01-01T00:00:00.000Z';
const arnOf = ({ path, userName }: TrueUser) => `arn:aws:iam::123456789012:user${path}${userName}`;

/** All users at once, from the memory IAM; the report is made anew only when the one there is four hours old. */
export function memoryCensus(users: ReadonlyMap<string, TrueUser>, clock: { now(): Instant }) {
  /** Runs right after the users were listed, as things happen between two calls. */
  const after = { listing: (): void => undefined };
  /** Whether reports have the column about keys beyond the two slots. */
  const column = { more: true };
  let report: CredentialReport | null = null;
  const census: SurveyTaker = {
    async users() {
      const listed = [...users.values()].map((user) => {
        const { userId, userName, path } = user;
        return { userId, userName, path, arn: arnOf(user), created: MADE, tags: { ...user.tags } };
      });
      after.listing();
      return listed;
    },
    async report() {
      const now = clock.now();
      if (report === null || plus(report.generated, 4 * HOUR) <= now) {
        report = {
          generated: now,
          rows: new Map([...users.values()].map((user) => [arnOf(user), rowOf(user, column.more)])),
        };
      }
      return report;
    },
  };
  return { census, after, column };
}

function rowOf(user: TrueUser, tells: boolean): ReportRow {
  // Two slots by ascending key id; what is beyond is only hinted at.
  const slots = [...user.keys].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, 2);
  return {
    arn: arnOf(user),
    created: MADE,
    slots: slots.map(({ created, status, lastUsed }) => ({ created, active: status === 'Active', lastUsed })),
    console: null,
    certificates: null,
    more: tells ? user.keys.length > slots.length : null,
  };
}
