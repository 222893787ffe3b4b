/** The state of sign-offs as `records` leaves it in its bucket. Unknown fields of a newer release are left out. */
import * as z from 'zod';
import { SIGN_OFF_SCHEMA, type SignOffFile } from '../core/signoff/file.ts';
import { VERDICTS } from '../core/signoff/statement.ts';
import { instantSchema } from './case-item.ts';
import { seenReport } from './statement-item.ts';
import type { Same } from './stored.ts';

const entry = z.int().positive();
const count = z.int().nonnegative();
const recorded = { number: entry, at: instantSchema, by: z.string(), digest: z.string() };

const signOff = z.object({
  ...recorded,
  ...seenReport,
  verdict: z.enum(VERDICTS),
  concerns: z.array(entry),
  textDigest: z.string().nullable(),
  overlooked: z.array(entry),
});

const concern = z.object({
  ...recorded,
  ...seenReport,
  userId: z.string(),
  userName: z.string(),
  keyEnd: z.string().nullable(),
  target: z.string(),
  textDigest: z.string(),
  settled: z.object({ ...recorded, textDigest: z.string() }).nullable(),
});

const file = z.object({
  // A newer layout may mean something else.
  schema: entry.max(SIGN_OFF_SCHEMA),
  account: z.string(),
  due: instantSchema,
  asked: z.boolean(),
  since: instantSchema,
  report: z
    .object({ anchor: entry, at: instantSchema, takenAt: instantSchema, everybody: z.boolean() })
    .nullable(),
  last: signOff.nullable(),
  open: z.array(concern),
  settled: count,
  changed: z.object({
    since: instantSchema.nullable().default(null),
    users: count,
    privileged: z.array(z.string()),
    automation: z.array(z.string()),
    keys: z
      .object({ deactivated: count, deleted: count, reactivated: count, atLeast: z.boolean() })
      .exactOptional(),
  }),
  later: z.array(z.object({ userId: z.string(), userName: z.string(), at: instantSchema })).default([]),
});

/** The state of sign-offs. Does not compile if the core's has another field or value. */
export const signOffFileSchema: Same<z.infer<typeof file>, SignOffFile> extends true
  ? z.ZodType<SignOffFile>
  : never = file;
