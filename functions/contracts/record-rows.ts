/**
 * The promise to those who read records: the rows of `*.jsonl` beside an anchor and in an evidence pack. `npm run schemas` makes the
 * JSON Schema in docs/schemas of it.
 */
import * as z from 'zod';
import { DECISION_REASONS } from '../core/case/decision.ts';
import type { ConcernRow, SignOffRow } from '../core/records/pack/sign-offs.ts';
import type { RecordRows } from '../core/records/rows.ts';
import { VERDICTS } from '../core/signoff/statement.ts';
import { instantSchema } from './case-item.ts';
import { closedAsSchema, heldForSchema, phaseSchema } from './for-machines.ts';
import type { Same } from './stored.ts';

const keyId = z.string();
const keyIds = z.array(keyId);
const status = z.enum(['Active', 'Inactive', 'Expired']);
const deletion = z.enum(['after-grace', 'on-confirmation', 'never']);
const seconds = z.number().nonnegative();

const head = {
  schema: z.int().positive(),
  id: z.string(),
  account: z.string(),
  userId: z.string(),
  userName: z.string(),
  caseNumber: z.int().positive(),
  version: z.int().positive(),
  asOf: instantSchema,
  final: z.boolean(),
};

const told = z.array(z.strictObject({ recipient: z.string(), notice: z.string(), at: instantSchema }));

const decision = z.strictObject({
  ...head,
  question: z.int().nonnegative(),
  kind: z.enum(['keep', 'none', 'not-now', 'keep-inactive', 'excluded']),
  keysKept: keyIds,
  keysToDeactivate: keyIds,
  keysToDelete: keyIds,
  exception: z
    .strictObject({ keys: keyIds, until: z.string(), renewals: z.int().nonnegative().nullable() })
    .nullable(),
  reason: z.enum(DECISION_REASONS).nullable(),
  commentDigest: z.string().nullable(),
  acknowledged: keyIds,
  deletion: deletion.nullable(),
  graceSeconds: seconds.nullable(),
  by: z.string().nullable(),
  address: z.string().nullable(),
  link: z.enum(['decide', 'restore', 'view', 'delete', 'list', 'list-view', 'report']).nullable(),
  answeredAt: instantSchema.nullable(),
  adoptedAt: instantSchema,
  carriedOutAt: instantSchema.nullable(),
  confirmed: z.strictObject({ by: z.string(), address: z.string(), at: instantSchema }).nullable(),
  told,
  madeByDecider: z.boolean().nullable(),
  ended: z
    .strictObject({ at: instantSchema, why: z.string(), by: z.string().nullable(), keyId: keyId.nullable() })
    .nullable(),
  restores: z.array(z.strictObject({ keys: keyIds, by: z.string(), at: instantSchema })),
  closedAt: instantSchema.nullable(),
  closedAs: closedAsSchema.nullable(),
  expectedActive: keyIds.nullable(),
});

const key = z.strictObject({
  id: keyId,
  status,
  created: instantSchema,
  createdBy: z.string().nullable(),
});
const changes = z.array(z.strictObject({ keyId, at: instantSchema }));

const summary = z.strictObject({
  ...head,
  openedAt: instantSchema,
  phase: phaseSchema,
  heldFor: heldForSchema.nullable(),
  closedAt: instantSchema.nullable(),
  closedAs: closedAsSchema.nullable(),
  excluded: z.boolean(),
  exceptionUntil: instantSchema.nullable(),
  formerNames: z.array(z.string()),
  keysBefore: z.array(key),
  keysAfter: z.array(key),
  keysSeenAt: instantSchema,
  deactivated: changes,
  restored: changes,
  deleted: changes,
  changedByOthers: changes,
  stillActive: keyIds,
  told,
});

const deletionRow = z.strictObject({
  ...head,
  keyId,
  state: z.enum(['deleted', 'remaining', 'pending']),
  deletedAt: instantSchema.nullable(),
  deletedBy: z.enum(['solekey', 'others']).nullable(),
  why: z
    .enum([
      'deletion-never',
      'restored',
      'by-hand',
      'expired',
      'kept',
      'not-decided',
      'to-deactivate',
      'held',
      'observe-mode',
      'paused',
      'put-off',
      'confirmation',
      'deleting',
      'announced',
      'grace',
    ])
    .nullable(),
  due: instantSchema.nullable(),
  heldFor: heldForSchema.nullable(),
  status: status.nullable(),
  deactivatedAt: instantSchema.nullable(),
  announcedAt: instantSchema.nullable(),
  confirmedBy: z.string().nullable(),
  confirmedAt: instantSchema.nullable(),
});

const failure = z.strictObject({
  ...head,
  keyId,
  action: z.enum(['deactivate', 'reactivate', 'delete']),
  outcome: z.enum(['absent', 'refused', 'not-made', 'no-answer']),
  errorCode: z.string().nullable(),
  requestId: z.string().nullable(),
  why: z.string().nullable(),
  attempts: z.int().positive(),
  firstAt: instantSchema,
  lastAt: instantSchema,
  endedAt: instantSchema.nullable(),
  next: z.enum(['done', 'not-needed', 'tried-again', 'by-hand']),
});

/** The schema of one row of each kind; the kinds are the names of the files. */
export const RECORD_ROWS = { decisions: decision, summary, deletions: deletionRow, failures: failure };

const rows = z.strictObject({
  decisions: z.array(decision),
  summary: z.array(summary),
  deletions: z.array(deletionRow),
  failures: z.array(failure),
});

/** Rows of every kind. Does not compile if the core's have another field or value. */
export const recordRowsSchema: Same<z.infer<typeof rows>, RecordRows> extends true
  ? z.ZodType<RecordRows>
  : never = rows;

const entry = z.int().positive();
const seen = { anchor: entry, reportSha256: z.string() };

const signOff = z.strictObject({
  entry,
  at: instantSchema,
  by: z.string(),
  verdict: z.enum(VERDICTS),
  ...seen,
  concerns: z.array(entry),
  overlooked: z.array(entry),
  textDigest: z.string().nullable(),
  comment: z.string().nullable(),
});

const concern = z.strictObject({
  entry,
  at: instantSchema,
  by: z.string(),
  userId: z.string(),
  userName: z.string(),
  keyEnd: z.string().nullable(),
  target: z.iso.date(),
  ...seen,
  textDigest: z.string(),
  impact: z.string().nullable(),
  remediation: z.string().nullable(),
  owner: z.string().nullable(),
  ticket: z.string().nullable(),
  settledEntry: entry.nullable(),
  settledAt: instantSchema.nullable(),
  settledBy: z.string().nullable(),
  settledDigest: z.string().nullable(),
  done: z.string().nullable(),
});

/** The schema of one row of each kind that only evidence packs have; the kinds are the names of the files. */
export const PACK_ROWS = { 'sign-offs': signOff, concerns: concern };

const packRows = z.strictObject({ 'sign-offs': z.array(signOff), concerns: z.array(concern) });

interface PackRows {
  readonly 'sign-offs': readonly SignOffRow[];
  readonly concerns: readonly ConcernRow[];
}

/** These rows. Does not compile if the core's have another field or value. */
export const packRowsSchema: Same<z.infer<typeof packRows>, PackRows> extends true
  ? z.ZodType<PackRows>
  : never = packRows;
