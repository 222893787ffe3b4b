import * as z from 'zod';
import type { LiveOrder } from '../core/validation/order.ts';
import { instantSchema } from './case-item.ts';
import type { Same } from './stored.ts';

const schema = z.object({
  schema: z.int().positive(),
  at: instantSchema,
  users: z.union([z.literal('everybody'), z.array(z.string())]),
});

/** The order for live readings, as `records` leaves it in its bucket. */
export const liveOrderSchema: Same<z.infer<typeof schema>, LiveOrder> extends true
  ? z.ZodType<LiveOrder>
  : never = schema;
