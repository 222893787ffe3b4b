/** The words that people type into a statement. They stand beside it, and only their SHA-256 is sealed and chained. */
import { LONGEST_COMMENT } from '../case/decision.ts';
import { canonicalJson, sha256 } from '../model/digest.ts';
import type { Said } from './statement.ts';

/** The words of each kind of statement. Every field is plain text, on pages and in packs only. */
export interface TypedOf {
  readonly 'sign-off': { readonly comment: string };
  readonly concern: {
    readonly impact: string;
    readonly remediation: string;
    readonly owner: string;
    /** The number or name of a ticket. It is never a link. */
    readonly ticket: string;
  };
  readonly 'concern-settled': { readonly done: string };
}

/** The words of one statement. */
export type Typed = TypedOf[Said['kind']];

/** The longest words of each field, in UTF-16 units as browsers count them. */
export const LONGEST = {
  'sign-off': { comment: LONGEST_COMMENT },
  concern: { impact: LONGEST_COMMENT, remediation: LONGEST_COMMENT, owner: 80, ticket: 80 },
  'concern-settled': { done: LONGEST_COMMENT },
} as const satisfies {
  readonly [Kind in Said['kind']]: Readonly<Record<keyof TypedOf[Kind], number>>;
};

/** The longest text of all fields together as it is stored; in JSON a character may take six. */
export const LONGEST_TEXT = 6 * (2 * LONGEST_COMMENT + 160) + 100;

/** The words as one text, which is the same however the fields are ordered. */
export function typedText(typed: Typed): string {
  return canonicalJson(typed);
}

/** The digest of words, which the statement has. */
export function typedDigest(typed: Typed): string {
  return sha256(typedText(typed));
}
