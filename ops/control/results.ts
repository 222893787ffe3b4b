/**
 * The output of the commands with `--json`. Objects have no other fields, and a field is never removed or given another
 * meaning without a higher `version`. docs/schemas/control.v1.json is generated from here.
 */
import * as z from 'zod';
import { instantSchema } from '../../functions/contracts/case-item.ts';
import { VERDICTS } from '../../functions/core/signoff/statement.ts';
import { WAITS } from './decision-waits.ts';

/** Increased when a field is removed or changes its meaning. */
export const VERSION = 1;

const ledgerEntry = z.strictObject({
  number: z.int().positive(),
  at: instantSchema,
  command: z.string(),
  by: z.string(),
  reason: z.string(),
  approver: z.string().nullable(),
  /** The user, and the last four characters of the key (null: none), of a concern or of what was done about it; null otherwise. */
  concern: z.strictObject({ userName: z.string(), keyEnd: z.string().nullable() }).nullable(),
});

const control = {
  paused: z
    .strictObject({
      since: instantSchema,
      /** Why Solekey paused itself; null if a person paused it. */
      automatic: z.string().nullable(),
    })
    .nullable(),
  revoked: z.array(z.string()),
};

const changed = z.strictObject({
  ...control,
  /** Null if everything already was as it should be. */
  entry: ledgerEntry.nullable(),
  told: z.strictObject({ operators: z.boolean(), approver: z.string().nullable() }),
});

const key = z.strictObject({ endsIn: z.string(), status: z.string() });

const letter = z.strictObject({
  what: z.string(),
  outcome: z.enum(['moved', 'deleted', 'left']),
});

const check = z.strictObject({
  name: z.string(),
  outcome: z.enum(['fine', 'broken', 'could-not-check']),
  says: z.string(),
  runbook: z.string().nullable(),
});

