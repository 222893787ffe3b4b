import * as z from 'zod';
import { CHECKS, type Check } from '../core/health/checks.ts';
import type { RecordsSample } from '../core/health/readings.ts';
import type { HealthState } from '../core/health/state.ts';
import type { SubscriptionStates } from '../core/health/subscriptions.ts';
import { instantSchema } from './case-item.ts';
import type { ItemKey } from './items.ts';
import { type Same, stored } from './stored.ts';

/** The memory of health between two runs. Its partition is its own, because health may write no other. */
export function healthKey(account: string): ItemKey {
  return { pk: `HEALTH#${account}`, sk: 'STATE' };
}

/** The states of the approvers' subscriptions, which reconcile and pages read. */
export function subscriptionsKey(account: string): ItemKey {
  return { pk: `HEALTH#${account}`, sk: 'SUBSCRIPTIONS' };
}

/** The latest sample of the records, which is good for a day. */
export function sampleKey(account: string): ItemKey {
  return { pk: `HEALTH#${account}`, sk: 'RECORDS' };
}

/** When an event was handled last. Only reconcile writes it. */
export function keyEventKey(account: string): ItemKey {
  return { pk: `STAMP#${account}`, sk: 'KEY-EVENT' };
}

const finding = stored({
  check: z.enum(Object.keys(CHECKS) as [Check, ...Check[]]),
  kind: z.enum(['broken', 'unchecked']),
  about: z.string(),
  words: z.string(),
  heading: z.string(),
  since: instantSchema,
  told: z.boolean(),
});

/** A finding of a newer release is left out: the next run of that release finds it again. */
const findings = z
  .array(z.unknown())
  .transform((all) => all.flatMap((one) => finding.safeParse(one).data ?? []));

const state = stored({
  watchingSince: instantSchema,
  checkedAt: instantSchema,
  waitingSince: instantSchema.nullable().default(null),
  noSignOffSince: instantSchema.nullable().default(null),
  lastKeyEvent: instantSchema.nullable().default(null),
  checks: z.int().nonnegative(),
  fine: z.int().nonnegative(),
  open: findings,
});

const stateSchema: Same<z.infer<typeof state>, HealthState> extends true ? z.ZodType<HealthState> : never =
  state;

const states = z.record(
  z.string(),
  stored({
    // A state that only a newer release knows counts as one in which no mail arrives.
    state: z.enum(['confirmed', 'unprotected', 'pending', 'missing', 'foreign']).catch('missing'),
    since: instantSchema,
  }),
);

const statesSchema: Same<z.infer<typeof states>, SubscriptionStates> extends true
  ? z.ZodType<SubscriptionStates>
  : never = states;

/** The stored states with the time of the check; a reader must know how old they are. */
export interface StoredSubscriptions {
  readonly checkedAt: string;
  readonly addresses: SubscriptionStates;
}

/** The state in an item; null if there is none, or none that can be read: then health starts from nothing. */
export function readHealth(item: unknown): HealthState | null {
  return z.object({ health: stateSchema }).safeParse(item).data?.health ?? null;
}

/** The states in an item; null if there are none that can be read. */
export function readSubscriptions(item: unknown): StoredSubscriptions | null {
  return z.object({ checkedAt: instantSchema, addresses: statesSchema }).safeParse(item).data ?? null;
}

const sample = stored({
  at: instantSchema,
  users: z.int().nonnegative(),
  wrong: z.array(stored({ about: z.string(), words: z.string() })),
});

const sampleSchema: Same<z.infer<typeof sample>, RecordsSample> extends true
  ? z.ZodType<RecordsSample>
  : never = sample;

/** The sample in an item; null if there is none that can be read: then a new one is drawn. */
export function readSample(item: unknown): RecordsSample | null {
  return z.object({ sample: sampleSchema }).safeParse(item).data?.sample ?? null;
}

/** The time in a stamp; null if there is none. */
export function readStamp(item: unknown): string | null {
  return z.object({ at: instantSchema }).safeParse(item).data?.at ?? null;
}
