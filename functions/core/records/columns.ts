/** The columns of the CSV files of records, in their order. docs/records.md explains each. */
import type { DecisionRow, ToldPerson } from './decision-row.ts';
import type { DeletionRow } from './deletion-row.ts';
import type { FailureRow } from './failures.ts';
import type { RowHead } from './row.ts';
import type { RecordRows } from './rows.ts';
import type { KeyChange, RecordedKey, SummaryRow } from './summary.ts';
import type { Columns } from './table.ts';

/** Several things in one cell. */
const several = (parts: readonly string[]): string => parts.join('; ');

const changes = (all: readonly KeyChange[]) => several(all.map(({ keyId, at }) => `${keyId} ${at}`));

const keys = (all: readonly RecordedKey[]) => several(all.map(({ id, status }) => `${id} ${status}`));

const notices = (told: readonly ToldPerson[]) =>
  several(told.map(({ recipient, notice, at }) => `${recipient} ${notice} ${at}`));

const HEAD = {
  schema: (row) => row.schema,
  id: (row) => row.id,
  account: (row) => row.account,
  user: (row) => row.userName,
  user_id: (row) => row.userId,
  case: (row) => row.caseNumber,
  version: (row) => row.version,
  as_of: (row) => row.asOf,
  final: (row) => row.final,
} as const satisfies Columns<RowHead>;

const DECISIONS = {
  ...HEAD,
  question: (row) => row.question,
  kind: (row) => row.kind,
  keys_kept: (row) => several(row.keysKept),
  keys_to_deactivate: (row) => several(row.keysToDeactivate),
  keys_to_delete: (row) => several(row.keysToDelete),
  exception_keys: (row) => several(row.exception?.keys ?? []),
  exception_until: (row) => row.exception?.until ?? null,
  exception_renewals: (row) => row.exception?.renewals ?? null,
  reason: (row) => row.reason,
  comment_digest: (row) => row.commentDigest,
  acknowledged: (row) => several(row.acknowledged),
  deletion: (row) => row.deletion,
  grace_seconds: (row) => row.graceSeconds,
  by: (row) => row.by,
  address: (row) => row.address,
  link: (row) => row.link,
  answered_at: (row) => row.answeredAt,
  adopted_at: (row) => row.adoptedAt,
  carried_out_at: (row) => row.carriedOutAt,
  confirmed_by: (row) => row.confirmed?.by ?? null,
  confirmed_at: (row) => row.confirmed?.at ?? null,
  told: (row) => notices(row.told),
  made_by_decider: (row) => row.madeByDecider ?? 'not known',
  ended_at: (row) => row.ended?.at ?? null,
  ended_because: (row) => row.ended?.why ?? null,
  restores: (row) => several(row.restores.map(({ keys: ids, by, at }) => `${ids.join(' ')} ${by} ${at}`)),
  closed_at: (row) => row.closedAt,
  closed_as: (row) => row.closedAs,
  expected_active: (row) => (row.expectedActive === null ? null : several(row.expectedActive) || 'none'),
} as const satisfies Columns<DecisionRow>;

const SUMMARY = {
  ...HEAD,
  opened_at: (row) => row.openedAt,
  phase: (row) => row.phase,
  held_for: (row) => row.heldFor,
  closed_at: (row) => row.closedAt,
  closed_as: (row) => row.closedAs,
  excluded: (row) => row.excluded,
  exception_until: (row) => row.exceptionUntil,
  former_names: (row) => several(row.formerNames),
  keys_before: (row) => keys(row.keysBefore),
  keys_after: (row) => keys(row.keysAfter),
  keys_seen_at: (row) => row.keysSeenAt,
  deactivated: (row) => changes(row.deactivated),
  restored: (row) => changes(row.restored),
  deleted: (row) => changes(row.deleted),
  changed_by_others: (row) => changes(row.changedByOthers),
  still_active: (row) => several(row.stillActive),
  told: (row) => notices(row.told),
} as const satisfies Columns<SummaryRow>;

const DELETIONS = {
  ...HEAD,
  key: (row) => row.keyId,
  state: (row) => row.state,
  deleted_at: (row) => row.deletedAt,
  deleted_by: (row) => row.deletedBy,
  why: (row) => row.why,
  due: (row) => row.due,
  held_for: (row) => row.heldFor,
  status: (row) => row.status,
  deactivated_at: (row) => row.deactivatedAt,
  announced_at: (row) => row.announcedAt,
  confirmed_by: (row) => row.confirmedBy,
  confirmed_at: (row) => row.confirmedAt,
} as const satisfies Columns<DeletionRow>;

const FAILURES = {
  ...HEAD,
  key: (row) => row.keyId,
  action: (row) => row.action,
  outcome: (row) => row.outcome,
  error_code: (row) => row.errorCode,
  request_id: (row) => row.requestId,
  why: (row) => row.why,
  attempts: (row) => row.attempts,
  first_at: (row) => row.firstAt,
  last_at: (row) => row.lastAt,
  ended_at: (row) => row.endedAt,
  next: (row) => row.next,
} as const satisfies Columns<FailureRow>;

/** The columns of each file. */
export const RECORD_COLUMNS: { readonly [Kind in keyof RecordRows]: Columns<RecordRows[Kind][number]> } = {
  decisions: DECISIONS,
  summary: SUMMARY,
  deletions: DELETIONS,
  failures: FAILURES,
};
