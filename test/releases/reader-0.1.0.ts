/**
 * The schemas by which release 0.1.0 reads its table, copied from functions/contracts/case-item.ts and items.ts of commit
 * 4555f49. Never edit them: they say what a release that is brought back can read.
 */
import * as z from 'zod';

/** An instant in the one format of core/time.ts: UTC with milliseconds. */
const instantSchema = z.iso.datetime({ precision: 3 });

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
const originsSchema = z.record(z.string(), z.strictObject({ createdBy: z.string(), at: instantSchema }));

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
const caseSchema = z.strictObject({
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

/** The content of that item. */
export const refreshedSchema = z.object({
  at: instantSchema,
  day: z.iso.date(),
  runs: z.int().nonnegative(),
});

/** The content of that item. */
export const evidenceItemSchema = z.object({ origins: originsSchema });

/** Which user last had this name in a case of ours; a hint only, the UserId is checked in IAM. */
export const nameItemSchema = z.object({ userId: z.string().min(1) });

/** The case with what the store needs beside it. */
export const caseItemSchema = z
  .object({
    case: caseSchema,
    /** Same as `case.version`, at the top level so that the condition of a write can be read. */
    version: z.int().positive(),
    /** Hash of the newest history entry: the next one's `prev`. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    /** Shard of the due index; with `wakeAt` absent in closed cases, which keeps the index sparse. */
    dueShard: z.string().exactOptional(),
    wakeAt: instantSchema.exactOptional(),
    /** How many passes in a row failed. */
    failures: z.int().nonnegative(),
  })
  .refine((item) => item.version === item.case.version, 'version differs from case.version');

/** Absent attributes mean "not set", so that an operator may write just the one that matters. */
export const controlItemSchema = z.object({
  pauses: z.array(z.strictObject({ from: instantSchema, to: instantSchema.nullable() })).default([]),
  revoked: z.array(z.string()).default([]),
});

const keyIdSchema = z.string().regex(/^\w{16,128}$/);

/** What `approve` stored. The longest fields are bounded: this was typed by somebody on the internet. */
export const requestItemSchema = z.object({
  request: z.strictObject({
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    at: instantSchema,
    payload: z.string().max(1024),
    proof: z.string().regex(/^[0-9a-f]{64}$/),
    ask: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('keep'),
        keep: keyIdSchema,
        off: z.array(keyIdSchema).max(100),
        acknowledged: z.array(keyIdSchema).max(100),
      }),
      z.strictObject({ kind: z.literal('restore'), keys: z.array(keyIdSchema).min(1).max(100) }),
      z.strictObject({ kind: z.literal('confirm'), keys: z.array(keyIdSchema).min(1).max(100) }),
    ]),
  }),
});
