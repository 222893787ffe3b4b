import * as z from 'zod';
import type { Anchor, EntryLine, HASH_FILES, HeadLine, LedgerLine } from '../core/records/anchor.ts';
import { instantSchema } from './case-item.ts';
import { type Same, stored } from './stored.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const hash = z.string();
const count = z.int().nonnegative();

const numbered = z.int().positive().nullable();

const head = stored({ userId: z.string(), version: z.int().positive(), hash });
const entry = stored({ userId: z.string(), n: z.int().positive(), hash });
const ledger = stored({ number: count, hash });

const anchor = stored({
  schema: z.int().positive(),
  account: z.string(),
  number: z.int().positive(),
  at: instantSchema,
  previous: sha256Hex.nullable(),
  after: instantSchema.nullable(),
  until: instantSchema,
  kind: z.enum(['daily', 'news']),
  release: z.string(),
  settings: sha256Hex,
  validated: instantSchema.nullable(),
  latest: stored({
    settings: numbered,
    remediated: numbered,
    times: numbered,
    validation: numbered,
    report: numbered,
  }),
  ledger,
  counts: stored({ users: count, entries: count }).nullable(),
  unvouched: z.array(stored({ userId: z.string(), why: z.string() })),
  files: z.array(stored({ name: z.string(), bytes: count, sha256: sha256Hex })),
});

const anchorSchema: Same<z.infer<typeof anchor>, Anchor> extends true ? z.ZodType<Anchor> : never = anchor;

/** An anchor from its text; null if it is none. Its signature must be checked before anything follows from it. */
export function readAnchor(text: string): Anchor | null {
  return anchorSchema.safeParse(jsonOf(text)).data ?? null;
}

const LINES = { entries: entry, heads: head, ledger } as const satisfies Record<
  keyof typeof HASH_FILES,
  z.ZodType
>;

interface LineOf {
  readonly entries: EntryLine;
  readonly heads: HeadLine;
  readonly ledger: LedgerLine;
}

/** The lines of a file with hashes; null if one of them cannot be read. */
export function readHashLines<File extends keyof LineOf>(file: File, text: string): LineOf[File][] | null {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => LINES[file].safeParse(jsonOf(line)).data);
  return lines.includes(undefined) ? null : (lines as LineOf[File][]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
