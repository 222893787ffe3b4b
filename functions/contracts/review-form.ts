import * as z from 'zod';
import { utf8 } from './decision-form.ts';
import { givenGrounds, groundsFields, type PostedGrounds } from './form-fields.ts';

/**
 * Maximum size of a form about several users in bytes, as received: far above what our pages send, so that a form with too many
 * users is answered by a page that says so.
 */
export const LARGEST_REVIEW = 131_072;

/** The answer about one user in a form about several: keep this key, and deactivate those with these endings. */
export interface ReviewRow {
  readonly userId: string;
  readonly caseNumber: number;
  readonly keep: string;
  /** The last four characters of every key to deactivate, as the page showed them. */
  readonly off: readonly string[];
  readonly facts: string;
}

/** A posted form about several users. A row that is none of ours is null, and refuses only itself. */
export interface PostedReview {
  /** `check`: no answer, but the choice of rows, upon which the page to check is shown. */
  readonly kind: 'check' | 'decide';
  readonly rows: readonly (ReviewRow | null)[];
  /** The text typed to confirm the number of keys, and that number; null if the text is anything else. */
  readonly typed: { readonly text: string; readonly count: number | null };
  readonly grounds: PostedGrounds;
}

/** The form that has the link to the report mailed. It decides nothing. */
export interface PostedReportWish {
  readonly kind: 'report-link';
}

/** The field that a form has once for each row. */
export const ROW_FIELD = 'row';

const ROW = /^(\w{1,128})-([1-9]\d{0,14})-(\w{16,128})-(\w{4}(?:\.\w{4}){0,19})-([0-9a-f]{64})$/;

/** A row as the value of a field. */
export function rowText({ userId, caseNumber, keep, off, facts }: ReviewRow): string {
  return [userId, caseNumber, keep, off.join('.'), facts].join('-');
}

/** Reads a row; null if it is none. It is only looked up and compared, never believed. */
export function readRow(text: string): ReviewRow | null {
  const [, userId, number, keep, off, facts] = ROW.exec(text) ?? [];
  if (userId === undefined || keep === undefined || off === undefined || facts === undefined) {
    return null;
  }
  return { userId, caseNumber: Number(number), keep, off: off.split('.'), facts };
}

const COUNT = /^\s*deactivate\s+(\d{1,5})\s+keys?[\s.]*$/i;

/** Reads the number of keys in a text such as `deactivate 21 keys`; null for any other text. */
export function readCount(text: string): number | null {
  const [, count] = COUNT.exec(text) ?? [];
  return count === undefined ? null : Number(count);
}

const formSchema = z.union([
  z.strictObject({ step: z.literal('check') }).transform(() => ({
    kind: 'check' as const,
    typed: { text: '', count: null },
    grounds: givenGrounds({}),
  })),
  z.strictObject({ mail: z.literal('report') }).transform(() => ({ kind: 'report-link' as const })),
  z
    .strictObject({ count: z.string().max(1000).default(''), ...groundsFields })
    .transform(({ count, ...given }) => ({
      kind: 'decide' as const,
      typed: { text: count, count: readCount(count) },
      grounds: givenGrounds(given),
    })),
]);

/** Parses a form of the page of a list. Null unless it has exactly the expected fields, each once but for the rows. */
export function parseReview(body: Uint8Array): PostedReview | PostedReportWish | null {
  const text = utf8(body);
  if (text === null) {
    return null;
  }
  const fields = [...new URLSearchParams(text)];
  const rows = fields.flatMap(([name, value]) => (name === ROW_FIELD ? [readRow(value)] : []));
  const others = fields.filter(([name]) => name !== ROW_FIELD);
  const once = Object.fromEntries(others);
  const parsed = formSchema.safeParse(once);
  if (Object.keys(once).length !== others.length || !parsed.success) {
    return null;
  }
  if (parsed.data.kind === 'report-link') {
    return rows.length === 0 ? parsed.data : null;
  }
  return { ...parsed.data, rows };
}
