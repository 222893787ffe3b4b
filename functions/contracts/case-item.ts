import * as z from 'zod';
import type { Case } from '../core/case/case.ts';

/** An instant in the one format of core/time.ts: UTC with milliseconds. */
export const instantSchema = z.iso.datetime({ precision: 3 });

const statusSchema = z.enum(['Active', 'Inactive', 'Expired']);
const shownKeySchema = z.strictObject({ id: z.string(), status: statusSchema });

const lastUsedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('used'), at: instantSchema, service: z.string(), region: z.string() }),
  z.strictObject({ kind: z.literal('not-read') }),
]);

const observedKeySchema = z.strictObject({
  id: z.string(),
  status: statusSchema,
  created: instantSchema,
  lastUsed: lastUsedSchema,
});

const progressSchema = z.strictObject({
  deactivating: instantSchema.exactOptional(),
  deactivationAnswered: instantSchema.exactOptional(),
  refused: instantSchema.exactOptional(),
  refusedSince: instantSchema.exactOptional(),
  deactivated: instantSchema.exactOptional(),
  graceFrom: instantSchema.exactOptional(),
  graceEnds: instantSchema.exactOptional(),
  announced: instantSchema.exactOptional(),
  announcedFor: instantSchema.exactOptional(),
  deleting: instantSchema.exactOptional(),
  seenInactive: instantSchema.exactOptional(),
  deletionClaimed: instantSchema.exactOptional(),
  deleted: instantSchema.exactOptional(),
  expired: instantSchema.exactOptional(),
  restoring: z.strictObject({ by: z.string(), address: z.string(), at: instantSchema }).exactOptional(),
});

const decisionSchema = z.strictObject({
  digest: z.string(),
  kind: z.literal('keep'),
  by: z.string(),
  address: z.string(),
  at: instantSchema,
  keep: z.string(),
  deactivate: z.array(z.string()),
  remove: z.array(z.string()),
  shownActive: z.array(z.string()),
  acknowledged: z.array(z.string()),
  shownUse: z.record(z.string(), instantSchema),
  terms: z.strictObject({
    grace: z.number().nonnegative(),
    deletion: z.enum(['after-grace', 'on-confirmation', 'never']),
  }),
  carriedOutAt: instantSchema.nullable(),
  confirmed: z.strictObject({ by: z.string(), address: z.string(), at: instantSchema }).nullable(),
});

const askedAgainSchema = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('keys-changed') }),
  z.strictObject({ code: z.literal('reactivated'), keyId: z.string() }),
  z.strictObject({ code: z.literal('restored'), by: z.string() }),
  z.strictObject({ code: z.literal('in-use'), keyId: z.string() }),
  z.strictObject({ code: z.literal('kept-key-gone'), keyId: z.string() }),
  z.strictObject({ code: z.literal('decision-expired') }),
  z.strictObject({ code: z.literal('approver-removed'), by: z.string() }),
  z.strictObject({ code: z.literal('exclusion-ended') }),
]);

/** Who made keys, by key id. */
export const originsSchema = z.record(
  z.string(),
  z.strictObject({ createdBy: z.string(), at: instantSchema }),
);

const owedSchema = z.strictObject({
  kind: z.enum([
    'detected',
    'rotation',
    'reminder',
    'escalated',
    'asked-again',
    'deactivated',
    'deletion-announced',
    'confirm-deletion',
    'held',
    'restored',
    'closed',
  ]),
  recipient: z.string(),
  since: instantSchema,
});

const formerSchema = z.strictObject({
  digest: z.string(),
  keys: z.array(shownKeySchema),
  until: instantSchema,
});

/**
 * The core's `Case` as stored. Strict: a field this release does not know would be lost by the next
 * write, so reading it fails instead.
 */
const schema = z.strictObject({
  account: z.string(),
  userId: z.string(),
  userName: z.string(),
  path: z.string(),
  number: z.int().positive(),
  version: z.int().positive(),
  phase: z.enum([
    'rotating',
    'awaiting-decision',
    'exception',
    'approved',
    'grace',
    'awaiting-confirmation',
    'deleting',
    'held',
    'excluded',
    'closed',
  ]),
  phaseSince: instantSchema,
  heldFor: z.enum(['unknown', 'no-active-key', 'restore-by-hand', 'used-after-deactivation']).nullable(),
  closedAs: z.enum(['remediated', 'by-owner', 'user-gone', 'deactivated']).nullable(),
  opened: instantSchema,
  asking: z.int().nonnegative(),
  askedAgain: askedAgainSchema.nullable(),
  keys: z.array(observedKeySchema),
  keysSeenAt: instantSchema,
  excluded: z.boolean(),
  former: z.array(formerSchema),
  progress: z.record(z.string(), progressSchema),
  origins: originsSchema,
  decision: decisionSchema.nullable(),
  rotationFrom: instantSchema,
  toldAt: instantSchema.nullable(),
  remindedAt: instantSchema.nullable(),
  escalatedAt: instantSchema.nullable(),
  owed: z.array(owedSchema),
  missingSince: instantSchema.nullable(),
  compliantSince: instantSchema.nullable(),
  unknownSince: instantSchema.nullable(),
  lease: z.strictObject({ until: instantSchema, by: z.string() }).nullable(),
});

/** Flattened and read-only all the way down, so that only names, optionality and types of fields are compared. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [Field in keyof T]: Plain<T[Field]> };

type Same<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;

/** Does not compile when a field of `Case` is missing above, optional where it is not, or of another type. */
export const caseSchema: Same<z.infer<typeof schema>, Case> extends true ? z.ZodType<Case> : never = schema;
