import { describe, expect, it } from 'vitest';
import type { Reason } from '../../../functions/core/proposal/reason.ts';
import { confidenceInShort } from '../../../functions/core/words/confidence.ts';
import { PLAIN } from '../../../functions/core/words/style.ts';
import { NEWER, OLDER, THIRD } from '../../fakes/cases.ts';

const said = (reasons: readonly Reason[], { keep = NEWER, others = [OLDER] } = {}) =>
  confidenceInShort({ keep, others, confidence: 'low', reasons: [...reasons] }, NEWER, PLAIN)
    .slice(1)
    .filter((text) => text !== '');

const about = { keyId: OLDER } as const;
const inUse = { code: 'in-use', keyId: NEWER } as const;
const origins = [] as const;

describe('the fact beside a confidence', () => {
  it.each<[string, readonly Reason[], object?]>([
    ['Only the newer key is in use.', [inUse, { code: 'taken-over', ...about, by: NEWER }]],
    ['Only the newest key is in use.', [inUse], { others: [OLDER, THIRD] }],
    ['Only ...3QXK is in use.', [{ code: 'in-use', keyId: OLDER }], { keep: OLDER, others: [NEWER] }],
    ['Both keys are in use.', [inUse, { code: 'also-in-use', ...about }]],
    ['Several keys are in use.', [inUse, { code: 'also-in-use', ...about }], { others: [OLDER, THIRD] }],
    ['No use of either key is known.', [{ code: 'newest', keyId: NEWER }]],
    ['No use of these keys is known.', [{ code: 'newest', keyId: NEWER }], { others: [OLDER, THIRD] }],
    ['Neither key is in use; ...MPLE was used last.', [{ code: 'last-used', keyId: NEWER, quietPeriod: 1 }]],
    [
      'No key is in use; ...MPLE was used last.',
      [{ code: 'last-used', keyId: NEWER, quietPeriod: 1 }],
      { others: [OLDER, THIRD] },
    ],
  ])('is: %s', (fact, reasons, more) => {
    expect(said(reasons, more)[0]).toBe(fact);
  });

  it.each<Reason>([
    { code: 'not-read', ...about },
    { code: 'too-young', ...about },
    { code: 'seen-since', ...about, at: '', origins },
    { code: 'rotation-under-way', ...about, used: NEWER },
  ])('does not say "only" while another key may be in use: $code', (reason) => {
    expect(said([inUse, reason])[0]).toBe('...MPLE is in use.');
  });

  it('is missing where nothing was read', () => {
    expect(said([{ code: 'not-read', ...about }])).toEqual(['The last use of ...3QXK could not be read.']);
  });
});

describe('the strongest doubt', () => {
  it.each<[Reason, RegExp]>([
    [{ code: 'brought-back', ...about, how: 'by-hand' }, /3QXK was deactivated before/],
    [{ code: 'in-reserve', ...about }, /rare use/],
    [{ code: 'move-first' }, /^First move everything/],
    [{ code: 'too-young', ...about }, /proves nothing/],
    [{ code: 'rotation-under-way', ...about, used: NEWER }, /rotation in progress/],
    [{ code: 'disjoint', ...about, kept: NEWER }, /MPLE does nothing that \.\.\.3QXK did/],
    [{ code: 'not-moved', ...about, origins }, /has not been seen with the key to keep/],
    [{ code: 'seen-since', ...about, at: '', origins }, /a later use of \.\.\.3QXK/],
    [{ code: 'not-looked-up', ...about, why: 'denied' }, /not known who uses/],
    [{ code: 'side-by-side', ...about, beside: NEWER }, /side by side/],
    [{ code: 'used-lately', ...about }, /weekly or monthly/],
    [{ code: 'only-errors', ...about }, /has failed/],
    [{ code: 'only-checks', ...about }, /only reads or opens sessions/],
    [{ code: 'unseen', ...about }, /does not show every use/],
    [{ code: 'new-key', ...about }, /runs rarely/],
    [{ code: 'shared', ...about, origins }, /Several programs share/],
    [{ code: 'managed-by-code', ...about, origins }, /change the code first/],
  ])('%# is a short sentence', (reason, words) => {
    const [, doubt = ''] = said([inUse, reason]);
    expect(doubt).toMatch(words);
    expect(doubt.split(' ').length).toBeLessThan(20);
  });

  it('is one alone, and none where the alarm has said it', () => {
    const two: Reason[] = [
      { code: 'new-key', ...about },
      { code: 'brought-back', ...about, how: 'on-request' },
    ];
    expect(said([inUse, ...two])).toEqual([
      'Only the newer key is in use.',
      '...3QXK was deactivated before and came back, so something seems to need it.',
    ]);
    expect(said([inUse, { code: 'unexpected-creator', ...about, by: 'user/mallory' }])).toEqual([
      'Only the newer key is in use.',
    ]);
  });
});
