import * as z from 'zod';
import { type Case, POOLS } from '../core/case/case.ts';
import { DECISION_REASONS } from '../core/case/decision.ts';
import { presentNames } from './names.ts';
import { type Same, stored } from './stored.ts';

/** An instant in the one format of core/time.ts: UTC with milliseconds. */
export const instantSchema = z.iso.datetime({ precision: 3 });

const statusSchema = z.enum(['Active', 'Inactive', 'Expired']);
const shownKeySchema = stored({ id: z.string(), status: statusSchema });

/** A last use as stored. */
export const lastUsedSchema = z.discriminatedUnion('kind', [
  stored({ kind: z.literal('never') }),
  stored({ kind: z.literal('used'), at: instantSchema, service: z.string(), region: z.string() }),
  stored({
    kind: z.literal('not-read'),
    known: stored({ at: instantSchema, service: z.string(), region: z.string() }).exactOptional(),
  }),
]);

const observedKeySchema = stored({
  id: z.string(),
  status: statusSchema,
  created: instantSchema,
  lastUsed: lastUsedSchema,
});

const progressSchema = stored({
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
    .record(z.string(), stored({ address: z.string(), at: instantSchema, date: instantSchema.nullable() }))
    .exactOptional(),
  inactiveUntil: instantSchema.exactOptional(),
  restoring: stored({
    by: z.string(),
    address: z.string(),
    at: instantSchema,
    proof: z.string().exactOptional(),
  }).exactOptional(),
});

const deletionSchema = z.enum(['after-grace', 'on-confirmation', 'never']);

const heldUpSchema = stored({ since: instantSchema.nullable(), seconds: z.number().nonnegative() });

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
  terms: stored({
    grace: z.number().nonnegative(),
    deletion: deletionSchema,
  }),
  carriedOutAt: instantSchema.nullable().default(null),
  confirmed: stored({
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
  reason: z.enum(DECISION_REASONS).exactOptional(),
  commentDigest: z.string().exactOptional(),
};

const termsSchema = stored({
  mode: z.enum(['enforce', 'observe']),
  deletion: deletionSchema,
  grace: z.number().nonnegative(),
});

const decisionSchema = z.discriminatedUnion('kind', [
  stored({ kind: z.literal('keep'), keep: z.string(), ...decided }),
  stored({ kind: z.literal('none'), ...decided }),
  stored({
    kind: z.literal('not-now'),
    spare: z.array(z.string()),
    until: instantSchema,
    warnedAt: instantSchema.exactOptional(),
    ...decided,
  }),
]);

const askedAgainSchema = z.discriminatedUnion('code', [
  stored({ code: z.literal('keys-changed') }),
  stored({ code: z.literal('reactivated'), keyId: z.string() }),
  stored({ code: z.literal('restored'), by: z.string() }),
  stored({ code: z.literal('in-use'), keyId: z.string() }),
  stored({ code: z.literal('kept-key-gone'), keyId: z.string() }),
  stored({ code: z.literal('decision-expired') }),
  stored({ code: z.literal('approver-removed'), by: z.string() }),
  stored({ code: z.literal('exclusion-ended') }),
  stored({ code: z.literal('exception-ended') }),
  stored({ code: z.literal('exception-alarm'), keyId: z.string() }),
]);

/** Creators of keys, by key id. */
export const originsSchema = z.record(
  z.string(),
  stored({
    createdBy: z.string(),
    at: instantSchema,
    arns: z.array(z.string()).exactOptional(),
    answered: instantSchema.exactOptional(),
  }),
);

const reportSchema = stored({ at: instantSchema });

/** The keys of a user that AWS called exposed. */
export const exposedSchema = stored({
  keys: z.record(z.string(), reportSchema),
  quarantined: reportSchema.exactOptional(),
});

const owedSchema = stored({
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
  pooled: z.enum(POOLS).exactOptional(),
});

const droppedSchema = stored({
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
  fromBackup: z.boolean().exactOptional(),
});

const grantedSchema = stored({
  by: z.string(),
  address: z.string(),
  at: instantSchema,
  until: instantSchema,
  spare: z.array(z.string()),
  count: z.int().positive(),
});

const formerSchema = stored({
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
const schema = stored({
  account: z.string(),
  userId: z.string(),
  userName: z.string(),
  path: z.string(),
  owners: z.array(stored({ key: z.string(), value: z.string() })).exactOptional(),
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
  alarmed: stored({
    number: z.int().positive(),
    creators: z.record(z.string(), z.string()),
    exposed: z.array(z.string()).exactOptional(),
  }).exactOptional(),
  owed: z.array(owedSchema).default([]),
  returned: stored({
    number: z.int().positive(),
    how: z.enum(['reactivated', 'created-anew']),
    keyId: z.string(),
    count: z.int().positive(),
    at: instantSchema,
  }).exactOptional(),
  restored: z.record(z.string(), z.int().positive()).exactOptional(),
  compromised: z.array(z.string()).exactOptional(),
  exceptions: z.array(grantedSchema).exactOptional(),
  exposed: exposedSchema.exactOptional(),
  dropped: z.array(droppedSchema).exactOptional(),
  missingSince: instantSchema.nullable().default(null),
  compliantSince: instantSchema.nullable().default(null),
  unknownSince: instantSchema.nullable().default(null),
  lease: stored({ until: instantSchema, by: z.string() }).nullable().default(null),
});

/** Does not compile if a field of `Case` is missing above, differs in being optional, or has another type. */
export const caseSchema: Same<z.infer<typeof schema>, Case> extends true ? z.ZodType<Case> : never =
  z.preprocess(presentNames, schema) as z.ZodType<Case>;
