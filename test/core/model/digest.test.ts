import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  hmacSha256,
  sameSecret,
  sameValue,
  sha256,
} from '../../../functions/core/model/digest.ts';

describe('canonical JSON', () => {
  it('is the same text whatever the order of the fields, and keeps that of lists', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'x' } })).toBe('{"a":{"c":"x","d":null},"b":[2,1]}');
    expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

it('knows the same value by itself or by its text', () => {
  const one = { a: 1, b: [2] };
  expect([sameValue(one, one), sameValue(one, { b: [2], a: 1 }), sameValue(one, { a: 1 })]).toEqual([
    true,
    true,
    false,
  ]);
});

it('hashes texts as UTF-8', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('ä')).not.toBe(sha256('a'));
});

it('makes the HMAC of RFC 4231, test case 2', () => {
  expect(hmacSha256(Buffer.from('Jefe'), 'what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

it.each([
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['abc', 'abcd', false],
  ['', '', true],
])('compares %j and %j', (a, b, same) => {
  expect(sameSecret(a, b)).toBe(same);
});
