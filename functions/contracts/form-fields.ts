/** The fields that several forms of a case's page have. */
import * as z from 'zod';
import { DECISION_REASONS, type DecisionReason } from '../core/case/decision.ts';

/** Maximum length of a form's comment before it is trimmed, so that one that is too long is shown again to be shortened. */
const LONGEST_COMMENT = 4000;

/** The text that a person typed, and the key endings in it. */
export interface Typed {
  /** The text as typed, so that it can be shown again. */
  readonly text: string;
  /**
   * The groups of four characters in capitals, in the order typed; null if the text does not consist of such groups.
   */
  readonly fours: readonly string[] | null;
}

/** A person's reason and comment, as a check page asks for them. */
export interface PostedGrounds {
  /** Null if none was chosen. */
  readonly reason: DecisionReason | null;
  /** The comment without control characters, and without spaces at its ends. */
  readonly comment: string;
}

/** The form of an answer that deactivates keys, but for the key to keep. */
export interface PostedDeactivation {
  readonly off: Typed;
  /** True if the person ticked that a key in use may be deactivated. */
  readonly inUse: boolean;
  /** The keys that the page showed as in use; empty for a page of release 0.2.0, which does not say. */
  readonly shownInUse: readonly string[];
  /** Absent on a form of 0.6.0, which does not ask for them. */
  readonly grounds?: PostedGrounds;
  readonly facts: string;
}

/** The digest of the page with the form. */
export const facts = z.string().regex(/^[0-9a-f]{64}$/);
/** The id of a key. */
export const keyId = z.string().regex(/^\w{16,128}$/);
/** The ids of several keys, with a space between them. */
export const keyIdList = z
  .string()
  .regex(/^\w{16,128}(?: \w{16,128})*$/)
  .transform((ids) => ids.split(' '));
/** A text that is shown again as typed. */
export const text = z.string().max(1000);
/** The endings of keys, as typed. */
export const typed = text.default('').transform(readTyped);
/** The fields of a reason and a comment. Both are there or neither, because a page has them in one form. */
export const groundsFields = {
  reason: z.enum([...DECISION_REASONS, '']).optional(),
  comment: z.string().max(LONGEST_COMMENT).transform(tidied).optional(),
};

/** The fields of an answer that deactivates keys, besides the key to keep. */
export const deactivation = {
  off: typed,
  inUse: z.literal('yes').optional(),
  shownInUse: keyIdList.default([]),
  ...groundsFields,
  facts,
};

/** The fields of an answer that deactivates keys, as the use case takes them. */
export function deactivated(form: z.output<z.ZodObject<typeof deactivation>>): PostedDeactivation {
  const { inUse, reason, comment, ...rest } = form;
  return { ...rest, inUse: inUse === 'yes', ...groundsOf({ reason, comment }) };
}

/** A reason and a comment as the fields of a form have them. */
interface FormGrounds {
  readonly reason?: DecisionReason | '' | undefined;
  readonly comment?: string | undefined;
}

/** The grounds of a form that asks for them; nothing for one that does not. */
export function groundsOf({ reason, comment }: FormGrounds): { readonly grounds?: PostedGrounds } {
  return reason === undefined && comment === undefined ? {} : { grounds: givenGrounds({ reason, comment }) };
}

/** The grounds of a form that asks for them, with nothing for a field that is missing. */
export function givenGrounds({ reason, comment = '' }: FormGrounds): PostedGrounds {
  return { reason: reason === '' ? null : (reason ?? null), comment };
}

/** A comment with plain line ends, without control characters and such that reverse text, and without spaces at its ends. */
export function tidied(comment: string): string {
  return comment
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}

/** A whole access key id, as copied from the IAM console. */
const WHOLE_ID = /^A[KS]IA[A-Z0-9]{12,124}$/;

/**
 * Reads the last four characters of several keys, in any case, separate or together: `3qxk, MPLE`, `…3QXK …MPLE`,
 * `3QXKMPLE` and the whole ids are equivalent. `fours` is null if anything is neither an id nor groups of four.
 */
export function readTyped(text: string): Typed {
  const words = text.toUpperCase().match(/[^\s,;.…]+/g) ?? [];
  const readable = words.every((word) => WHOLE_ID.test(word) || /^(?:[A-Z0-9]{4})+$/.test(word));
  return { text, fours: readable ? words.flatMap(foursOf) : null };
}

function foursOf(word: string): string[] {
  return WHOLE_ID.test(word) ? [word.slice(-4)] : (word.match(/.{4}/g) ?? []);
}
