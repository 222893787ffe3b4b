/** The objects of the inventory's bucket that are read again. */
import * as z from 'zod';
import { instantSchema } from './case-item.ts';

/** One turn of the background reading. */
export const turnReadSchema = z.object({
  turn: z.int().nonnegative(),
  asOf: instantSchema,
  users: z.array(
    z.object({
      arn: z.string(),
      created: instantSchema,
      asOf: instantSchema,
      keys: z.array(
        z.object({
          id: z.string(),
          status: z.enum(['Active', 'Inactive', 'Expired']),
          created: instantSchema,
        }),
      ),
    }),
  ),
});

/** The pointer to the latest inventory. */
export const latestSchema = z.object({
  takenAt: instantSchema,
  /** Absent in pointers of releases before 0.11.0. */
  ordered: instantSchema.nullable().default(null),
});
