import * as z from 'zod';

/** The largest form we read, in bytes as received. Ours has about 300. */
export const LARGEST_FORM = 8192;

/** What a person typed, with the last fours taken apart where that could be done. */
export interface Typed {
  /** As typed, to be shown again. */
  readonly text: string;
  /** In capital letters, in the order typed; null when it cannot be read as last fours. */
  readonly fours: readonly string[] | null;
}

/** A posted form. Whether it fits the case is for the use case to say. */
export type PostedForm =
  | {
      readonly kind: 'keep';
      /** Key id of the radio button; null when none was chosen. */
      readonly keep: string | null;
      readonly off: Typed;
      /** Whether the person ticked that a key in use may be switched off. */
      readonly inUse: boolean;
      readonly facts: string;
    }
  | { readonly kind: 'restore'; readonly back: Typed; readonly facts: string }
  | { readonly kind: 'confirm'; readonly remove: Typed; readonly facts: string };

const facts = z.string().regex(/^[0-9a-f]{64}$/);
const typed = z.string().max(1000).default('').transform(readTyped);

const formSchema = z.union([
  z
    .strictObject({ back: z.string().max(1000).transform(readTyped), facts })
    .transform(({ back, facts: shown }) => ({ kind: 'restore' as const, back, facts: shown })),
  z
    .strictObject({ remove: z.string().max(1000).transform(readTyped), facts })
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
      facts,
    })
    .transform((form) => ({ ...form, kind: 'keep' as const, inUse: form.inUse === 'yes' })),
]);

/** Whether a content type is the one that a browser sends for our forms. */
export function isFormType(contentType: string | null | undefined): boolean {
  return /^application\/x-www-form-urlencoded(\s*;\s*charset="?utf-8"?)?\s*$/i.test(
    contentType?.trim() ?? '',
  );
}

/** Reads a body of a known size and type. Every field once, none that we did not ask for. */
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
  const parsed = formSchema.safeParse(once);
  return parsed.success ? parsed.data : null;
}

/** A key id written as a whole, as IAM's console offers it for copying. */
const WHOLE_ID = /^A[KS]IA[A-Z0-9]{12,124}$/;

/**
 * Last four characters of several keys, in any case, apart or written together: `3qxk, MPLE`, `…3QXK …MPLE`,
 * `3QXKMPLE` and the whole ids say the same. Null when something is left that is neither an id nor groups of four.
 */
export function readTyped(text: string): Typed {
  const words = text.toUpperCase().match(/[^\s,;.…]+/g) ?? [];
  const readable = words.every((word) => WHOLE_ID.test(word) || /^(?:[A-Z0-9]{4})+$/.test(word));
  return { text, fours: readable ? words.flatMap(foursOf) : null };
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
