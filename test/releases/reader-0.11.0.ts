/**
 * The schema by which release 0.11.0 reads a case, copied from functions/contracts/case-item.ts of the frozen 0.11.0. Never
 * edit it: it says what a release that is brought back can read. Fields that it does not know stay; an unknown variant
 * makes it leave the case alone.
 */
import * as z from 'zod';

/** An instant in the one format of core/time.ts: UTC with milliseconds. */
const instantSchema = z.iso.datetime({ precision: 3 });

const statusSchema = z.enum(['Active', 'Inactive', 'Expired']);
const shownKeySchema = z.looseObject({ id: z.string(), status: statusSchema });

/** A last use as stored. */
const lastUsedSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('never') }),
  z.looseObject({ kind: z.literal('used'), at: instantSchema, service: z.string(), region: z.string() }),
  z.looseObject({
    kind: z.literal('not-read'),
    known: z.looseObject({ at: instantSchema, service: z.string(), region: z.string() }).exactOptional(),
  }),
]);

const observedKeySchema = z.looseObject({
  id: z.string(),
  status: statusSchema,
  created: instantSchema,
  lastUsed: lastUsedSchema,
});

const progressSchema = z.looseObject({
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
  deletionUnanswered: instantSchema.exactOptional(),
  deleted: instantSchema.exactOptional(),
  expired: instantSchema.exactOptional(),
  announcedTo: z
    .record(
      z.string(),
      z.looseObject({ address: z.string(), at: instantSchema, date: instantSchema.nullable() }),
    )
    .exactOptional(),
  inactiveUntil: instantSchema.exactOptional(),
  restoring: z
    .looseObject({
      by: z.string(),
      address: z.string(),
      at: instantSchema,
      proof: z.string().exactOptional(),
    })
    .exactOptional(),
});

const deletionSchema = z.enum(['after-grace', 'on-confirmation', 'never']);

const heldUpSchema = z.looseObject({ since: instantSchema.nullable(), seconds: z.number().nonnegative() });

/** The fields of every decision, whatever its kind. */
const decided = {
  digest: z.string(),
  by: z.string(),
  address: z.string(),
  at: instantSchema,
  deactivate: z.array(z.string()),
  remove: z.array(z.string()),
  shownActive: z.array(z.string()),
  acknowledged: z.array(z.string()).default([]),
  shownUse: z.record(z.string(), instantSchema).default({}),
  terms: z.looseObject({
    grace: z.number().nonnegative(),
    deletion: deletionSchema,
  }),
  carriedOutAt: instantSchema.nullable().default(null),
  confirmed: z
    .looseObject({
      by: z.string(),
      address: z.string(),
      at: instantSchema,
      proof: z.string().exactOptional(),
      heldUp: heldUpSchema.exactOptional(),
    })
    .nullable()
    .default(null),
  heldUp: heldUpSchema.exactOptional(),
  workMoved: instantSchema.exactOptional(),
  selfApproved: z.boolean().exactOptional(),
  reason: z.enum(['unused', 'replaced', 'person-left', 'compromised', 'other']).exactOptional(),
  commentDigest: z.string().exactOptional(),
};

const termsSchema = z.looseObject({
  mode: z.enum(['enforce', 'observe']),
  deletion: deletionSchema,
  grace: z.number().nonnegative(),
});

const decisionSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('keep'), keep: z.string(), ...decided }),
  z.looseObject({ kind: z.literal('none'), ...decided }),
  z.looseObject({
    kind: z.literal('not-now'),
    spare: z.array(z.string()),
    until: instantSchema,
    warnedAt: instantSchema.exactOptional(),
    ...decided,
  }),
]);

const askedAgainSchema = z.discriminatedUnion('code', [
  z.looseObject({ code: z.literal('keys-changed') }),
  z.looseObject({ code: z.literal('reactivated'), keyId: z.string() }),
  z.looseObject({ code: z.literal('restored'), by: z.string() }),
  z.looseObject({ code: z.literal('in-use'), keyId: z.string() }),
  z.looseObject({ code: z.literal('kept-key-gone'), keyId: z.string() }),
  z.looseObject({ code: z.literal('decision-expired') }),
  z.looseObject({ code: z.literal('approver-removed'), by: z.string() }),
  z.looseObject({ code: z.literal('exclusion-ended') }),
  z.looseObject({ code: z.literal('exception-ended') }),
  z.looseObject({ code: z.literal('exception-alarm'), keyId: z.string() }),
]);

