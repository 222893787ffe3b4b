/** The forms on the page of a report, and the addresses of its pages. */
import * as z from 'zod';
import { VERDICTS } from '../core/signoff/statement.ts';
import { utf8 } from './decision-form.ts';
import { tidied } from './form-fields.ts';

/** Maximum size of a form in bytes, as received. The words of a concern may take nine bytes a character. */
export const LARGEST_STATEMENT = 65_536;

/** Longest text of a field as received, so that one that is too long is shown again to be shortened. */
const LONGEST_FIELD = 6000;

const words = z.string().max(LONGEST_FIELD).transform(tidied).default('');
const line = z
  .string()
  .max(LONGEST_FIELD)
  .transform((text) => tidied(text).replaceAll('\n', ' '))
  .default('');
const report = z.string().regex(/^[0-9a-f]{64}$/);
const userId = z.string().regex(/^\w{1,128}$/);
const number = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);
const verdict = z.enum(VERDICTS).nullable().default(null);

const formSchema = z.union([
  z
    .strictObject({ step: z.literal('check'), verdict, comment: words, report })
    .transform(({ step: _, ...form }) => ({ kind: 'check' as const, ...form })),
  z
    .strictObject({ step: z.literal('sign-off'), verdict, comment: words, account: line, report })
    .transform(({ step: _, ...form }) => ({ kind: 'sign-off' as const, ...form })),
  z
    .strictObject({
      step: z.literal('concern'),
      user: userId,
      key: line,
      impact: words,
      remediation: words,
      owner: line,
      ticket: line,
      target: line,
    })
    .transform(({ step: _, user, ...form }) => ({ kind: 'concern' as const, userId: user, form })),
  z
    .strictObject({ step: z.literal('settle'), concern: number, done: words })
    .transform(({ step: _, concern, done }) => ({ kind: 'settle' as const, concern, done })),
  z
    .strictObject({ mail: z.literal('row'), user: userId })
    .transform(({ user }) => ({ kind: 'link' as const, userId: user })),
  z.strictObject({ mail: z.literal('expired') }).transform(() => ({ kind: 'renew' as const })),
]);

/** A posted form of the page of a report. */
export type PostedStatement = z.output<typeof formSchema>;

/** The fields of a form as it was posted, so that a page can offer to send it again. {@link parseStatement} reads them. */
export function fieldsOf(posted: PostedStatement): [string, string][] {
  switch (posted.kind) {
    case 'check':
    case 'sign-off': {
      const { kind, verdict, ...rest } = posted;
      return Object.entries({ step: kind, ...(verdict === null ? {} : { verdict }), ...rest });
    }
    case 'concern':
      return Object.entries({ step: 'concern', user: posted.userId, ...posted.form });
    case 'settle':
      return Object.entries({ step: 'settle', concern: String(posted.concern), done: posted.done });
    case 'link':
      return Object.entries({ mail: 'row', user: posted.userId });
    case 'renew':
      return Object.entries({ mail: 'expired' });
  }
}

/** Parses a form of the page of a report. Null unless it has exactly the expected fields, each once. */
export function parseStatement(body: Uint8Array): PostedStatement | null {
  const text = utf8(body);
  if (text === null) {
    return null;
  }
  const fields = [...new URLSearchParams(text)];
  const once = Object.fromEntries(fields);
  const parsed = formSchema.safeParse(once);
  return Object.keys(once).length === fields.length && parsed.success ? parsed.data : null;
}

/**
 * The page under a link to a report: a part of the report, the form for a concern about a user, the form to settle a concern, or
 * the outcome of a statement.
 */
export type ReportAsked =
  | { readonly kind: 'report'; readonly page: number }
  | { readonly kind: 'concern'; readonly userId: string }
  | { readonly kind: 'settle'; readonly concern: number }
  | { readonly kind: 'stated'; readonly digest: string };

const askedSchema = z.union([
  z.object({ concern: userId }).transform(({ concern }) => ({ kind: 'concern' as const, userId: concern })),
  z.object({ settle: number }).transform(({ settle }) => ({ kind: 'settle' as const, concern: settle })),
  z.object({ stated: report }).transform(({ stated }) => ({ kind: 'stated' as const, digest: stated })),
]);

/** Reads the query of an address. Anything that is none of ours asks for the first part of the report. */
export function reportAsked(query: Readonly<Record<string, string>>): ReportAsked {
  const { page = '' } = query;
  const first = /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1;
  return askedSchema.safeParse(query).data ?? { kind: 'report', page: first };
}

/** The address of the outcome of a statement, from the page of the report. */
export function statedQuery(digest: string): string {
  return `?stated=${digest}`;
}
