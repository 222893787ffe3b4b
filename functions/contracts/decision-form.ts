import * as z from 'zod';
import { DECISION_REASONS, type DecisionReason } from '../core/case/decision.ts';
import { LINK_WHYS, type LinkWhy } from '../core/channel/link-request.ts';
import { formNames } from './names.ts';

/** Maximum size of a form in bytes, as received. Our forms have about 400, and a comment of 500 characters up to 4,500 more. */
export const LARGEST_FORM = 8192;

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
interface PostedDeactivation {
  readonly off: Typed;
  /** True if the person ticked that a key in use may be deactivated. */
  readonly inUse: boolean;
  /** The keys that the page showed as in use; empty for a page of release 0.2.0, which does not say. */
  readonly shownInUse: readonly string[];
  /** Absent on a form of 0.6.0, which does not ask for them. */
  readonly grounds?: PostedGrounds;
  readonly facts: string;
}

/** A posted form. The use case decides if the case accepts it. */
export type PostedForm =
  /** `keep`: key id of the selected radio button; null if none was selected. */
  | ({ readonly kind: 'keep'; readonly keep: string | null } & PostedDeactivation)
  | ({ readonly kind: 'none' } & PostedDeactivation)
  | {
      readonly kind: 'restore';
      /** The text typed, and the keys in it. */
      readonly back: Typed;
      /** True if the text begins with the word `reactivate`. */
      readonly asked: boolean;
      /** The keys named on the second page; absent on a page of 0.6.0, on which they are typed. */
      readonly chosen?: readonly string[];
      readonly facts: string;
    }
  | { readonly kind: 'confirm'; readonly remove: Typed; readonly facts: string }
  /** No answer, but the choice of a key to keep, upon which the page to check is shown. */
  | {
      readonly kind: 'check-keep';
      readonly keep: string | null;
      /** From an answer that was refused because something changed, so that it is not typed again. */
      readonly grounds?: PostedGrounds;
      readonly facts: string;
    }
  /** No answer, but the choice to keep no key, upon which the page to check is shown. */
  | { readonly kind: 'check-none'; readonly grounds?: PostedGrounds; readonly facts: string }
  /** No answer, but the choice of keys to reactivate, upon which the second page is shown. */
  | { readonly kind: 'check-restore'; readonly keys: readonly string[]; readonly facts: string }
  /** No answer, but a request for a mail with a new link. */
  | { readonly kind: 'link'; readonly wish: LinkWhy };

/** The value of the choice to keep no key. */
export const NO_KEY = 'none';

const facts = z.string().regex(/^[0-9a-f]{64}$/);
const keyId = z.string().regex(/^\w{16,128}$/);
const keyIdList = z
  .string()
  .regex(/^\w{16,128}(?: \w{16,128})*$/)
  .transform((ids) => ids.split(' '));
const text = z.string().max(1000);
const typed = text.default('').transform(readTyped);
/** The fields of a reason and a comment. Both are there or neither, because a page has them in one form. */
export const groundsFields = {
  reason: z.enum([...DECISION_REASONS, '']).optional(),
  comment: z.string().max(LONGEST_COMMENT).transform(tidied).optional(),
};

/** The fields of an answer that deactivates keys, besides the key to keep. */
const deactivation = {
  off: typed,
  inUse: z.literal('yes').optional(),
  shownInUse: keyIdList.default([]),
  ...groundsFields,
  facts,
};