/** Creators of keys, by key id. */
const originsSchema = z.record(
  z.string(),
  z.looseObject({
    createdBy: z.string(),
    at: instantSchema,
    arns: z.array(z.string()).exactOptional(),
    answered: instantSchema.exactOptional(),
  }),
);

const reportSchema = z.looseObject({ at: instantSchema });

/** The keys of a user that AWS called exposed. */
const exposedSchema = z.looseObject({
  keys: z.record(z.string(), reportSchema),
  quarantined: reportSchema.exactOptional(),
});

const owedSchema = z.looseObject({
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
    'exception-ending',
    'closed',
  ]),
  recipient: z.string(),
  since: instantSchema,
  pooled: z.enum(['urgent', 'new', 'reminder', 'weekly']).exactOptional(),
});

const droppedSchema = z.looseObject({
  number: z.int().positive(),
  asking: z.int().nonnegative(),
  digest: z.string(),
  kind: z.enum(['keep', 'none', 'not-now', 'restore', 'confirm', 'keep-inactive']),
  by: z.string(),
  address: z.string(),
  at: instantSchema,
  why: z.enum([
    'excluded',
    'not-an-approver',
    'keys-changed',
    'asked-anew',
    'expired',
    'observe-mode',
    'too-late',
    'not-for-a-list',
    'too-long',
    'ended',
    'own-exception',
    'put-off',
    'not-valid',
  ]),
  owed: z.boolean(),
  pooled: z.boolean().exactOptional(),
  ownKey: z.boolean().exactOptional(),
});

const grantedSchema = z.looseObject({
  by: z.string(),
  address: z.string(),
  at: instantSchema,
  until: instantSchema,
  spare: z.array(z.string()),
  count: z.int().positive(),
});

const formerSchema = z.looseObject({
  digest: z.string(),
  keys: z.array(shownKeySchema),
  until: instantSchema,
  excluded: z.boolean().exactOptional(),
  outside: z.boolean().exactOptional(),
});

/**
 * The core's `Case` as stored. Unknown fields are kept at every level. An unknown variant is an error, so that this
 * release leaves the case alone. The default of a missing field is the value with the least effect.
 */
export const caseSchema = z.looseObject({
  account: z.string(),
  userId: z.string(),
  userName: z.string(),
  path: z.string(),
  owners: z.array(z.looseObject({ key: z.string(), value: z.string() })).exactOptional(),
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
  heldFor: z
    .enum(['unknown', 'no-active-key', 'restore-by-hand', 'used-after-deactivation'])
    .nullable()
    .default(null),
  closedAs: z
    .enum(['remediated', 'by-owner', 'by-restore', 'user-gone', 'deactivated'])
    .nullable()
    .default(null),
  opened: instantSchema,
  reopenedAt: instantSchema.exactOptional(),
  asking: z.int().nonnegative(),
  askedAgain: askedAgainSchema.nullable().default(null),
  keys: z.array(observedKeySchema),
  keysSeenAt: instantSchema,
  excluded: z.boolean(),
  outside: z.boolean().exactOptional(),
  former: z.array(formerSchema).default([]),
  shownTerms: z.array(termsSchema).exactOptional(),
  progress: z.record(z.string(), progressSchema),
  origins: originsSchema.default({}),
  decision: decisionSchema.nullable(),
  rotationFrom: instantSchema,
  toldAt: instantSchema.nullable().default(null),
  remindedAt: instantSchema.nullable().default(null),
  escalatedAt: instantSchema.nullable().default(null),
  alarmed: z
    .looseObject({
      number: z.int().positive(),
      creators: z.record(z.string(), z.string()),
      exposed: z.array(z.string()).exactOptional(),
    })
    .exactOptional(),
  owed: z.array(owedSchema).default([]),
  returned: z
    .looseObject({
      number: z.int().positive(),
      how: z.enum(['reactivated', 'created-anew']),
      keyId: z.string(),
      count: z.int().positive(),
      at: instantSchema,
    })
    .exactOptional(),
  restored: z.record(z.string(), z.int().positive()).exactOptional(),
  compromised: z.array(z.string()).exactOptional(),
  exceptions: z.array(grantedSchema).exactOptional(),
  exposed: exposedSchema.exactOptional(),
  dropped: z.array(droppedSchema).exactOptional(),
  missingSince: instantSchema.nullable().default(null),
  compliantSince: instantSchema.nullable().default(null),
  unknownSince: instantSchema.nullable().default(null),
  lease: z.looseObject({ until: instantSchema, by: z.string() }).nullable().default(null),
});
