import { describe, expect, it } from 'vitest';
import { activeCount, differenceSentences } from '../../../functions/core/words/status.ts';
import { keysNamed, keysWith, PAGE, PLAIN, personName } from '../../../functions/core/words/style.ts';
import { key, NEWER, newer, OLDER, older, POLICY, THIRD } from '../../fakes/cases.ts';

describe('what is said of keys', () => {
  it('counts the active ones', () => {
    expect(activeCount([older('Inactive')])).toBe('no active access key');
    expect(activeCount([newer(), older('Inactive')])).toBe('1 active access key');
    expect(activeCount([newer(), older(), key(THIRD)])).toBe('3 active access keys');
  });

  it('names them as the medium wants them', () => {
    expect(keysNamed([], PLAIN)).toBe('no key');
    expect(keysNamed([NEWER], PLAIN)).toBe('key ...MPLE');
    expect(keysNamed([NEWER, OLDER], PAGE)).toBe('keys …MPLE and …3QXK');
    expect(keysWith([NEWER, OLDER, THIRD], PAGE, 'is', 'are')).toBe('…MPLE, …3QXK and …R7WZ are');
  });

  it('tells differences in one sentence each', () => {
    const differences = [
      { keyId: THIRD, was: null, now: 'Expired' },
      { keyId: NEWER, was: 'Active', now: 'Inactive' },
      { keyId: OLDER, was: 'Active', now: null },
    ] as const;
    expect(differenceSentences(differences, PAGE)).toEqual([
      '…R7WZ is new and expired.',
      '…MPLE was active and is now inactive.',
      '…3QXK no longer exists.',
    ]);
  });
});

describe('people', () => {
  const approvers = [{ id: 'ops', name: '\u7530\u4e2d', email: 'a@example.com' }];

  it('are named as others know them, by id where the medium cannot write the name', () => {
    expect(personName(POLICY, 'sec-lead', PLAIN)).toBe('Security lead');
    expect(personName(POLICY, 'gone-lead', PLAIN)).toBe('gone-lead');
    expect(personName({ ...POLICY, approvers }, 'ops', PLAIN)).toBe('ops');
    expect(personName({ ...POLICY, approvers }, 'ops', PAGE)).toBe('\u7530\u4e2d');
  });

  it('are someone where the record names none', () => {
    expect(personName(POLICY, '', PAGE)).toBe('someone');
  });
});
