import type { InventoryRow } from '../inventory/row.ts';
import { isRead } from '../inventory/surveyed.ts';
import type { Report } from './report.ts';

/** The differences between two reports, by user. */
export interface Comparison {
  /** Users with several active keys now and not before. */
  readonly appeared: readonly string[];
  /** Users with several active keys before and not now. */
  readonly gone: readonly string[];
  /** Users with several active keys in both, whose active keys are others. */
  readonly changed: readonly string[];
  /** Users with several active keys before who could not be read now, so that nothing is known of them. */
  readonly unknown: readonly string[];
}

type Compared = Pick<Report, 'violations' | 'users'>;

/** Compares a report with an earlier one. Users are the same if their ARN and their creation are. */
export function compared(before: Compared, now: Compared): Comparison {
  const [was, is] = [violating(before), violating(now)];
  const [known, unread] = [identities(was), identities(now.users.filter(({ read }) => !isRead(read)))];
  const still = identities(is);
  const sameAsBefore = new Set(was.map((user) => `${identity(user)} ${activeOf(user)}`));
  const left = was.filter((user) => !still.has(identity(user)));
  return {
    appeared: names(is.filter((user) => !known.has(identity(user)))),
    gone: names(left.filter((user) => !unread.has(identity(user)))),
    changed: names(
      is.filter(
        (user) => known.has(identity(user)) && !sameAsBefore.has(`${identity(user)} ${activeOf(user)}`),
      ),
    ),
    unknown: names(left.filter((user) => unread.has(identity(user)))),
  };
}

const names = (users: readonly InventoryRow[]) => users.map(({ userName }) => userName);

function violating({ violations, users }: Compared): InventoryRow[] {
  const arns = new Set(violations.map(({ arn }) => arn));
  return users.filter(({ arn }) => arns.has(arn));
}

const identity = ({ arn, created }: InventoryRow) => `${arn} ${created}`;
const identities = (users: readonly InventoryRow[]) => new Set(users.map(identity));

/**
 * The active keys by what both reports know of them: their creation. Ids may be whole in one and short in the other, or
 * unknown.
 */
function activeOf({ keys }: InventoryRow): string {
  return keys
    .filter(({ status }) => status === 'Active')
    .map(({ created }) => created.slice(0, 19))
    .sort()
    .join();
}
