/** Inventories, records and validations for tests. */
import type { InventoryRow, RowKey } from '../../../functions/core/inventory/row.ts';
import { inventoryRow } from '../../../functions/core/inventory/row.ts';
import type { SurveyedUser } from '../../../functions/core/inventory/surveyed.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import type { Remediated } from '../../../functions/core/records/remediated.ts';
import type { ValidatedUser } from '../../../functions/core/validation/validated-user.ts';
import { type ToValidate, type Validation, validate } from '../../../functions/core/validation/validation.ts';
import { ACCOUNT, NEWER, NOW, newer, older, POLICY } from '../../fakes/cases.ts';
import { surveyed } from '../assess/users.ts';

/** The inventory was taken ten minutes ago, its list five minutes before, and its credential report is four hours old. */
export const TAKEN = plus(NOW, -10 * MINUTE);
export const LISTED = plus(NOW, -15 * MINUTE);
export const REPORT_OF = plus(NOW, -4 * HOUR);

/** The id of a user in these tests. */
export const idOf = (userName: string) => `AIDA${userName.toUpperCase()}`;

/** The row of a user as an inventory has it: read live, unless said otherwise. */
export function aRow(
  userName: string,
  keys: readonly ObservedKey[],
  more: Partial<SurveyedUser> = {},
): InventoryRow {
  const user = surveyed(userName, keys, { asOf: TAKEN, ...more });
  return inventoryRow(user, { account: ACCOUNT, owner: null, fullIds: true, usage: new Map() });
}

/** A user with one key, with two, without any. */
export const one = (userName = 'ci', more: Partial<SurveyedUser> = {}) => aRow(userName, [newer()], more);
export const two = (userName = 'ci', more: Partial<SurveyedUser> = {}) =>
  aRow(userName, [newer(), older()], more);
export const none = (userName = 'ci', more: Partial<SurveyedUser> = {}) => aRow(userName, [], more);

/** A user of whom only the credential report is known. */
export const REPORTED = { how: 'report', asOf: REPORT_OF } as const satisfies Partial<SurveyedUser>;
/** A user of whom nothing is known. */
export const UNREAD = { how: 'unread', keys: [], asOf: null } as const satisfies Partial<SurveyedUser>;

/** The record of a user whose newer key was kept; the case closed an hour ago. */
export function aRecord(userName: string, more: Partial<Remediated> = {}): Remediated {
  return {
    userId: idOf(userName),
    userName,
    caseNumber: 3,
    expectedActive: [NEWER],
    decidedAt: plus(NOW, -8 * DAY),
    closedAt: plus(NOW, -HOUR),
    closedAs: 'remediated',
    ...more,
  };
}

/** The validation of these users, an hour after the one before. */
export function judged(
  rows: readonly InventoryRow[],
  more: Partial<Omit<ToValidate, 'inventory'>> = {},
): Validation {
  return validate({
    account: ACCOUNT,
    at: NOW,
    inventory: { takenAt: TAKEN, listedAt: LISTED, reportOf: REPORT_OF, rows },
    remediated: [],
    cases: [],
    usage: new Map(),
    unvouched: [],
    policy: POLICY,
    control: UNRESTRICTED,
    previous: null,
    ...more,
  });
}

/** The first user of the validation of these. */
export function firstOf(...given: Parameters<typeof judged>): ValidatedUser {
  const [first] = judged(...given).users;
  if (first === undefined) {
    throw new Error('There is nobody in this validation.');
  }
  return first;
}

/** The key of a row, changed. */
export function withKey(row: InventoryRow, changed: Partial<RowKey>): InventoryRow {
  return { ...row, keys: row.keys.map((key) => ({ ...key, ...changed })) };
}
