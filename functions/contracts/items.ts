import * as z from 'zod';
import { caseSchema, instantSchema, originsSchema } from './case-item.ts';
import { DUE_INDEX } from './fixed-names.ts';

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

/** The content of that item. */
export const refreshedSchema = z.object({
  at: instantSchema,
  day: z.iso.date(),
  runs: z.int().nonnegative(),
});

/** Who made keys of a user, kept while no case does. */
export function evidenceKey(account: string, userId: string): ItemKey {
  return { pk: userPartition(account, userId), sk: 'EVIDENCE' };
}

/** The content of that item. */
export const evidenceItemSchema = z.object({ origins: originsSchema });

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

/** Absent attributes mean "not set", so that an operator may write just the one that matters. */
export const controlItemSchema = z.object({
  pauses: z.array(z.strictObject({ from: instantSchema, to: instantSchema.nullable() })).default([]),
  revoked: z.array(z.string()).default([]),
});

const keyIdSchema = z.string().regex(/^\w{16,128}$/);

/** What `approve` stored. The longest fields are bounded: this was typed by somebody on the internet. */
export const requestItemSchema = z.object({
  request: z.strictObject({
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    at: instantSchema,
    payload: z.string().max(1024),
    proof: z.string().regex(/^[0-9a-f]{64}$/),
    ask: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('keep'),
        keep: keyIdSchema,
        off: z.array(keyIdSchema).max(100),
        acknowledged: z.array(keyIdSchema).max(100),
      }),
      z.strictObject({ kind: z.literal('restore'), keys: z.array(keyIdSchema).min(1).max(100) }),
      z.strictObject({ kind: z.literal('confirm'), keys: z.array(keyIdSchema).min(1).max(100) }),
    ]),
  }),
});

function padded(count: number): string {
  return String(count).padStart(6, '0');
}
