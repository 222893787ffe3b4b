import * as z from 'zod';
import type { ReportRow } from '../core/config/survey.ts';
import { PRIVILEGE_NOT_READ } from '../core/inventory/privilege.ts';
import { CREDENTIALS_NOT_READ, type SurveyedUser, slotId } from '../core/inventory/surveyed.ts';
import type { LastUsed, ObservedKey } from '../core/model/observation.ts';
import { type Instant, instantOf } from '../core/model/time.ts';

/** The name in the root user's row, which is not an IAM user. */
const ROOT = '<root_account>';

/** Documented in capitals, but sent in lower case (fact credential-report). */
const truth = z.string().transform((told) => told.toLowerCase() === 'true');

const rowSchema = z.object({
  user: z.string().min(1),
  arn: z.string().min(1),
  user_creation_time: z.string().refine((told) => !Number.isNaN(Date.parse(told))),
  access_key_1_active: truth,
  access_key_2_active: truth,
  password_enabled: z.string().default(''),
  cert_1_active: truth.optional(),
  cert_2_active: truth.optional(),
  ...columns('access_key_1'),
  ...columns('access_key_2'),
  /** The creation time of a key (fact credential-report), `N/A` if there is none. */
  access_key_1_last_rotated: z.string(),
  access_key_2_last_rotated: z.string(),
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
  return {
    arn: row.arn,
    created: wholeSecond(Date.parse(row.user_creation_time)),
    slots: keysIn(row).map(({ created, status, lastUsed }) => ({
      created,
      active: status === 'Active',
      lastUsed,
    })),
    console: passwordIn(row),
    certificates: certificatesIn(row),
    more: saysMore(row.additional_credentials_info),
  };
}

/** True if there are keys beyond the two columns; null if this report does not say. */
function saysMore(further: string | undefined): boolean | null {
  return further === undefined ? null : !/^(|N\/A|no_information)$/i.test(further);
}

/** The columns of a row that hold more than the counts. Every text but a time, a service or a Region stands for "nothing". */
const detailsSchema = rowSchema.extend({
  ...columns('access_key_1'),
  ...columns('access_key_2'),
});

function columns<Key extends 'access_key_1' | 'access_key_2'>(key: Key) {
  const text = z.string().default('N/A');
  return {
    [`${key}_last_rotated`]: text,
    [`${key}_last_used_date`]: text,
    [`${key}_last_used_region`]: text,
    [`${key}_last_used_service`]: text,
  } as Record<`${Key}_last_${'rotated' | 'used_date' | 'used_region' | 'used_service'}`, typeof text>;
}

/**
 * The user in a row of a report that IAM generated at `asOf`, with keys by their columns, because the report has no key
 * ids. A user of whom it shows at most one active key, and says that there are more keys, is `unread`.
 * Null for root's row and for an unreadable one. "Last rotated" is the creation of a key (fact credential-report).
 */
export function reportedUser(record: Readonly<Record<string, string>>, asOf: Instant): SurveyedUser | null {
  const parsed = detailsSchema.safeParse(record);
  if (!parsed.success || parsed.data.user === ROOT) {
    return null;
  }
  const row = parsed.data;
  const created = wholeSecond(Date.parse(row.user_creation_time));
  const keys = keysIn(row);
  const shown = keys.filter(({ status }) => status === 'Active').length;
  // Any of the keys beyond the two columns may be active.
  const unknown = shown <= 1 && saysMore(row.additional_credentials_info) === true;
  const [, path = '/'] = /:user(\/(?:.*\/)?)[^/]+$/.exec(row.arn) ?? [];
  return {
    userId: null,
    userName: row.user,
    path,
    arn: row.arn,
    created,
    tags: null,
    console: passwordIn(row),
    privilege: PRIVILEGE_NOT_READ,
    otherCredentials: { ...CREDENTIALS_NOT_READ, certificates: certificatesIn(row) },
    ...(unknown ? { how: 'unread', keys: [], asOf: null } : { how: 'report', keys, asOf }),
  };
}

/** The keys in both columns, by the column's name instead of an id. */
function keysIn(row: z.infer<typeof rowSchema>): ObservedKey[] {
  return ([1, 2] as const).flatMap((column) => {
    const active = row[`access_key_${column}_active`];
    const since = Date.parse(row[`access_key_${column}_last_rotated`]);
    // A key without a time is as old as it can be.
    const created = Number.isNaN(since) ? Date.parse(row.user_creation_time) : since;
    return active || !Number.isNaN(since)
      ? [
          {
            id: slotId(column),
            status: active ? 'Active' : 'Inactive',
            created: wholeSecond(created),
            lastUsed: lastUseIn(row, column),
          },
        ]
      : [];
  });
}

/** True if the user has a console password; null if the report says neither. */
function passwordIn({ password_enabled }: z.infer<typeof rowSchema>): boolean | null {
  const told = password_enabled.toLowerCase();
  return told === 'true' ? true : told === 'false' ? false : null;
}

/** The number of active signing certificates; null if the report has no columns for them. */
function certificatesIn({
  cert_1_active: first,
  cert_2_active: second,
}: z.infer<typeof rowSchema>): number | null {
  return first === undefined || second === undefined ? null : Number(first) + Number(second);
}

function lastUseIn(row: z.infer<typeof rowSchema>, column: 1 | 2): LastUsed {
  const at = Date.parse(row[`access_key_${column}_last_used_date`]);
  return Number.isNaN(at)
    ? { kind: 'never' }
    : {
        kind: 'used',
        at: wholeSecond(at),
        service: row[`access_key_${column}_last_used_service`],
        region: row[`access_key_${column}_last_used_region`],
      };
}

/**
 * An instant without the fraction of a second. IAM's times have a resolution of one second, and fractions in its
 * answers vary from call to call.
 */
export function wholeSecond(epochMillis: number): string {
  return instantOf(Math.floor(epochMillis / 1000) * 1000);
}
