import { sameValue } from '../model/digest.ts';
import type { Case } from './case.ts';
import { entryHash, type StoredEntry } from './history.ts';

/**
 * A sign that the record of a user was changed by something other than Solekey. `missing`, `surplus`: entries from
 * `from` to `to` · `edited`: entry `n` is not the one that was written · `case-differs`: these fields of the case are not
 * what its history says · `no-case`: there is a history without a case.
 */
export type Finding =
  | { readonly found: 'missing' | 'surplus'; readonly from: number; readonly to: number }
  | { readonly found: 'edited'; readonly n: number }
  | { readonly found: 'case-differs'; readonly fields: readonly string[] }
  | { readonly found: 'no-case' };

/**
 * The findings about the entries of a history, in any order; none if they are exactly those that led to version
 * `version` of the case. `head` is the hash stored beside the case, which binds the last entry.
 */
export function chainFindings(entries: readonly StoredEntry[], version: number, head: string): Finding[] {
  const findings: Finding[] = [];
  let expected = 1;
  // The hash that the next entry must contain; undefined after a gap, where it is unknown.
  let prev: string | null | undefined = null;
  for (const entry of [...entries].sort((a, b) => a.n - b.n).filter(({ n }) => n <= version)) {
    if (entry.n > expected) {
      findings.push({ found: 'missing', from: expected, to: entry.n - 1 });
      prev = undefined;
    }
    if (entry.n < expected || (prev !== undefined && entry.prev !== prev)) {
      // The link to the entry before does not fit, and that entry was bound by nothing else.
      findings.push({ found: 'edited', n: Math.max(1, expected - 1) });
    }
    expected = entry.n + 1;
    prev = entryHash(entry);
  }
  if (expected <= version) {
    findings.push({ found: 'missing', from: expected, to: version });
  } else if (prev !== head) {
    findings.push({ found: 'edited', n: version });
  }
  const later = entries.map(({ n }) => n).filter((n) => n > version);
  return later.length === 0
    ? findings
    : [...findings, { found: 'surplus', from: Math.min(...later), to: Math.max(...later) }];
}

/** The top-level fields in which two versions of a case differ, by name. */
export function differingFields(a: Case, b: Case): string[] {
  const fields = [...new Set([...Object.keys(a), ...Object.keys(b)])] as (keyof Case)[];
  return fields.filter((field) => !sameValue(a[field] ?? null, b[field] ?? null)).sort();
}
