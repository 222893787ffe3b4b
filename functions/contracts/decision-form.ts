import * as z from 'zod';
import { CASE_LINK_WHYS, type CaseLinkWhy } from '../core/channel/link-request.ts';
import {
  deactivated,
  deactivation,
  facts,
  groundsFields,
  groundsOf,
  keyId,
  keyIdList,
  type PostedDeactivation,
  type PostedGrounds,
  readTyped,
  type Typed,
  text,
} from './form-fields.ts';
import { formNames } from './names.ts';
import { type PostedUntil, untilForms } from './until-form.ts';

/** Maximum size of a form in bytes, as received. Our forms have about 400, and a comment of 500 characters up to 4,500 more. */
export const LARGEST_FORM = 8192;

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
  | { readonly kind: 'link'; readonly wish: CaseLinkWhy }
  | PostedUntil;

/** The value of the choice to keep no key. */
export const NO_KEY = 'none';

const formSchema = z.union([
  ...untilForms,
  z
    .strictObject({ mail: z.enum(CASE_LINK_WHYS) })
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
      // From an answer "not now" that was refused. Only that choice shows it again.
      until: text.optional(),
      facts,
    })
    .transform(({ keep, facts: shown, until: _until, ...given }) => ({
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

/** The text of a body; null if its bytes are not UTF-8. */
export function utf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}
