import * as z from 'zod';
import type { ClosedAs } from '../core/case/case.ts';
import type { Carried } from '../core/records/anchor.ts';
import type { CarriedContent } from '../core/records/carried.ts';
import type { Remediated } from '../core/records/remediated.ts';
import type { RecordedTimes } from '../core/records/times.ts';
import { instantSchema } from './case-item.ts';
import { type Same, stored } from './stored.ts';
import { previousValidationSchema } from './validation.ts';

const CLOSED_AS = [
  'remediated',
  'by-owner',
  'by-restore',
  'user-gone',
  'deactivated',
] as const satisfies readonly ClosedAs[];

const remediated = stored({
  userId: z.string(),
  userName: z.string(),
  caseNumber: z.int().positive(),
  expectedActive: z.array(z.string()),
  decidedAt: instantSchema,
  closedAt: instantSchema,
  closedAs: z.enum(CLOSED_AS),
});

const remediatedSchema: Same<z.infer<typeof remediated>, Remediated> extends true
  ? z.ZodType<Remediated>
  : never = remediated;

const times = stored({
  userId: z.string(),
  caseNumber: z.int().positive(),
  opened: instantSchema,
  decided: instantSchema.nullable(),
  deleted: instantSchema.nullable(),
  keys: stored({
    deactivated: z.array(instantSchema),
    deleted: z.array(instantSchema),
    reactivated: z.array(instantSchema),
  }).exactOptional(),
});

const timesSchema: Same<z.infer<typeof times>, RecordedTimes> extends true
  ? z.ZodType<RecordedTimes>
  : never = times;

const count = z.int().nonnegative();

/** The points alone: a report of another release may have other fields. */
const formerReport = z.object({
  points: z.array(z.object({ at: instantSchema, none: count, one: count, more: count, unknown: count })),
});

const READ: { readonly [Kind in Carried]: (text: string) => CarriedContent[Kind] | null } = {
  settings: jsonOf,
  validation: (text) => previousValidationSchema.safeParse(jsonOf(text)).data ?? null,
  report: (text) => formerReport.safeParse(jsonOf(text)).data ?? null,
  remediated: (text) => z.array(remediatedSchema).safeParse(linesOf(text)).data ?? null,
  times: (text) => z.array(timesSchema).safeParse(linesOf(text)).data ?? null,
};

/** The content of such a file; null if it cannot be read. */
export function readCarried<Kind extends Carried>(kind: Kind, text: string): CarriedContent[Kind] | null {
  return READ[kind](text);
}

function linesOf(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(jsonOf);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
