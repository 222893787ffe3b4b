import { expect, it } from 'vitest';
import { howWritten } from '../../../functions/core/words/how-written.ts';
import { unlinked } from '../../../functions/core/words/unlinked.ts';

it.each([
  ['ci-deploy', 'ci-deploy'],
  ['john.smith', 'john[.]smith'],
  ['a@evil.example', 'a[@]evil[.]example'],
  ['https://evil.example/x', 'https:[//]evil[.]example/x'],
  ['203.0.113.0/24', '203[.]0[.]113[.]0/24'],
  ['cut off...', 'cut off...'],
  ['.x and y.', '.x and y.'],
  ['john[.]smith', 'john[.]smith'],
])('%s is written %s', (text, written) => {
  expect(unlinked(text)).toBe(written);
  expect(unlinked(written)).toBe(written);
});

it.each<[string, boolean, string[]]>([
  ['nobody', true, []],
  ['john[.]smith', false, ['[.] stands for a dot, so that no name or address becomes a link.']],
  [
    'a[@]b[.]c',
    true,
    [
      '[.] stands for a dot and [@] for an at sign, so that no name or address becomes a link.',
      'The page shows them unchanged.',
    ],
  ],
])('a mail with %s says how it is written', (mail, hasPage, sentences) => {
  expect(howWritten(mail, hasPage)).toEqual(sentences);
});
