import * as z from 'zod';
import { DAY, type Instant, plus } from '../core/model/time.ts';
import { instantSchema } from './case-item.ts';
import type { ItemKey } from './items.ts';

/**
 * The line about history entry `n` of a user, written in the entry's own transaction: by it, records finds what is new
 * without reading every user. The lines of a day (UTC) are one partition, in the order of their times.
 */
export function lineKey(account: string, userId: string, n: number, at: Instant): ItemKey {
  return { pk: linePartition(account, dayOf(at)), sk: `${at}#${userId}#${String(n).padStart(9, '0')}` };
}

/** The partition of the lines of a day. */
export function linePartition(account: string, day: string): string {
  return `LINE#${account}#${day}`;
}

/** The days (UTC) of the moments after `from` until `to`, oldest first. */
export function lineDays(from: Instant, to: Instant): string[] {
  const days: string[] = [];
  for (let at = from; dayOf(at) <= dayOf(to); at = plus(at, DAY)) {
    days.push(dayOf(at));
  }
  return days;
}

function dayOf(at: Instant): string {
  return at.slice(0, 10);
}

/** A line as records reads it. */
export interface Line {
  readonly userId: string;
  readonly n: number;
  readonly at: Instant;
  /** Hash of the entry, as it was written. */
  readonly hash: string;
}

const lineSchema = z
  .object({
    sk: z.string().transform((sk, context) => {
      const [at, userId, n, ...rest] = sk.split('#');
      const number = Number(n);
      if (
        !instantSchema.safeParse(at).success ||
        !userId ||
        !Number.isSafeInteger(number) ||
        rest.length > 0
      ) {
        context.addIssue('not a line');
        return z.NEVER;
      }
      return { at: at as Instant, userId, n: number };
    }),
    hash: z.string(),
  })
  .transform(({ sk, hash }) => ({ ...sk, hash }));

/** A line from its item; null if it cannot be read. Then the daily reading of all users finds the entry. */
export function readLine(item: Readonly<Record<string, unknown>>): Line | null {
  return lineSchema.safeParse(item).data ?? null;
}
