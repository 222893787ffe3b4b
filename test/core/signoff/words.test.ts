import { describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { adviceWords, keyAdvice, type ReportedKeys } from '../../../functions/core/signoff/key-advice.ts';
import { signOffState } from '../../../functions/core/signoff/state.ts';
import {
  changedWords,
  concernSubject,
  concernsInDigest,
  dueWords,
  howToCorrect,
  lastWords,
} from '../../../functions/core/signoff/words.ts';
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
  it('says who gave which verdict', () => {
    const refused = stated(1, aSignOff({ verdict: 'not-accepted' }));
    expect(lastWords(signOffState([refused], { first: NOW, every: 0 }).last, 'Alice')).toBe(
      'Last sign-off: not accepted by Alice on 23 Nov 2026.',
    );
  });

  it.each([
    [1, '1 concern had just been recorded and is not part of it.'],
    [2, '2 concerns had just been recorded and are not part of it.'],
  ])('says that it leaves out %i concerns', (count, sentence) => {
    const concerns = Array.from({ length: count }, (_, n) => stated(n + 1, aConcern()));
    const { last } = signOffState([...concerns, stated(9, aSignOff())], { first: NOW, every: 0 });
    expect(lastWords(last, 'Alice')).toBe(`Last sign-off: accepted by Alice on 23 Nov 2026. ${sentence}`);
  });
});

it('nobody has signed off at first, and the next sign-off is planned, or waits', () => {
  expect(lastWords(null, '')).toBe('Nobody has signed off yet.');
  expect(dueWords(plus(NOW, DAY), NOW)).toBe('The next sign-off is planned for 24 Nov 2026.');
  expect(dueWords(NOW, NOW)).toBe('The changes have been waiting for a sign-off since 23 Nov 2026.');
});

it.each([
  [{ since: null, users: 0, privileged: [], automation: [] }, 'No user has changed since the first records.'],
  [
    { since: NOW, users: 1, privileged: [], automation: [] },
    '1 user has changed since the sign-off of 23 Nov 2026.',
  ],
  [
    { since: NOW, users: 2, privileged: [], automation: ['ci', 'etl'] },
    '2 users have changed since the sign-off of 23 Nov 2026. Software: CI and ETL.',
  ],
])('changes %o are %s', (changed, sentence) => {
  expect(changedWords(changed, (name) => name.toUpperCase())).toBe(sentence);
});

it('a concern is about a user, or one of the keys', () => {
  expect(concernSubject({ userName: 'ci', keyEnd: null })).toBe('ci');
  expect(concernSubject({ userName: 'ci', keyEnd: '3QXK' })).toBe('ci, key …3QXK');
});

describe('the advice about keys', () => {
  const keys = (...pending: ReportedKeys['pending']): ReportedKeys => {
    return { count: 'one', active: ['…MPLE'], pending, openCase: { number: 3 } };
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
    const none = keys({ ...off, why: 'to-deactivate' });
    expect(keyAdvice(none).kind).toBe('create');
    expect(adviceWords({ kind: 'create' }, none).join(' ')).toContain(
      'deactivate …MPLE, then create the new key',
    );
    expect(adviceWords({ kind: 'create' }, { active: [] }).join(' ')).toContain(
      'This user has no active key',
    );
    const one = keyAdvice(keys(off));
    expect(adviceWords(one, none)[0]).toContain('…3QXK is deactivated and can be reactivated');
    expect(keyAdvice({ ...keys(off), openCase: null }).kind).toBe('create');
    expect(keyAdvice({ ...keys(off), openCase: { number: null } }).kind).toBe('create');
  });

  it('is no new key for a user who has several, and says of others what is known', () => {
    const two = { ...keys(), count: 'more', active: ['…MPLE', '…3QXK'] } as const;
    expect(adviceWords(keyAdvice(two), two)[0]).toBe(
      '…MPLE and …3QXK are active. Do not create another key: only one of these may stay active.',
    );
    const unread = { ...keys(), count: 'unknown', active: [] } as const;
    expect(adviceWords(keyAdvice(unread), unread).join(' ')).toContain('could not be read for this report');
    const gone = { ...keys(), count: 'gone', active: [] } as const;
    expect(adviceWords(keyAdvice(gone), gone)[0]).toContain('no longer exists in IAM');
  });
});

it.each([
  [null, ''],
  [{ open: 0, overdue: 0 }, ''],
  [
    { open: 1, overdue: 0 },
    '1 concern about changes is open. The list page mails you the link to the report.',
  ],
  [
    { open: 3, overdue: 2 },
    '3 concerns about changes are open, 2 of them past their target dates. The list page mails you the link to the report.',
  ],
])('a digest says of open concerns %o: %o', (ask, line) => {
  expect(concernsInDigest(ask, true)).toBe(line);
  expect(concernsInDigest(ask, false)).toBe(
    line.replace(' The list page mails you the link to the report.', ''),
  );
});
