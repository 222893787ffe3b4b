import { describe, expect, it } from 'vitest';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import type { Reason } from '../../../functions/core/proposal/proposal.ts';
import {
  confidenceWords,
  dotted,
  headline,
  reasonSentences,
} from '../../../functions/core/words/proposal-words.ts';
import { key, NEWER, NOW, newer, OLDER, older, THIRD } from '../../fakes/cases.ts';

const keys = [newer(), older(), key(THIRD, 'Active', { created: plus(NOW, -2 * HOUR) })];

const sentences: [Reason, string][] = [
  [{ code: 'only-active', keyId: NEWER }, '...MPLE is the only active key.'],
  [
    { code: 'unexpected-creator', keyId: NEWER, by: 'user/m\u00e4llory' },
    '...MPLE was made by user/mallory, and nobody expects user/mallory to make keys for this user.',
  ],
  [
    { code: 'brought-back', keyId: OLDER, how: 'on-request' },
    '...3QXK was off and was brought back on request, so something seems to need it.',
  ],
  [
    { code: 'brought-back', keyId: OLDER, how: 'by-hand' },
    '...3QXK was off and somebody switched it on again, so something seems to need it.',
  ],
  [{ code: 'in-use', keyId: NEWER }, '...MPLE is in use: last used today 14:10 UTC, S3 in eu-west-1.'],
  [
    { code: 'last-used', keyId: OLDER, quietPeriod: DAY },
    'No key was used within the last 24 hours. The last use was of ...3QXK: 11 Oct 2026 (43 days ago), STS in eu-west-1.',
  ],
  [
    { code: 'newest', keyId: NEWER },
    'No use of any of these keys is known. ...MPLE is the newest, made on 2 Nov 2026 (21 days ago).',
  ],
  [
    { code: 'also-in-use', keyId: NEWER },
    '...MPLE is in use as well: last used today 14:10 UTC, S3 in eu-west-1.',
  ],
  [
    { code: 'taken-over', keyId: OLDER, by: NEWER },
    'The newer key ...MPLE has taken over, so the rotation looks finished: ...3QXK was last used 11 Oct 2026 (43 days ago), STS in eu-west-1.',
  ],
  [
    { code: 'idle', keyId: OLDER },
    '...3QXK is not in use now: last used 11 Oct 2026 (43 days ago), STS in eu-west-1.',
  ],
  [
    { code: 'rotation-under-way', keyId: THIRD, used: NEWER },
    '...R7WZ was made on 23 Nov 2026 (2 hours ago) and no use of it is known yet, so this looks like a rotation under way. Once ...R7WZ is used, it is the one to keep; until then, ...MPLE is known to work and ...R7WZ is not.',
  ],
  [
    { code: 'never-used', keyId: OLDER },
    '...3QXK has not been used since it was made on 2 Apr 2025 (600 days ago).',
  ],
  [
    { code: 'too-young', keyId: THIRD },
    '...R7WZ is less than a day old, so "not used yet" proves nothing: IAM reports uses late.',
  ],
  [
    { code: 'not-read', keyId: OLDER },
    'The last use of ...3QXK could not be read, so we cannot tell whether anything needs it.',
  ],
  [
    { code: 'move-first' },
    'More than one key is in use, so something may stop working whichever goes. Better first move what uses the other key.',
  ],
];

describe('reasons in words', () => {
  it.each(sentences)('%j', (reason, sentence) => {
    const proposal = { keep: NEWER, others: [OLDER], confidence: 'low' as const, reasons: [reason] };
    expect(reasonSentences(proposal, keys, NOW)).toEqual([sentence]);
    expect(sentence).toMatch(/^[\x20-\x7e]+\.$/);
    expect(sentence).not.toMatch(/AKIA/);
  });
});

describe('the headline', () => {
  it('names every key', () => {
    expect(headline({ keep: NEWER, others: [OLDER] })).toBe('Keep ...MPLE, switch off ...3QXK.');
    expect(headline({ keep: NEWER, others: [THIRD, OLDER] })).toBe(
      'Keep ...MPLE, switch off ...R7WZ and ...3QXK.',
    );
    expect(headline({ keep: NEWER, others: [] })).toBe('Keep ...MPLE.');
  });

  it('goes with how sure we are', () => {
    expect(confidenceWords('high')).toBe('high confidence');
    expect(dotted(NEWER)).toBe('...MPLE');
  });
});
