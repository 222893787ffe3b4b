import { describe, expect, it } from 'vitest';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import type { Reason } from '../../../functions/core/proposal/reason.ts';
import { CONFIDENCE, choiceWords, reasonSentences } from '../../../functions/core/words/advice.ts';
import { PAGE, PLAIN } from '../../../functions/core/words/style.ts';
import { key, NEWER, NOW, newer, OLDER, older, THIRD } from '../../fakes/cases.ts';

const keys = [newer(), older(), key(THIRD, 'Active', { created: plus(NOW, -2 * HOUR) })];

const sentences: [Reason, string][] = [
  [{ code: 'only-active', keyId: NEWER }, '...MPLE is the only active key.'],
  [
    { code: 'unexpected-creator', keyId: NEWER, by: 'user/m\u00e4llory' },
    '...MPLE was created by user/mallory, who is not on the list of expected creators.',
  ],
  [
    { code: 'brought-back', keyId: OLDER, how: 'on-request' },
    '...3QXK was deactivated and then reactivated on request, so something seems to need it.',
  ],
  [
    { code: 'brought-back', keyId: OLDER, how: 'by-hand' },
    '...3QXK was deactivated and then reactivated outside Solekey, so something seems to need it.',
  ],
  [{ code: 'in-use', keyId: NEWER }, '...MPLE is in use: last used today 14:10 UTC, S3 in eu-west-1.'],
  [
    { code: 'last-used', keyId: OLDER, quietPeriod: DAY },
    'No key was used in the last 24 hours. ...3QXK was used most recently: 11 Oct 2026 (43 days ago), STS in eu-west-1.',
  ],
  [
    { code: 'newest', keyId: NEWER },
    'No use of these keys is known. ...MPLE is the newest: created on 2 Nov 2026 (21 days ago).',
  ],
  [
    { code: 'also-in-use', keyId: NEWER },
    '...MPLE is also in use: last used today 14:10 UTC, S3 in eu-west-1.',
  ],
  [
    { code: 'new-key', keyId: NEWER },
    '...MPLE was created only recently: on 2 Nov 2026 (21 days ago). Jobs that run rarely may not use it yet.',
  ],
  [
    { code: 'used-lately', keyId: OLDER },
    '...3QXK was last used 11 Oct 2026 (43 days ago), STS in eu-west-1. A weekly or monthly job may still need it.',
  ],
  [
    { code: 'side-by-side', keyId: OLDER, beside: NEWER },
    '...3QXK was still in use more than 90 days after both keys existed: last used 11 Oct 2026 (43 days ago), STS in eu-west-1. So it and ...MPLE may do different work.',
  ],
  [
    { code: 'in-reserve', keyId: OLDER },
    'A tag says that this user or ...3QXK is for rare use, such as disaster recovery.',
  ],
  [
    { code: 'taken-over', keyId: OLDER, by: NEWER },
    '...3QXK was last used 11 Oct 2026 (43 days ago), STS in eu-west-1. The newer key ...MPLE has been used since, so the rotation looks complete.',
  ],
  [
    { code: 'idle', keyId: OLDER },
    '...3QXK is not in use: last used 11 Oct 2026 (43 days ago), STS in eu-west-1.',
  ],
  [
    { code: 'rotation-under-way', keyId: THIRD, used: NEWER },
    '...R7WZ was created on 23 Nov 2026 (2 hours ago), and no use of it is known yet. This looks like a rotation in progress: keep ...MPLE until ...R7WZ is used, then keep ...R7WZ.',
  ],
  [
    { code: 'never-used', keyId: OLDER },
    '...3QXK has not been used since it was created on 2 Apr 2025 (600 days ago).',
  ],
  [
    { code: 'too-young', keyId: THIRD },
    '...R7WZ is less than a day old. IAM reports uses late, so "not used yet" proves nothing.',
  ],
  [
    { code: 'not-read', keyId: OLDER },
    'The last use of ...3QXK could not be read, so it is unknown whether anything needs it.',
  ],
  [
    { code: 'move-first' },
    'More than one key is in use, so deactivating any of them may break something. First move everything to the key that you keep.',
  ],
];

describe('reasons in words', () => {
  it.each(sentences)('%j', (reason, sentence) => {
    const proposal = { keep: NEWER, others: [OLDER], confidence: 'low' as const, reasons: [reason] };
    expect(reasonSentences(proposal, keys, NOW, UTC, PLAIN)).toEqual([sentence]);
    expect(sentence).toMatch(/^[\x20-\x7e]+\.$/);
    expect(sentence).not.toMatch(/AKIA/);
  });
});

it('writes keys as the medium wants them', () => {
  const proposal = { keep: NEWER, others: [OLDER], confidence: 'low' as const, reasons: [] };
  const reasons = [{ code: 'only-active', keyId: NEWER } as const];
  expect(reasonSentences({ ...proposal, reasons }, keys, NOW, UTC, PAGE)).toEqual([
    '…MPLE is the only active key.',
  ]);
  expect(choiceWords(proposal, PAGE)).toBe('keep …MPLE, deactivate …3QXK');
});

describe('the choice', () => {
  it('names every key', () => {
    expect(choiceWords({ keep: NEWER, others: [OLDER] }, PLAIN)).toBe('keep ...MPLE, deactivate ...3QXK');
    expect(choiceWords({ keep: NEWER, others: [THIRD, OLDER] }, PLAIN)).toBe(
      'keep ...MPLE, deactivate ...R7WZ and ...3QXK',
    );
    expect(choiceWords({ keep: NEWER, others: [] }, PLAIN)).toBe('keep ...MPLE');
  });

  it('goes with how sure we are', () => {
    expect(CONFIDENCE.high).toBe('Confidence: high.');
  });
});
