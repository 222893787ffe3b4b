import { describe, expect, it } from 'vitest';
import type { ExposedKeys } from '../../../functions/core/case/exposure.ts';
import { lastColumn, reasonSentences } from '../../../functions/core/words/advice.ts';
import { adviceInShort } from '../../../functions/core/words/advice-short.ts';
import { besideProposal } from '../../../functions/core/words/checked.ts';
import { confidenceInShort } from '../../../functions/core/words/confidence.ts';
import {
  exposedHeadline,
  exposedInShort,
  exposedSentences,
  exposedSteps,
  keepNone,
  keepNoneSentences,
} from '../../../functions/core/words/exposed.ts';
import { MAIL, PAGE } from '../../../functions/core/words/style.ts';
import { NEWER, NOW, newer, OLDER, older, POLICY } from '../../fakes/cases.ts';

const { zone } = POLICY.digest;
const KEYS = [newer(), older()];
const ONE: ExposedKeys = { [OLDER]: 'reported' };
const ALL: ExposedKeys = { [NEWER]: 'reported', [OLDER]: 'reported' };
const QUARANTINED: ExposedKeys = { [NEWER]: 'quarantined', [OLDER]: 'quarantined' };

describe('the words about exposed keys', () => {
  it('begin with what AWS said', () => {
    expect([ONE, ALL, QUARANTINED].map((one) => exposedHeadline(one, 'this user'))).toEqual([
      'Urgent: AWS reports a key of this user as exposed.',
      'Urgent: AWS reports keys of this user as exposed.',
      'Urgent: AWS quarantined this user, because one of its keys is exposed.',
    ]);
    expect([ONE, ALL, QUARANTINED].map((one) => exposedInShort(one, MAIL))).toEqual([
      'AWS reports ...3QXK as exposed',
      'AWS reports ...MPLE and ...3QXK as exposed',
      'AWS quarantined the user, because a key is exposed',
    ]);
  });

  it('say in a mail what not to keep, here or in IAM, or to keep none', () => {
    expect(exposedSteps(ONE, KEYS, 'decide-here', MAIL)).toEqual([
      'Do not keep ...3QXK.',
      'Check in CloudTrail what was done with ...3QXK.',
    ]);
    expect(exposedSteps(ONE, KEYS, 'in-iam', MAIL)[0]).toBe('Deactivate ...3QXK in IAM.');
    expect(exposedSteps(ALL, KEYS, 'decide-here', MAIL)[0]).toBe('Keep none, every active key is exposed.');
    expect(exposedSteps(QUARANTINED, KEYS, 'in-iam', MAIL)[0]).toBe(
      'Keep none until you know which key is exposed.',
    );
  });

  it('say more on a page', () => {
    expect(exposedSentences(ONE, KEYS, 'decide-here', PAGE)).toEqual([
      'AWS Health reports that …3QXK is exposed: somebody else may have its secret.',
      'Do not keep …3QXK: decide immediately.',
      expect.stringContaining('Check in CloudTrail what was done with …3QXK: attackers create keys'),
    ]);
    expect(exposedSentences(ALL, KEYS, 'in-iam', PAGE).slice(0, 2)).toEqual([
      'AWS Health reports that …MPLE and …3QXK are exposed: somebody else may have their secrets.',
      ...keepNoneSentences(ALL),
    ]);
    const quarantined = exposedSentences(QUARANTINED, KEYS, 'in-iam', PAGE);
    expect(quarantined[0]).toContain('does not say which key is exposed: it may be …MPLE and …3QXK.');
    expect(quarantined.slice(1, 3)).toEqual(keepNoneSentences(QUARANTINED));
    expect(exposedSentences(ONE, KEYS, 'in-iam', PAGE)[1]).toBe('Deactivate …3QXK in IAM.');
  });

  it('are the advice where all are exposed', () => {
    const advice = { kind: 'suspect', exposed: QUARANTINED } as const;
    expect(adviceInShort(advice, NOW, zone, MAIL)).toBe('keep none until you know which key is exposed');
    expect(keepNone(ALL)).toBe('keep none, every active key is exposed');
    expect(besideProposal(advice, NEWER, [NEWER, OLDER], { now: NOW, zone })).toEqual([
      'We proposed to keep none until you know which key is exposed.',
    ]);
    expect(lastColumn(advice)).toBe('keep');
  });

  it('are reasons of a proposal, and the doubt that is named first', () => {
    const proposal = {
      keep: OLDER,
      others: [NEWER],
      confidence: 'low' as const,
      reasons: [
        { code: 'exposed' as const, keyId: NEWER, how: 'reported' as const },
        { code: 'exposed' as const, keyId: NEWER, how: 'quarantined' as const },
        { code: 'not-exposed' as const, keyId: OLDER, instead: NEWER },
      ],
    };
    expect(reasonSentences(proposal, KEYS, NOW, zone, PAGE)).toEqual([
      'AWS Health reports …MPLE as exposed: somebody else may have its secret.',
      '…MPLE may be the key for which AWS quarantined this user.',
      '…3QXK is proposed only because …MPLE is exposed: everything that uses …MPLE must move to …3QXK.',
    ]);
    expect(confidenceInShort(proposal, NEWER, MAIL)).toEqual([
      'Confidence: low. Ask the owner first.',
      '',
      'Everything that uses ...MPLE must move to ...3QXK.',
    ]);
  });
});
