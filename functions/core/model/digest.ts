import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a text (in UTF-8) or of bytes, in hex. Hashing is a pure function, so it is allowed in the core. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** HMAC-SHA-256 of a text, in hex. */
export function hmacSha256(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

/**
 * True if two texts are equal. Takes the same time wherever they differ, so that an attacker learns nothing from it.
 */
export function sameSecret(a: string, b: string): boolean {
  const [one, other] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** JSON with sorted keys: equal values have equal texts and therefore equal hashes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** The same value with the fields of every object in order. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(fields)
      .sort()
      .map((name) => [name, sorted(fields[name])]),
  );
}

/** True if two values have the same canonical JSON. Identical objects are not serialised. */
export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}
