import * as z from 'zod';
import { sha256 } from '../core/model/digest.ts';
import { type Said, type SealedStatement, VERDICTS } from '../core/signoff/statement.ts';
import { LONGEST, LONGEST_TEXT, type TypedOf } from '../core/signoff/typed.ts';
import { instantSchema } from './case-item.ts';
import { type ItemKey, requestKey } from './items.ts';
import { type Same, stored } from './stored.ts';

/**
 * A statement about a report. It is in a partition of answers, because `approve` may write no other, and in another attribute,
 * so that it is never read as an answer. No id of a user is like this.
 */
export function statementKey(account: string, digest: string): ItemKey {
  return requestKey(account, 'STATEMENT', digest);
}

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const entryNumber = z.int().positive();

const said = z.discriminatedUnion('kind', [
  stored({
    kind: z.literal('sign-off'),
    verdict: z.enum(VERDICTS),
    concerns: z.array(entryNumber).max(1000),
    after: entryNumber.exactOptional(),
    textDigest: sha256Hex.exactOptional(),
  }),
  stored({
    kind: z.literal('concern'),
    userId: z.string().regex(/^\w{1,128}$/),
    userName: z.string().regex(/^[\w+=,.@-]{1,128}$/),
    keyEnd: z
      .string()
      .regex(/^[A-Z0-9]{4}$/)
      .nullable(),
    target: z.iso.date(),
    textDigest: sha256Hex,
  }),
  stored({ kind: z.literal('concern-settled'), concern: entryNumber, textDigest: sha256Hex }),
]);

/** The kinds of statements that this release knows. */
const KINDS: readonly string[] = said.options.map(({ shape }) => shape.kind.value);

/** The content of a statement. Does not compile if the core's has another field or kind. */
export const saidSchema: Same<z.infer<typeof said>, Said> extends true ? z.ZodType<Said> : never = said;

/** The fields of a statement that name the report. */
export const seenReport = { anchor: z.int().positive(), reportSha256: sha256Hex };

const statement = stored({
  digest: sha256Hex,
  at: instantSchema,
  ...seenReport,
  said,
  payload: z.string().max(1024),
  proof: sha256Hex,
});

const item = z.object({ statement });

/** The content of a statement's item. */
export const statementItemSchema: Same<z.infer<typeof statement>, SealedStatement> extends true
  ? z.ZodType<{ readonly statement: SealedStatement }>
  : never = item;

/** A statement of a kind that this release does not know, with any fields. */
const newer = z.object({
  statement: z.looseObject({
    said: z
      .looseObject({ kind: z.string().max(40) })
      .refine(({ kind }) => !KINDS.includes(kind), 'a kind that is known has the fields of that kind'),
  }),
});

/** Reads a statement's item (undefined: there is none); `newer` if only a newer release can, null if nobody can. */
export function readStatement(found: unknown): SealedStatement | 'newer' | null {
  const { data } = statementItemSchema.safeParse(found);
  return data?.statement ?? (newer.safeParse(found).success ? 'newer' : null);
}

const line = (most: number) => z.string().max(most);

/** The words of each kind, as one JSON text beside the sealed statement, where they can be erased without breaking its proof. */
const TYPED: { readonly [Kind in Said['kind']]: z.ZodType<TypedOf[Kind]> } = {
  'sign-off': stored({ comment: line(LONGEST['sign-off'].comment) }),
  concern: stored({
    impact: line(LONGEST.concern.impact),
    remediation: line(LONGEST.concern.remediation),
    owner: line(LONGEST.concern.owner),
    ticket: line(LONGEST.concern.ticket),
  }),
  'concern-settled': stored({ done: line(LONGEST['concern-settled'].done) }),
};

/** The words beside a statement as its item has them: a text, or none any more because an operator erased them. */
const wordsItem = z.union([
  z.object({ comment: z.string().max(LONGEST_TEXT) }),
  z.object({ erased: instantSchema }),
]);

/**
 * The words in an item (undefined: there is none) of a statement of this kind; `erased` if they were erased. Null if they are not
 * those with this digest: nobody gave those.
 */
export function readWords<Kind extends Said['kind']>(
  kind: Kind,
  item: unknown,
  textDigest: string,
): TypedOf[Kind] | 'erased' | null {
  const { data } = wordsItem.safeParse(item);
  if (data !== undefined && 'erased' in data) {
    return 'erased';
  }
  return data === undefined ? null : readTypedText(kind, data.comment, textDigest);
}

/** The words in a text with this digest; null if it has another, or is not what a statement of this kind has. */
export function readTypedText<Kind extends Said['kind']>(
  kind: Kind,
  text: string,
  textDigest: string,
): TypedOf[Kind] | null {
  if (sha256(text) !== textDigest) {
    return null;
  }
  return TYPED[kind].safeParse(jsonOf(text)).data ?? null;
}

/** Reads the words of statements from their texts, which are by their SHA-256. */
export function wordsIn(texts: ReadonlyMap<string, string>) {
  return <Kind extends Said['kind']>(kind: Kind, textDigest: string): TypedOf[Kind] | null => {
    const text = texts.get(textDigest);
    return text === undefined ? null : readTypedText(kind, text, textDigest);
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
