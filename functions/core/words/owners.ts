import type { OwnerTag } from '../model/owners.ts';

const PLAIN_TEXT = /^[A-Za-z0-9 _-]{1,40}$/;

/** True for a text of other people that a mail may contain. No mail program makes a link of it. */
export function isPlainText(text: string): boolean {
  return PLAIN_TEXT.test(text) && text.trim() !== '';
}

/**
 * The tag that is believed first, in a few words: `team payments`. `team: see the page` if a mail must not contain its
 * value; null if there is no such tag, or no page to see it on.
 */
export function ownerInShort(owners: readonly OwnerTag[] | undefined, hasPage: boolean): string | null {
  const [first] = owners ?? [];
  if (first === undefined) {
    return null;
  }
  const [name, value] = [tagName(first.key), first.value.trim()];
  if (isPlainText(value)) {
    return `${name} ${value}`;
  }
  return hasPage ? `${name}: see the page` : null;
}

/** The key of a tag in a sentence: `team` for `Team`; `owner` for one that a mail must not contain. */
function tagName(key: string): string {
  if (!isPlainText(key)) {
    return 'owner';
  }
  return /^[A-Z][a-z]+$/.test(key) ? key.toLowerCase() : key;
}

/** Characters that are not seen, or that change how others are shown. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text of other people in full, with the characters that nobody would see by name: `[U+202E]`. */
export function inFull(text: string): string {
  return text.replace(UNSEEN, (c) => `[U+${hex(Number(c.codePointAt(0)))}]`);
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

/** Longest address that mail servers accept, in characters. */
const LONGEST_ADDRESS = 254;

const LOCAL_PART = /^[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*$/;
const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/**
 * The e-mail address that a tag's value is; null for anything else. Stricter than mail itself: an address with quotes,
 * spaces or any sign that a header or a URL gives a meaning to is none.
 */
export function addressIn(value: string): string | null {
  const [local = '', domain = '', ...rest] = value.split('@');
  const strict = rest.length === 0 && local.length <= 64 && LOCAL_PART.test(local) && DOMAIN.test(domain);
  return strict && value.length <= LONGEST_ADDRESS ? value : null;
}
