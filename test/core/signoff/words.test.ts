import { describe, expect, it } from 'vitest';
import { adviceWords, keyAdvice, type ReportedKeys } from '../../../functions/core/signoff/key-advice.ts';
import { signOffState } from '../../../functions/core/signoff/state.ts';
import { concernsInDigest, howToCorrect, lastWords } from '../../../functions/core/signoff/words.ts';
import { NOW } from '../../fakes/cases.ts';
import { aConcern, aSignOff, stated } from '../../fakes/statements.ts';

describe('a mistake in a form', () => {
  it.each([
    ['verdict', 'missing', 'Choose one of the verdicts.'],
    ['verdict', 'open-concerns', 'Concerns are open: accept with them, or do not accept.'],
    ['verdict', 'no-concerns', 'No concern is open: accept, or record a concern first.'],
    ['account', 'not-the-name', 'Type the name of the account: prod'],
    ['impact', 'missing', 'Write what does not work, or may stop working.'],
    ['impact', 'too-long', 'Impact: please write less.'],
    ['key', 'not-a-key', 'Type the last four characters of the key, or leave the box empty.'],
    ['target', 'not-a-day', 'Choose a day of the calendar, such as 2027-01-31.'],
    ['target', 'day-gone', 'Choose today or a later day.'],
    ['target', 'day-far', 'Choose a day within the next 366 days.'],
  ] as const)('%s %s has a sentence', (field, code, sentence) => {
    expect(howToCorrect({ field, code }, 'prod')).toBe(sentence);
  });
});

describe('the latest sign-off', () => {
  it.each([
    [1, '1 concern had just been recorded and is not part of it.'],
    [2, '2 concerns had just been recorded and are not part of it.'],
  ])('says that it leaves out %i concerns', (count, sentence) => {
    const concerns = Array.from({ length: count }, (_, n) => stated(n + 1, aConcern()));
    const { last } = signOffState([...concerns, stated(9, aSignOff())], { first: NOW, every: 0 });
    expect(lastWords(last, 'Alice')).toBe(
      `The last report that was signed off was accepted by Alice on 23 Nov 2026. ${sentence}`,
    );
  });
});

describe('the advice about keys', () => {
  const keys = (...pending: ReportedKeys['pending']): ReportedKeys => {
    return { active: ['…MPLE'], pending, openCase: { number: 3 } };
  };

  it('names every key that can be reactivated, but none that is still active', () => {
    const two = keys(
      { keyId: '…3QXK', why: 'grace' },
      { keyId: '…R7WZ', why: 'held' },
      { keyId: '…NPNW', why: 'to-deactivate' },
    );
    const advice = keyAdvice(two);
    expect(advice).toEqual({ kind: 'reactivate', caseNumber: 3, keys: ['…3QXK', '…R7WZ'] });
    expect(adviceWords(advice, two)[0]).toContain('…3QXK and …R7WZ are deactivated');
  });

  it('is to create a key where none is inactive, or nobody knows the case', () => {
    const off = { keyId: '…3QXK', why: 'grace' };
    expect(keyAdvice(keys({ ...off, why: 'to-deactivate' })).kind).toBe('create');
    expect(keyAdvice({ ...keys(off), openCase: null }).kind).toBe('create');
    expect(keyAdvice({ ...keys(off), openCase: { number: null } }).kind).toBe('create');
  });
});

it.each([
  [null, []],
  [{ open: 0, overdue: 0 }, []],
  [{ open: 1, overdue: 0 }, ['1 concern is open. The mail that asks for a sign-off has the link to them.']],
  [
    { open: 3, overdue: 2 },
    [
      '3 concerns are open, 2 of them past the target date. The mail that asks for a sign-off has the link to them.',
    ],
  ],
])('a digest says of open concerns %o: %o', (ask, lines) => {
  expect(concernsInDigest(ask)).toEqual(lines);
});
