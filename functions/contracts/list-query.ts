/** The query of a list page. Nothing in it permits anything: it is only looked up. */
import * as z from 'zod';
import { AGES, CONFIDENCES, EXCEPTIONS, type ListFilter, PRIVILEGES } from '../core/page/list-filter.ts';
import { MOST_TOGETHER, REFUSALS, type RowOutcome } from '../core/page/review.ts';

const filterSchema = z.object({
  confidence: z.enum(CONFIDENCES).nullable().catch(null),
  privilege: z.enum(PRIVILEGES).nullable().catch(null),
  age: z.enum(AGES).nullable().catch(null),
  exception: z.enum(EXCEPTIONS).nullable().catch(null),
  account: z
    .string()
    .regex(/^\d{12}$/)
    .nullable()
    .catch(null),
}) satisfies z.ZodType<ListFilter>;

/** Reads a filter. A value that is none of ours does not filter. */
export function filterIn(query: Readonly<Record<string, string>>): ListFilter {
  return filterSchema.parse(query);
}

/** A filter as the text of an address, with a place if the page does not begin with the first row: `?confidence=high`. */
export function queryOf(filter: ListFilter, after: string | null = null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, after })) {
    if (value !== null) {
      query.append(name, value);
    }
  }
  return `?${query}`;
}

/** The outcome of a row that was posted, as the address of the result page says it. */
export interface DoneRow {
  readonly userId: string;
  readonly caseNumber: number;
  readonly facts: string;
  readonly outcome: RowOutcome;
}

/** The content of the address of a result page. */
export interface DoneReview {
  readonly rows: readonly DoneRow[];
  /** Number of rows that were none of ours. */
  readonly unreadable: number;
  /** False if the work on the recorded rows could not be started at once. */
  readonly started: boolean;
}

const DONE = /^(\w{1,128})\.([1-9]\d{0,14})\.([0-9a-f]{64})\.([a-z-]{1,20})$/;
const OUTCOMES: readonly RowOutcome[] = ['recorded', ...REFUSALS];

/** The address of a result page, from the page of the list. */
export function doneQuery({ rows, unreadable, started }: DoneReview): string {
  const query = new URLSearchParams();
  for (const { userId, caseNumber, facts, outcome } of rows) {
    query.append('done', [userId, caseNumber, facts, outcome].join('.'));
  }
  if (unreadable > 0) {
    query.append('unreadable', String(unreadable));
  }
  if (!started) {
    query.append('started', 'no');
  }
  return `?${query}`;
}

/** Reads the address of a result page; null if it is the address of another page. */
export function doneIn(url: string): DoneReview | null {
  const query = new URL(url).searchParams;
  const rows = query.getAll('done').slice(0, MOST_TOGETHER).flatMap(readDone);
  const unreadable = Math.min(
    MOST_TOGETHER,
    Number(/^\d{1,3}$/.exec(query.get('unreadable') ?? '')?.[0] ?? 0),
  );
  return rows.length + unreadable === 0 ? null : { rows, unreadable, started: query.get('started') !== 'no' };
}

function readDone(text: string): DoneRow[] {
  const [, userId, number, facts, code] = DONE.exec(text) ?? [];
  const outcome = OUTCOMES.find((one) => one === code);
  return userId === undefined || facts === undefined || outcome === undefined
    ? []
    : [{ userId, caseNumber: Number(number), facts, outcome }];
}
