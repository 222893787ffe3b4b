/** The report as `records` leaves it in its bucket, for the page. Unknown fields of a newer release are left out. */
import * as z from 'zod';
import type { Report } from '../core/validation/report.ts';
import { instantSchema } from './case-item.ts';
import type { Same } from './stored.ts';
import { openCase, pendingKey, totals, user } from './validation.ts';

const count = z.int().nonnegative();

const bands = z.object({ 1: count, 3: count, 7: count, 14: count, 30: count, 90: count, more: count });

const took = z.object({ bands, medianDays: z.number().nullable() });

const row = z.object({
  ...user.omit({ userId: true, createdSince: true, remaining: true, pending: true, takeOver: true }).shape,
  userId: z.string().exactOptional(),
  openCase: openCase.nullable(),
  remaining: z.enum(['ok', 'other-key', 'none', 'several', 'not-read', 'gone']).nullable(),
  closedAt: instantSchema.nullable(),
  lastUsed: instantSchema.nullable(),
  pending: z.array(pendingKey.omit({ since: true })),
  takeOver: z.array(
    z.object({
      keyId: z.string(),
      verdict: z.enum(['taken-over', 'partly', 'not-seen', 'not-looked-up', 'none-kept', 'several-kept']),
    }),
  ),
});

const report = z.object({
  schema: z.int().positive(),
  account: z.string(),
  anchor: z.int().positive().exactOptional(),
  at: instantSchema,
  takenAt: instantSchema,
  reportOf: instantSchema,
  totals,
  points: z.array(z.object({ at: instantSchema, none: count, one: count, more: count, unknown: count })),
  ages: bands,
  toDecide: took,
  toDelete: took,
  owners: z.array(
    z.object({
      owner: z.string().nullable(),
      users: count,
      more: count,
      unknown: count,
      openCases: count,
    }),
  ),
  others: count,
  rows: z.array(row),
});

/** The report. Does not compile if the core's has another field or value. */
export const reportSchema: Same<z.infer<typeof report>, Report> extends true ? z.ZodType<Report> : never =
  report;
