import type { Case } from '../case.ts';
import { activeKeys } from '../compliance.ts';
import { dotted } from '../proposal-words.ts';
import type { Proposal } from '../proposal.ts';
import { day, fromNow, lastUse, moment } from '../words.ts';
import type { NewsContext } from './context.ts';

/** Rows with their columns aligned, indented by two; the first row is the head. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(width(column))).join('   ')}`.trimEnd())
    .join('\n');
}

const OFF = { Inactive: 'off', Expired: 'expired', Active: 'active' } as const;

/** The keys of an open question, with what we propose for each. */
export function questionTable({ known, now }: NewsContext, proposal: Proposal | null): string {
  const rows = known.keys.map((key) => [
    dotted(key.id),
    OFF[key.status],
    day(key.created),
    lastUse(key.lastUsed, key.created, now),
    proposed(known, key.id, proposal),
  ]);
  return aligned([['key', 'status', 'created', 'last used', 'proposal'], ...rows]);
}

function proposed(known: Case, keyId: string, proposal: Proposal | null): string {
  if (proposal?.keep === keyId) return 'keep';
  if (proposal?.others.includes(keyId)) return 'switch off';
  return known.progress[keyId]?.deactivated === undefined ? '-' : 'off already';
}

/** The keys after we changed something: before, now, and what comes next. */
export function outcomeTable({ known, now }: NewsContext): string {
  const rows = allKeys(known).map((id) => {
    const status = known.keys.find((key) => key.id === id)?.status;
    return [dotted(id), status === undefined ? 'deleted' : OFF[status], comesNext(known, id, now)];
  });
  return aligned([['key', 'now', 'what comes next'], ...rows]);
}

function comesNext(known: Case, keyId: string, now: string): string {
  const { deleted, graceEnds } = known.progress[keyId] ?? {};
  if (deleted !== undefined) return 'cannot be brought back';
  if (known.decision?.keep === keyId) return 'stays';
  if (graceEnds === undefined) return 'nothing';
  return `deleted on ${moment(graceEnds)} (${fromNow(graceEnds, now)}); this cannot be undone`;
}

/** Keys that exist and keys that this case deleted. */
function allKeys(known: Case): string[] {
  return [...new Set([...known.keys.map((key) => key.id), ...Object.keys(known.progress)])];
}

/** `one active key` or `3 active keys`. */
export function activeCount(known: Case): string {
  const count = activeKeys(known.keys).length;
  return count === 0 ? 'no active key' : count === 1 ? 'one active key' : `${count} active keys`;
}
