import * as z from 'zod';
import { isRegion, MOST_ASKED } from '../core/usage/regions.ts';
import type { UsageQuestion } from '../core/usage/user-usage.ts';
import { instantSchema } from './case-item.ts';
import { type Same, stored } from './stored.ts';

/** Most keys of one message: more than any question of ours has, and little enough for one run. */
const MOST_KEYS = 16;

const question = stored({
  kind: z.literal('usage'),
  account: z.string().regex(/^\d{12}$/),
  userId: z.string().regex(/^\w{1,128}$/),
  keys: z
    .array(
      stored({
        keyId: z.string().regex(/^\w{16,128}$/),
        created: instantSchema,
        ended: instantSchema.exactOptional(),
        regions: z.array(z.string().refine(isRegion)).max(MOST_ASKED),
      }),
    )
    .min(1)
    .max(MOST_KEYS),
}).transform(({ kind: _kind, ...asked }) => asked);

const questionSchema: Same<z.infer<typeof question>, UsageQuestion> extends true
  ? z.ZodType<UsageQuestion>
  : never = question;

/** The text of a question in the usage queue. */
export function questionBody(asked: UsageQuestion): string {
  return JSON.stringify({ kind: 'usage', ...asked });
}

/** The question in a message of the usage queue; null if it is none. Never throws. */
export function parseQuestion(body: string): UsageQuestion | null {
  try {
    return questionSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
