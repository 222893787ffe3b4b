import * as z from 'zod';
import type { Case } from '../core/case/case.ts';
import { foldHistory, type StoredEntry, type Version } from '../core/case/history.ts';
import { chainFindings, differingFields, type Finding } from '../core/case/record-check.ts';
import type { UnreadCase } from '../core/case/unread.ts';
import { caseSchema } from './case-item.ts';
import { presentNames } from './names.ts';
import { readCase } from './read-case.ts';

/** All that is stored about a user, and whether it is as Solekey wrote it. */
export interface UserRecord {
  /** The case; as far as it can be read if another release wrote it, null if there is none. */
  readonly current: Case | UnreadCase | null;
  /** The entries that can be read, oldest first. One that cannot be read is reported as missing. */
  readonly entries: readonly StoredEntry[];
  /** The signs that something other than Solekey changed the record; empty if there are none. */
  readonly findings: readonly Finding[];
}

/** A history entry of any release. Unknown fields are kept, because its hash covers them. */
const entrySchema = z.looseObject({
  n: z.int().positive(),
  at: z.string(),
  rule: z.string(),
  events: z.array(
    z.looseObject({
      code: z.string(),
      keyId: z.string().exactOptional(),
      by: z.string().exactOptional(),
      detail: z.string().exactOptional(),
      iam: z.looseObject({ code: z.string(), requestId: z.string().nullable() }).exactOptional(),
    }),
  ),
  changes: z.looseObject({}),
  prev: z.string().nullable(),
});

/**
 * Every version of a user's case with its entry, oldest first, folded from entries without a finding; null if this release
 * cannot read one of them, because another one wrote something in it that this one does not know.
 */
export function readVersions(entries: readonly StoredEntry[]): readonly Version[] | null {
  const versions: Version[] = [];
  let folded: Partial<Case> = {};
  for (const entry of entries) {
    folded = { ...folded, ...presentNames(entry.changes) };
    const read = caseSchema.safeParse(folded);
    if (!read.success) {
      return null;
    }
    versions.push({ entry, case: read.data });
  }
  return versions;
}

/** The version and hash that bind a history to its case, whichever release wrote the case. */
const boundSchema = z.object({ version: z.int().nonnegative(), hash: z.string() });

/** Reads the case item of a user (undefined: there is none) with the items of its history, and compares the two. */
export function readRecord(
  caseItem: Record<string, unknown> | undefined,
  historyItems: readonly Record<string, unknown>[],
): UserRecord {
  const entries = historyItems
    .flatMap(({ entry }) => entrySchema.safeParse(entry).data ?? [])
    .sort((a, b) => a.n - b.n) as unknown as StoredEntry[];
  if (caseItem === undefined) {
    return { current: null, entries, findings: historyItems.length === 0 ? [] : [{ found: 'no-case' }] };
  }
  const { version, hash } = boundSchema.safeParse(caseItem).data ?? { version: entries.length, hash: '' };
  const findings = chainFindings(entries, version, hash);
  const read = readCase(caseItem);
  if ('unread' in read) {
    return { current: read.unread, entries, findings };
  }
  const { case: current } = read.item;
  const folded = caseSchema.safeParse(foldHistory(entries, hash, presentNames)).data;
  const fields = folded === undefined ? [] : differingFields(folded, current);
  const differs: Finding[] = fields.length === 0 ? [] : [{ found: 'case-differs', fields }];
  return { current, entries, findings: [...findings, ...differs] };
}
