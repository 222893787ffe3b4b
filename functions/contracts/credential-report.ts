import * as z from 'zod';
import type { ReportRow } from '../core/config/survey.ts';
import { instantOf } from '../core/model/time.ts';

/** The name in the root user's row, which is not an IAM user. */
const ROOT = '<root_account>';

/** Documented in capitals, but sent in lower case (fact credential-report). */
const truth = z.string().transform((told) => told.toLowerCase() === 'true');

/** True if there is a key: the column has its creation time, otherwise `N/A`. */
const slot = z.string().transform((told) => !Number.isNaN(Date.parse(told)));

const rowSchema = z.object({
  user: z.string().min(1),
  arn: z.string().min(1),
  user_creation_time: z.string().refine((told) => !Number.isNaN(Date.parse(told))),
  access_key_1_active: truth,
  access_key_1_last_rotated: slot,
  access_key_2_active: truth,
  access_key_2_last_rotated: slot,
  /** Says whether there are keys beyond the two columns. Live reports of 2026 do not have it (fact credential-report). */
  additional_credentials_info: z.string().optional(),
});

/**
 * One row of the credential report, by the names in its header. Null for root's row and for an unreadable one; a user
 * without a row is read individually.
 */
export function reportRow(record: Readonly<Record<string, string>>): ReportRow | null {
  const parsed = rowSchema.safeParse(record);
  if (!parsed.success || parsed.data.user === ROOT) {
    return null;
  }
  const row = parsed.data;
  const further = row.additional_credentials_info;
  const count = (...found: boolean[]) => found.filter(Boolean).length;
  return {
    arn: row.arn,
    created: wholeSecond(Date.parse(row.user_creation_time)),
    keys: count(
      row.access_key_1_last_rotated || row.access_key_1_active,
      row.access_key_2_last_rotated || row.access_key_2_active,
    ),
    active: count(row.access_key_1_active, row.access_key_2_active),
    more: further === undefined ? null : !/^(|N\/A|no_information)$/i.test(further),
  };
}

/**
 * An instant without the fraction of a second. IAM's times have a resolution of one second, and fractions in its
 * answers vary from call to call.
 */
export function wholeSecond(epochMillis: number): string {
  return instantOf(Math.floor(epochMillis / 1000) * 1000);
}
