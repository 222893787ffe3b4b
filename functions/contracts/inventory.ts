/** The objects of the inventory's bucket that are read again. */
import * as z from 'zod';
import type { InventoryRow } from '../core/inventory/row.ts';
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

/** The manifest of an inventory, and the folder of the latest one. */
export const manifestSchema = z.object({
  takenAt: instantSchema,
  /** Absent in manifests of releases before 0.11.0, which are not judged. */
  listedAt: instantSchema,
  reportOf: instantSchema,
  ordered: instantSchema.nullable().default(null),
  files: z.array(z.object({ name: z.string(), sha256: z.string() })),
});

/** The folder to which the pointer points. */
export const folderSchema = z.object({ folder: z.string().regex(/^inventory\/[\w]+\/$/) });

const rowSchema = z.looseObject({
  userId: z.string().nullable(),
  userName: z.string(),
  read: z.enum(['live', 'report', 'unread']),
  asOf: instantSchema.nullable(),
  activeKeys: z.int().nonnegative(),
  keys: z.array(z.looseObject({ id: z.string(), status: z.enum(['Active', 'Inactive', 'Expired']) })),
});

/** The rows of an inventory that this release, or one with the same fields, wrote; null if one of them is no row. */
export function readInventoryRows(lines: readonly unknown[]): InventoryRow[] | null {
  const rows = z.array(rowSchema).safeParse(lines).data;
  return rows === undefined ? null : (rows as unknown as InventoryRow[]);
}
