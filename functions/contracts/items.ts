import * as z from 'zod';
import type { Case } from '../core/case/case.ts';
import type { Refreshed } from '../core/config/refresh.ts';
import type { Control } from '../core/model/policy.ts';
import { caseSchema, instantSchema, originsSchema } from './case-item.ts';
import { DUE_INDEX } from './fixed-names.ts';
import { type Same, stored } from './stored.ts';

/** The table's primary key. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Everything of one user shares this partition: case, history, decision records. */
export function userPartition(account: string, userId: string): string {
  return `USER#${account}#${userId}`;
}

/** The one case item of a user. */
export function caseKey(account: string, userId: string): ItemKey {
  return { pk: userPartition(account, userId), sk: 'CASE' };
}

/** History entry n. Nine digits, so that a query reads the entries in order. */
export function historyKey(account: string, userId: string, n: number): ItemKey {
  return { pk: userPartition(account, userId), sk: `HIST#${String(n).padStart(9, '0')}` };
}

/** The decision record for one question (`asking`) of one case (`number`); kept for ever. */
export function decidedKey(account: string, userId: string, number: number, asking: number): ItemKey {
  return { pk: userPartition(account, userId), sk: `DECIDED#${padded(number)}#${padded(asking)}` };
}

/**
 * A person's request, one per question. A partition of its own: `approve` may write keys that begin
 * with `DECISION#` and nothing else (dynamodb:LeadingKeys sees the partition key only).
 */
export function requestKey(account: string, userId: string, digest: string): ItemKey {
  return { pk: `DECISION#${account}#${userId}`, sk: digest };
}

/** Who last had a name. Names are case-insensitive in IAM, so the key is in lower case. */
export function nameKey(account: string, lowerName: string): ItemKey {
  return { pk: `NAME#${account}#${lowerName}`, sk: 'NAME' };
}

/** How many keys were changed in one clock hour (`2026-11-23T14`, UTC) of an account. */
export function budgetKey(account: string, hour: string): ItemKey {
  return { pk: `BUDGET#${account}`, sk: hour };
}

/** When AWS Config was last asked to run the rule. */
export function refreshKey(account: string): ItemKey {
  return { pk: `CONFIG#${account}`, sk: 'REFRESH' };
}

const refreshed = z.object({
  at: instantSchema,
  day: z.iso.date(),
  runs: z.int().nonnegative(),
});

/** The content of that item. */
export const refreshedSchema: Same<z.infer<typeof refreshed>, Refreshed> extends true
  ? z.ZodType<Refreshed>
  : never = refreshed;

/** Who made keys of a user, kept while no case does. */
export function evidenceKey(account: string, userId: string): ItemKey {
  return { pk: userPartition(account, userId), sk: 'EVIDENCE' };
}

const evidence = z.object({ origins: originsSchema });

/** The content of that item. */
export const evidenceItemSchema: Same<z.infer<typeof evidence>, Pick<Case, 'origins'>> extends true
  ? z.ZodType<Pick<Case, 'origins'>>
  : never = evidence;

/** Which user last had this name in a case of ours; a hint only, the UserId is checked in IAM. */
export const nameItemSchema = z.object({ userId: z.string().min(1) });

/** The mutable part of the settings. */
export const CONTROL_KEY: ItemKey = { pk: 'CONTROL', sk: 'CONTROL' };

/** The case with what the store needs beside it. */
export const caseItemSchema = z
  .object({
    case: caseSchema,
    /** Same as `case.version`, at the top level so that the condition of a write can be read. */
    version: z.int().positive(),
    /** Hash of the newest history entry: the next one's `prev`. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    /** Shard of the due index; with `wakeAt` absent in closed cases, which keeps the index sparse. */
    [DUE_INDEX.shard]: z.string().exactOptional(),
    [DUE_INDEX.at]: instantSchema.exactOptional(),
    /** How many passes in a row failed. */
    failures: z.int().nonnegative(),
  })
  .refine((item) => item.version === item.case.version, 'version differs from case.version');

export type CaseItem = z.infer<typeof caseItemSchema>;

const control = z.object({
  pauses: z.array(stored({ from: instantSchema, to: instantSchema.nullable() })).default([]),
  revoked: z.array(z.string()).default([]),
});

/** Absent attributes mean "not set", so that an operator may write just the one that matters. */
export const controlItemSchema: Same<z.infer<typeof control>, Control> extends true
  ? z.ZodType<Control>
  : never = control;

function padded(count: number): string {
  return String(count).padStart(6, '0');
}
