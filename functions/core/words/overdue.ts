import type { Instant } from '../model/time.ts';
import { day } from './words.ts';

/** `overdue since 3 Nov 2026`, as a part of a line; empty if it is not. */
export function overdueInShort(since: Instant | null): string {
  return since === null ? '' : `overdue since ${day(since)}`;
}

/** A sentence that says since when a question is overdue; empty if it is not. */
export function overdueSentence(since: Instant | null): string {
  return since === null ? '' : `A decision has been overdue since ${day(since)}.`;
}
