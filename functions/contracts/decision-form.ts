import * as z from 'zod';
import { LINK_WHYS, type LinkWhy } from '../core/channel/link-request.ts';
import { formNames } from './names.ts';

/** Maximum size of a form in bytes, as received. Our forms have about 300. */
export const LARGEST_FORM = 8192;

/** The text that a person typed, and the key endings in it. */
export interface Typed {
  /** The text as typed, so that it can be shown again. */
  readonly text: string;
  /**
   * The groups of four characters in capitals, in the order typed; null if the text does not consist of such groups.
   */
  readonly fours: readonly string[] | null;
}

/** A posted form. The use case decides if the case accepts it. */
export type PostedForm =
  | {
      readonly kind: 'keep';
      /** Key id of the selected radio button; null if none was selected. */
      readonly keep: string | null;
      readonly off: Typed;
      /** True if the person ticked that a key in use may be deactivated. */
      readonly inUse: boolean;
      /** The keys that the page showed as in use; empty for a page of release 0.2.0, which does not say. */
      readonly shownInUse: readonly string[];
      readonly facts: string;
    }
  | { readonly kind: 'restore'; readonly back: Typed; readonly facts: string }
  | { readonly kind: 'confirm'; readonly remove: Typed; readonly facts: string }
  /** No answer, but a request for a mail with a new link. */
  | { readonly kind: 'link'; readonly wish: LinkWhy };

const facts = z.string().regex(/^[0-9a-f]{64}$/);
const keyIds = z
  .string()
  .regex(/^\w{16,128}(?: \w{16,128})*$/)
  .transform((ids) => ids.split(' '))
  .default([]);
const typed = z.string().max(1000).default('').transform(readTyped);

const formSchema = z.union([
  z
    .strictObject({ mail: z.enum(LINK_WHYS) })
    .transform(({ mail }) => ({ kind: 'link' as const, wish: mail })),
  z
    .strictObject({ back: z.string().max(1000).transform(readTyped), facts })
    .transform(({ back, facts: shown }) => ({ kind: 'restore' as const, back, facts: shown })),
  z
    .strictObject({ remove: z.string().max(1000).transform(readDeletion), facts })
    .transform(({ remove, facts: shown }) => ({ kind: 'confirm' as const, remove, facts: shown })),
  z
    .strictObject({
      keep: z
        .string()
        .regex(/^\w{16,128}$/)
        .nullable()
        .default(null),
      off: typed,
      inUse: z.literal('yes').optional(),
      shownInUse: keyIds,
      facts,
    })
    .transform((form) => ({ ...form, kind: 'keep' as const, inUse: form.inUse === 'yes' })),
]);

/** True for the content type that a browser sends with our forms. */
export function isFormType(contentType: string | null | undefined): boolean {
  return /^application\/x-www-form-urlencoded(\s*;\s*charset="?utf-8"?)?\s*$/i.test(
    contentType?.trim() ?? '',
  );
}

/**
 * Parses the body of a form whose size and type were checked. Null unless it has exactly the expected fields, each
 * once.
 */
export function parseForm(body: Uint8Array): PostedForm | null {
  const text = utf8(body);
  if (text === null) {
    return null;
  }
  const fields = [...new URLSearchParams(text)];
  const once = Object.fromEntries(fields);
  if (Object.keys(once).length !== fields.length) {
    return null;
  }
  const parsed = formSchema.safeParse(formNames(once));
  return parsed.success ? parsed.data : null;
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

/** The word that a person types before the keys to delete, so that no key is deleted by what reactivates it. */
const DELETE = /^\s*delete(?![^\s,;.…])/i;

/** Reads the word `delete` and the keys after it, as in `delete 3QXK MPLE`. `fours` is null without that word. */
export function readDeletion(text: string): Typed {
  return DELETE.test(text) ? { ...readTyped(text.replace(DELETE, '')), text } : { text, fours: null };
}

function foursOf(word: string): string[] {
  return WHOLE_ID.test(word) ? [word.slice(-4)] : (word.match(/.{4}/g) ?? []);
}

function utf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}
