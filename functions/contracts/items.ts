import * as z from 'zod';
import type { NameRecord } from '../core/case/under-name.ts';
import type { Refreshed } from '../core/config/refresh.ts';
import type { ToKeep } from '../core/judge/evidence.ts';
import type { Control } from '../core/model/policy.ts';
import { caseSchema, exposedSchema, instantSchema, lastUsedSchema, originsSchema } from './case-item.ts';
import { DUE_INDEX } from './fixed-names.ts';
import { type Same, stored } from './stored.ts';

/** The table's primary key. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** The partition of everything about one user: case, history, decision records. */
export function userPartition(account: string, userId: string): string {
  return `USER#${account}#${userId}`;
}

/** The only case item of a user. */
export function caseKey(account: string, userId: string): ItemKey {
  return { pk: userPartition(account, userId), sk: 'CASE' };
}

/** History entry n. It has nine digits, so that a query reads the entries in order. */
export function historyKey(account: string, userId: string, n: number): ItemKey {
  return { pk: userPartition(account, userId), sk: `HIST#${String(n).padStart(9, '0')}` };
}

/** The hash of the case in a history entry; null if the entry has none. */
export const entryStateSchema = z
  .object({ entry: z.object({ state: z.string().nullable().default(null) }) })
  .transform(({ entry }) => entry.state);

/** The decision record for one question (`asking`) of one case (`number`), kept permanently. */
export function decidedKey(account: string, userId: string, number: number, asking: number): ItemKey {
  return { pk: userPartition(account, userId), sk: `DECIDED#${padded(number)}#${padded(asking)}` };
}

/**
 * A person's request, one per question. It has a partition of its own, because `approve` may only write partition
 * keys that begin with `DECISION#` (dynamodb:LeadingKeys does not cover sort keys).
 */
export function requestKey(account: string, userId: string, digest: string): ItemKey {
  return { pk: `DECISION#${account}#${userId}`, sk: digest };
}

/** The item of a user name. Names are case-insensitive in IAM, so the key is in lower case. */
export function nameKey(account: string, lowerName: string): ItemKey {
  return { pk: `NAME#${account}#${lowerName}`, sk: 'NAME' };
}

/** The number of keys changed in one clock hour (`2026-11-23T14`, UTC) of an account. */
export function budgetKey(account: string, hour: string): ItemKey {
  return { pk: `BUDGET#${account}`, sk: hour };
}

/** The latest requested run of the rule in AWS Config. */
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

/** Creators of a user's keys and those that AWS called exposed, stored while no case can record them. */
export function evidenceKey(account: string, userId: string): ItemKey {
  return { pk: userPartition(account, userId), sk: 'EVIDENCE' };
}

const evidence = z.object({
  origins: originsSchema.exactOptional().catch({}),
  // A part that cannot be read must not hide the other.
  exposed: exposedSchema.exactOptional().catch({ keys: {} }),
});

/** The content of that item. */
export const evidenceItemSchema: Same<z.infer<typeof evidence>, ToKeep> extends true
  ? z.ZodType<ToKeep>
  : never = evidence;

const changeSchema = stored({
  status: z.enum(['Active', 'Inactive', 'Expired', 'Deleted']),
  at: instantSchema,
});

const underName = z
  .object({
    userId: z.string().min(1).nullable().catch(null),
    origins: originsSchema.catch({}),
    exposed: exposedSchema.exactOptional().catch({ keys: {} }),
    events: z.record(z.string(), changeSchema).catch({}),
  })
  .catch({ userId: null, origins: {}, events: {} })
  .transform(({ userId, ...parts }) => ({ holder: userId, ...parts }));

/**
 * The content of that item, also if it does not exist. All of it is a hint or evidence, so a part that cannot be read
 * counts as absent.
 */
export const nameItemSchema: Same<z.infer<typeof underName>, NameRecord> extends true
  ? z.ZodType<NameRecord>
  : never = underName;

/** The mutable part of the settings. */
export const CONTROL_KEY: ItemKey = { pk: 'CONTROL', sk: 'CONTROL' };

const laterUses = stored({
  version: z.int().positive(),
  at: instantSchema,
  uses: z.record(z.string(), lastUsedSchema),
});

/** The attribute with the last uses that were read since the stored version was written. */
export const LATER_USES = 'laterUses';

/** The case with the data that the store needs beside it. */
export const caseItemSchema = z
  .object({
    case: caseSchema,
    /** Same as `case.version`, at the top level, where the condition of a write can refer to it. */
    version: z.int().positive(),
    /** Hash of the latest history entry, which the next one contains as `prev`. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    /** Shard of the due index. Like `wakeAt` it is absent in closed cases, which keeps the index sparse. */
    [DUE_INDEX.shard]: z.string().exactOptional(),
    [DUE_INDEX.at]: instantSchema.exactOptional(),
    /** Number of failed passes in a row. */
    failures: z.int().nonnegative(),
    /** Last uses read since this version was written. They are only shown, so what cannot be read is ignored. */
    [LATER_USES]: laterUses.nullable().default(null).catch(null),
  })
  .refine((item) => item.version === item.case.version, 'version differs from case.version');

export type CaseItem = z.infer<typeof caseItemSchema>;

const control = z.object({
  pauses: z
    .array(stored({ from: instantSchema, to: instantSchema.nullable(), reason: z.string().exactOptional() }))
    .default([]),
  revoked: z.array(z.string()).default([]),
  answersFrom: instantSchema.exactOptional(),
});

/** An absent attribute means "not set", so that an operator may write only the one that matters. */
export const controlItemSchema: Same<z.infer<typeof control>, Omit<Control, 'reached'>> extends true
  ? z.ZodType<Control>
  : never = control;

function padded(count: number): string {
  return String(count).padStart(6, '0');
}
