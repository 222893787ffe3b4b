/** A validation as files: `validation.json` with everything, and `validation.csv` with a line for each user. */
import { type Cell, cellText, jsonText } from '../inventory/lines.ts';
import { isRead } from '../inventory/surveyed.ts';
import { secondsBetween } from '../model/time.ts';
import { DOUBT } from '../words/doubts.ts';
import { NEXT_STEP } from '../words/next-step.ts';
import { PENDING } from '../words/pending.ts';
import type { ValidatedUser } from './validated-user.ts';
import { isFine, type Validation } from './validation.ts';

/** The names of the files. */
export const VALIDATION_FILES = { json: 'validation.json', csv: 'validation.csv' } as const;

/** A validation as JSON, with a line for each user, so that a person can read it and a program can compare two. */
export function validationText({ users, ...rest }: Validation): string {
  const lines = users.map((user) => jsonText(user)).join(',\n');
  return `${jsonText(rest).slice(0, -1)},"users":[\n${lines}\n]}\n`;
}

type Of = (user: ValidatedUser, validation: Pick<Validation, 'at' | 'account'>) => Cell;

const COLUMNS = {
  user: (user) => user.userName,
  user_id: (user) => user.userId,
  account: (_, { account }) => account,
  active_keys: (user) => (isRead(user.read) ? user.active.length : 'not read'),
  count: (user) => user.count,
  fine: (user) => isFine(user),
  read: (user) => user.read,
  as_of: (user) => user.asOf,
  minutes_old: ({ asOf }, { at }) => (asOf === null ? 'not read' : Math.round(secondsBetween(asOf, at) / 60)),
  active_key_ids: (user) => user.active.join(' '),
  expected_key_ids: ({ remaining }) => remaining?.expected.join(' ') ?? null,
  remaining: ({ remaining }) => remaining?.verdict ?? null,
  remaining_last_used: ({ remaining }) =>
    remaining === null ? null : (remaining.lastUsed ?? (remaining.lastUsedKnown ? 'never' : 'not read')),
  decided: ({ remaining }) => remaining?.decidedAt ?? null,
  closed: ({ remaining }) => remaining?.closedAt ?? null,
  case: ({ openCase, remaining }) => openCase?.number ?? remaining?.caseNumber ?? null,
  open_since: ({ openCase }) => openCase?.opened ?? null,
  open_before: ({ openCase }) => openCase?.openBefore ?? null,
  phase: ({ openCase }) => openCase?.phase ?? null,
  excluded_by: (user) => user.excluded,
  observed: (user) => user.observed,
  created_since_report: (user) => user.createdSince,
  renamed_from: (user) => user.renamedFrom,
  owner: (user) => user.owner,
  privileged: (user) => user.privileged ?? 'not known',
  automation: (user) => user.automation ?? 'not known',
  pending: ({ pending }) => pending.map(({ keyId, why }) => `${keyId}: ${PENDING[why]}`).join('; '),
  take_over: ({ takeOver }) => takeOver.map(({ keyId, verdict }) => `${keyId}: ${verdict}`).join('; '),
  not_vouched_because: ({ doubts }) => doubts.map((doubt) => DOUBT[doubt]).join(' '),
  next_step: ({ next }) => (next === null ? null : NEXT_STEP[next]),
} as const satisfies Record<string, Of>;

/** The columns of validation.csv, in their order. */
export const VALIDATION_COLUMNS: readonly string[] = Object.keys(COLUMNS);

/** The cells of validation.csv, by column, a row for each user. A formula must be made harmless by whoever writes the file. */
export function validationCells(validation: Validation): readonly Readonly<Record<string, Cell>>[] {
  return validation.users.map((user) =>
    Object.fromEntries(
      Object.entries<Of>(COLUMNS).map(([name, of]) => {
        const cell = of(user, validation);
        return [name, typeof cell === 'string' ? cellText(cell) : cell];
      }),
    ),
  );
}
