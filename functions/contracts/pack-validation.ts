import * as z from 'zod';
import type { PackValidation } from '../core/records/pack/input.ts';
import { instantSchema } from './case-item.ts';

const schema = z.object({
  at: instantSchema,
  takenAt: instantSchema,
  listedAt: instantSchema,
  reportOf: instantSchema,
  totals: z.object({ sources: z.record(z.string(), z.number()) }),
  users: z.array(
    z.object({
      userId: z.string().nullable(),
      userName: z.string(),
      count: z.string(),
      active: z.array(z.string()),
      read: z.string(),
      asOf: instantSchema.nullable(),
      doubts: z.array(z.string()),
    }),
  ),
});

/** The parts of a validation, of any release, of which a pack says something; null if it cannot be read. */
export function readPackValidation(content: unknown): Omit<PackValidation, 'anchor' | 'files'> | null {
  const found = schema.safeParse(content).data;
  if (found === undefined) {
    return null;
  }
  const { totals, ...validation } = found;
  return { ...validation, sources: totals.sources };
}
