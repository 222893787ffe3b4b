/**
 * The promise to auditors' programs: validation.json as it stands in the records bucket. `npm run schemas` makes the JSON Schema
 * of it, and `records` reads the last validation with it.
 */
import * as z from 'zod';
import type { Validation } from '../core/validation/validation.ts';
import { instantSchema } from './case-item.ts';
import type { Same } from './stored.ts';

const count = z.int().nonnegative();

const remaining = z.object({
  verdict: z.enum(['ok', 'other-key', 'none', 'several', 'not-read', 'gone']),
  caseNumber: z.int().positive(),
  decidedAt: instantSchema,
  closedAt: instantSchema,
  expected: z.array(z.string()),
  active: z.array(z.string()),
  createdSince: z.boolean(),
  lastUsed: instantSchema.nullable(),
  lastUsedKnown: z.boolean(),
});

export const openCase = z.object({
  number: z.int().positive().nullable(),
  opened: instantSchema.nullable(),
  phase: z
    .enum([
      'rotating',
      'awaiting-decision',
      'exception',
      'approved',
      'grace',
      'awaiting-confirmation',
      'deleting',
      'held',
      'excluded',
      'closed',
    ])
    .nullable(),
  openBefore: z.boolean(),
});

export const pendingKey = z.object({
  keyId: z.string(),
  why: z.enum([
    'to-deactivate',
    'paused',
    'held',
    'excluded',
    'undecided',
    'deleting',
    'confirmation',
    'never',
    'put-off',
    'grace',
    'due',
  ]),
  since: instantSchema.nullable(),
  until: instantSchema.nullable(),
});

const movedKey = z.object({
  keyId: z.string(),
  verdict: z.enum(['taken-over', 'partly', 'not-seen', 'not-looked-up', 'none-kept', 'several-kept']),
  at: instantSchema.nullable(),
});

export const user = z.object({
  userId: z.string().nullable(),
  userName: z.string(),
  count: z.enum(['none', 'one', 'more', 'unknown', 'gone']),
  active: z.array(z.string()),
  read: z.enum(['live', 'report', 'unread']),
  asOf: instantSchema.nullable(),
  owner: z.string().nullable(),
  privileged: z.boolean().nullable(),
  automation: z.boolean().nullable(),
  excluded: z.enum(['name', 'tag']).nullable(),
  observed: z.boolean(),
  createdSince: z.boolean(),
  renamedFrom: z.string().nullable(),
  openCase: openCase.nullable(),
  remaining: remaining.nullable(),
  pending: z.array(pendingKey),
  takeOver: z.array(movedKey),
  doubts: z.array(
    z.enum([
      'not-read',
      'older-facts',
      'too-old',
      'after-list',
      'no-ids',
      'before-closing',
      'history',
      'unread-case',
    ]),
  ),
  next: z
    .enum([
      'rotating',
      'awaiting-decision',
      'exception',
      'approved',
      'grace',
      'awaiting-confirmation',
      'deleting',
      'held',
      'excluded',
      'no-case',
      'unread-case',
      'observed',
      'read',
      'verify',
      'compare',
      'replaced',
    ])
    .nullable(),
});

export const totals = z.object({
  users: count,
  counts: z.object({ none: count, one: count, more: count, unknown: count, gone: count }),
  fine: count,
  doubtful: count,
  sources: z.object({ live: count, report: count, unread: count }),
  remaining: z.object({
    ok: count,
    'other-key': count,
    none: count,
    several: count,
    'not-read': count,
    gone: count,
  }),
  openCases: count,
  pendingKeys: count,
  excluded: count,
  observed: count,
  createdSince: count,
  renamed: count,
});

const validation = z.object({
  schema: z.int().positive(),
  account: z.string(),
  at: instantSchema,
  takenAt: instantSchema,
  listedAt: instantSchema,
  reportOf: instantSchema,
  previousAt: instantSchema.nullable(),
  totals,
  users: z.array(user),
});

/** validation.json. Does not compile if the core's validation has another field or value. */
export const validationSchema: Same<z.infer<typeof validation>, Validation> extends true
  ? z.ZodType<Validation>
  : never = validation;

/** The part of the last validation that the next one needs. It is read from what any release wrote, so unknown fields are left. */
export const previousValidationSchema = z.object({
  at: instantSchema,
  users: z.array(z.object({ userId: z.string().nullable(), userName: z.string(), count: z.string() })),
});
