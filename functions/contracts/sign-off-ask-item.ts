import * as z from 'zod';
import type { LeftSignOff } from '../core/signoff/ask.ts';
import { aboutKey } from './about-item.ts';
import { instantSchema } from './case-item.ts';
import type { ItemKey } from './items.ts';
import { type Same, stored } from './stored.ts';

/** The state of sign-offs as the survey stores it, which may write no other partition. No id of a user is like this. */
export function signOffAskKey(account: string): ItemKey {
  return { ...aboutKey(account, 'SIGNOFF'), sk: 'SIGNOFF' };
}

const count = z.int().nonnegative();

const ask = stored({
  asked: z.boolean(),
  due: instantSchema,
  changed: stored({
    since: instantSchema.nullable().default(null),
    users: count,
    privileged: z.array(z.string()),
    automation: z.array(z.string()),
    keys: stored({
      deactivated: count,
      deleted: count,
      reactivated: count,
      atLeast: z.boolean(),
    }).exactOptional(),
  }),
  open: count,
  overdue: count,
  firstTarget: z.string().nullable().default(null),
  leftAt: instantSchema.nullable().default(null),
});

const askSchema: Same<z.infer<typeof ask>, LeftSignOff> extends true ? z.ZodType<LeftSignOff> : never = ask;

/** The state in an item (undefined: there is none); null if there is none that this release can read. */
export function readSignOffAsk(item: unknown): LeftSignOff | null {
  return z.object({ signOff: askSchema }).safeParse(item).data?.signOff ?? null;
}
