import fc from 'fast-check';

const character = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10_ffff }))
  .map((code) => String.fromCodePoint(code));

/** Any text at all: control characters, halves of pairs, every script. fast-check's own unit for it takes seconds to begin. */
export const anyText = (maxLength = 60): fc.Arbitrary<string> =>
  fc.array(character, { maxLength }).map((characters) => characters.join(''));