const formSchema = z.union([
  z
    .strictObject({ mail: z.enum(LINK_WHYS) })
    .transform(({ mail }) => ({ kind: 'link' as const, wish: mail })),
  z.strictObject({ back: text.transform(readReactivation), facts }).transform(({ back, facts: shown }) => ({
    kind: 'restore' as const,
    ...back,
    facts: shown,
  })),
  z
    .strictObject({ restore: keyIdList, back: text.default('').transform(readReactivation), facts })
    .transform(({ restore, back, facts: shown }) => ({
      kind: 'restore' as const,
      ...back,
      chosen: restore,
      facts: shown,
    })),
  z
    .strictObject({ remove: text.transform(readDeletion), facts })
    .transform(({ remove, facts: shown }) => ({ kind: 'confirm' as const, remove, facts: shown })),
  z
    .strictObject({
      step: z.literal('check'),
      keep: z
        .union([keyId, z.literal(NO_KEY)])
        .nullable()
        .default(null),
      ...groundsFields,
      facts,
    })
    .transform(({ keep, facts: shown, ...given }) => ({
      ...(keep === NO_KEY ? { kind: 'check-none' as const } : { kind: 'check-keep' as const, keep }),
      facts: shown,
      ...groundsOf(given),
    })),
  z
    .strictObject({ none: z.literal(NO_KEY), ...deactivation })
    .transform(({ none: _none, ...form }) => ({ kind: 'none' as const, ...deactivated(form) })),
  z
    .strictObject({ step: z.literal('restore'), key: keyIdList.default([]), facts })
    .transform(({ key, facts: shown }) => ({ kind: 'check-restore' as const, keys: key, facts: shown })),
  z
    .strictObject({ keep: keyId.nullable().default(null), ...deactivation })
    .transform(({ keep, ...form }) => ({ kind: 'keep' as const, keep, ...deactivated(form) })),
]);

/** The fields of an answer that deactivates keys, as the use case takes them. */
function deactivated(form: z.output<z.ZodObject<typeof deactivation>>): PostedDeactivation {
  const { inUse, reason, comment, ...rest } = form;
  return { ...rest, inUse: inUse === 'yes', ...groundsOf({ reason, comment }) };
}

/** A reason and a comment as the fields of a form have them. */
interface FormGrounds {
  readonly reason?: DecisionReason | '' | undefined;
  readonly comment?: string | undefined;
}

/** The grounds of a form that asks for them; nothing for one that does not. */
function groundsOf({ reason, comment }: FormGrounds): { readonly grounds?: PostedGrounds } {
  return reason === undefined && comment === undefined ? {} : { grounds: givenGrounds({ reason, comment }) };
}

/** The grounds of a form that asks for them, with nothing for a field that is missing. */
export function givenGrounds({ reason, comment = '' }: FormGrounds): PostedGrounds {
  return { reason: reason === '' ? null : (reason ?? null), comment };
}

/** A comment with plain line ends, without control characters and such that reverse text, and without spaces at its ends. */
function tidied(comment: string): string {
  return comment
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}

/** True for the content type that a browser sends with our forms. */
export function isFormType(contentType: string | null | undefined): boolean {
  return /^application\/x-www-form-urlencoded(\s*;\s*charset="?utf-8"?)?\s*$/i.test(
    contentType?.trim() ?? '',
  );
}

/** The only field that a form may have several times: a box for each key to reactivate. */
const SEVERAL = 'key';

/**
 * Parses the body of a form whose size and type were checked. Null unless it has exactly the expected fields, each
 * once, but for the boxes of several keys.
 */
export function parseForm(body: Uint8Array): PostedForm | null {
  const text = utf8(body);
  if (text === null) {
    return null;
  }
  const fields = [...new URLSearchParams(text)];
  const keys = fields.flatMap(([name, value]) => (name === SEVERAL ? [value] : []));
  const others = fields.filter(([name]) => name !== SEVERAL);
  const once = Object.fromEntries(keys.length === 0 ? others : [...others, [SEVERAL, keys.join(' ')]]);
  if (Object.keys(once).length !== others.length + Math.min(keys.length, 1)) {
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

/** The word that a person types before keys to reactivate, where a press is not enough. */
const REACTIVATE = /^\s*reactivate(?![^\s,;.…])/i;

/** Reads the keys to reactivate, with the word or, as on a page of 0.6.0, without it. */
function readReactivation(written: string): { readonly back: Typed; readonly asked: boolean } {
  const back = { ...readTyped(written.replace(REACTIVATE, '')), text: written };
  return { back, asked: REACTIVATE.test(written) };
}

function foursOf(word: string): string[] {
  return WHOLE_ID.test(word) ? [word.slice(-4)] : (word.match(/.{4}/g) ?? []);
}

/** The text of a body; null if its bytes are not UTF-8. */
export function utf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}