/** The result of each command. */
export const RESULTS = {
  doctor: z.strictObject({ deployed: z.boolean(), checks: z.array(check), hints: z.array(z.string()) }),
  status: z.strictObject({
    ...control,
    approvers: z.array(z.string()).nullable(),
    openCases: z.int().nonnegative(),
    queues: z.array(
      z.strictObject({ name: z.string(), deadLetters: z.boolean(), messages: z.int().nonnegative() }),
    ),
    ledger: z.strictObject({
      entries: z.int().nonnegative(),
      last: ledgerEntry.nullable(),
      findings: z.array(z.string()),
    }),
    signOff: z.strictObject({
      last: z
        .strictObject({
          entry: z.int().positive(),
          at: instantSchema,
          by: z.string(),
          verdict: z.enum(VERDICTS),
        })
        .nullable(),
      openConcerns: z.int().nonnegative(),
      /** The open concerns, the oldest first. */
      open: z.array(
        z.strictObject({
          entry: z.int().positive(),
          at: instantSchema,
          by: z.string(),
          userName: z.string(),
          keyEnd: z.string().nullable(),
          target: z.string(),
          overdue: z.boolean(),
        }),
      ),
      /** When the next sign-off is due, as the survey left it; null if that is not known. */
      next: z
        .strictObject({ due: instantSchema, overdue: z.boolean(), asOf: instantSchema.nullable() })
        .nullable(),
    }),
  }),
  cases: z.strictObject({
    cases: z.array(
      z.strictObject({
        userName: z.string().nullable(),
        userId: z.string(),
        number: z.int().positive().nullable(),
        want: z.enum(['alarm', 'held', 'deletion-to-confirm', 'undecided', 'rest']).nullable(),
        phase: z.string().nullable(),
        opened: instantSchema.nullable(),
        keys: z.array(key),
        unreadable: z.string().nullable(),
      }),
    ),
  }),
  decisions: z.strictObject({
    /** Those that are not carried out yet, the oldest first. */
    decisions: z.array(
      z.strictObject({
        account: z.string(),
        userName: z.string(),
        userId: z.string(),
        number: z.int().positive(),
        by: z.string(),
        decidedAt: instantSchema,
        /** The last four characters of the keys that are still to be deactivated. */
        deactivate: z.array(z.string()).min(1),
        waitsFor: z.enum(WAITS),
        /** Null if a person or IAM ends the wait. */
        waitsUntil: instantSchema.nullable(),
        /** Null if the stack does not say how long decisions are valid. */
        validUntil: instantSchema.nullable(),
      }),
    ),
    paused: control.paused,
    /** Number of open cases that this release cannot read. */
    unreadable: z.int().nonnegative(),
  }),
  show: z.strictObject({
    userName: z.string().nullable(),
    userId: z.string().nullable(),
    number: z.int().positive().nullable(),
    phase: z.string().nullable(),
    phaseSince: instantSchema.nullable(),
    keys: z.array(key),
    unreadable: z.string().nullable(),
    history: z.array(z.strictObject({ number: z.int().positive(), at: z.string(), text: z.string() })),
    findings: z.array(z.string()),
  }),
  check: z.strictObject({ user: z.string() }),
  pause: changed,
  resume: changed,
  revoke: changed,
  reinstate: changed,
  restored: changed.extend({
    answersFrom: instantSchema,
    /** Number of the last anchor before the restore, and of the last entry of the ledger in it. */
    anchor: z.int().positive().nullable(),
    ledger: z.int().nonnegative(),
    /** Null if no table was copied. */
    copied: z
      .strictObject({
        written: z.int().nonnegative(),
        removed: z.int().nonnegative(),
        ledgerKept: z.boolean(),
      })
      .nullable(),
    /** Number of open cases that are re-evaluated. */
    reevaluated: z.int().nonnegative(),
  }),
  confirm: z.strictObject({ address: z.string(), protected: z.boolean() }),
  resubscribe: z.strictObject({
    approver: z.string(),
    address: z.string(),
    before: z.enum(['confirmed', 'unprotected', 'former-filter', 'other-filter', 'pending', 'missing']),
    mailed: z.boolean(),
  }),
  'test-mail': z.strictObject({ approver: z.string(), address: z.string(), reachable: z.boolean() }),
  redrive: z.strictObject({ queue: z.string(), dryRun: z.boolean(), letters: z.array(letter) }),
  'public-key': z.strictObject({ pem: z.string() }),
  records: z.strictObject({
    since: z.string(),
    until: z.string(),
    /** Number of anchors in this period. */
    anchors: z.int().nonnegative(),
    /** Names of the files that were saved, in the folder of --out. */
    files: z.array(z.string()),
    findings: z.array(z.string()),
  }),
  'wind-down': changed.extend({
    /** The cases with keys that are off because of Solekey. If there are any, nothing was changed. */
    pending: z.array(
      z.strictObject({
        userId: z.string(),
        userName: z.string().nullable(),
        /** The last four characters of these keys. */
        keys: z.array(z.string()),
        /** Null if the case cannot be read. */
        phase: z.string().nullable(),
      }),
    ),
    /** Number of the other open cases. */
    undecided: z.int().nonnegative(),
  }),
  erase: z.strictObject({
    before: z.string(),
    dryRun: z.boolean(),
    /** Number of comments that were erased, or would be. */
    comments: z.int().nonnegative(),
    /** Number of the entry in the ledger; null if nothing was erased. */
    entry: z.int().positive().nullable(),
  }),
  evidence: z.strictObject({
    from: z.string(),
    to: z.string(),
    fullIds: z.boolean(),
    sample: z.int().positive().nullable(),
    seed: z.int().nonnegative().nullable(),
    /** Number of the entry in the ledger that asks for the pack. */
    entry: z.int().positive(),
    /** False if the same had been asked for already. */
    requested: z.boolean(),
    /** Null if it was not there in time. */
    pack: z.strictObject({ file: z.string(), bytes: z.int().nonnegative(), sha256: z.string() }).nullable(),
  }),
} as const;

/** The names of all commands that have a result. */
export type ResultName = keyof typeof RESULTS;

export type Result<N extends ResultName = ResultName> = z.infer<(typeof RESULTS)[N]>;

/** One line of JSON on stdout: the result of a command, with where it ran. */
export const ENVELOPES = Object.fromEntries(
  Object.entries(RESULTS).map(([name, result]) => [
    name,
    z.strictObject({
      version: z.literal(VERSION),
      command: z.literal(name),
      account: z.string(),
      region: z.string(),
      stack: z.string(),
      at: instantSchema,
      result,
    }),
  ]),
) as unknown as Readonly<Record<ResultName, z.ZodType>>;
