/** The characters of IAM's unique ids after their prefix, each worth five bits. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bits of a text in base32, followed by zero bits to whole bytes; null if it has another character. */
export function base32Bytes(text: string): Buffer | null {
  const values = [...text].map((character) => ALPHABET.indexOf(character));
  if (values.includes(-1)) {
    return null;
  }
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (_, index) =>
    Number.parseInt(bits.slice(8 * index, 8 * index + 8).padEnd(8, '0'), 2),
  );
  return Buffer.from(bytes);
}

/** The first `length` characters that bytes stand for; null unless only zero bits follow. */
export function base32Text(bytes: Uint8Array, length: number): string | null {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const text = Array.from(
    { length },
    (_, index) => ALPHABET[Number.parseInt(bits.slice(5 * index, 5 * index + 5), 2)] ?? '',
  ).join('');
  return text.length === length && !bits.slice(5 * length).includes('1') ? text : null;
}
