/** The fields of events from AWS, each read by itself, because AWS changes its events without notice. */
import * as z from 'zod';
import { instantOf } from '../core/model/time.ts';

/** After a successful call, users and keys have names that IAM accepts. */
export const name = z.string().regex(/^[\w+=,.@-]{1,128}$/);
export const keyId = z.string().regex(/^\w{16,128}$/);
export const status = z.enum(['Active', 'Inactive']);
export const text = z.string();
export const accountId = text.regex(/^\d{12}$/);
/** CloudTrail writes ISO 8601 in UTC; in any other format it might be misread, so it is not used as evidence. */
export const time = text
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  .refine((value) => !Number.isNaN(Date.parse(value)))
  .transform((value) => instantOf(Date.parse(value)));

/** Reads fields by their paths. A field that is absent is null, and one that cannot be read is null and noted. */
export function fieldsOf(detail: unknown) {
  const odd = new Set<string>();
  const read = <T>(path: string, schema: z.ZodType<T>): T | null => {
    let value = detail;
    const names = path.split('.');
    for (const [index, field] of names.entries()) {
      if (typeof value !== 'object' || Array.isArray(value)) {
        odd.add(names.slice(0, index).join('.'));
        return null;
      }
      value = (value as Readonly<Record<string, unknown>>)[field];
      if (value == null) {
        return null;
      }
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      odd.add(path);
    }
    return parsed.success ? parsed.data : null;
  };
  return { odd, read };
}
