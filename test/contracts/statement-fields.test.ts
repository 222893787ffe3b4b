import { expect, it } from 'vitest';
import { fieldsOf, parseStatement } from '../../functions/contracts/statement-form.ts';

const REPORT = 'f'.repeat(64);

it.each<Record<string, string>>([
  { mail: 'expired' },
  { step: 'check', report: REPORT, comment: 'so far' },
  { step: 'check', report: REPORT, comment: '', verdict: 'accepted' },
  { step: 'sign-off', report: REPORT, comment: 'a & b', verdict: 'not-accepted', account: 'prod' },
  {
    step: 'concern',
    user: 'AIDAX',
    key: '',
    impact: 'one\ntwo',
    remediation: '🙂',
    owner: 'x',
    ticket: '',
    target: '2026-12-24',
  },
  { step: 'settle', concern: '4', done: '<b>' },
  { mail: 'row', user: 'AIDAX' },
])('a form can be sent again as it was: %o', (fields) => {
  const read = (form: URLSearchParams) => parseStatement(new TextEncoder().encode(form.toString()));
  const posted = read(new URLSearchParams(fields));
  if (posted === null) {
    throw new Error('none of ours');
  }
  expect(Object.fromEntries(fieldsOf(posted))).toEqual(fields);
  expect(read(new URLSearchParams(fieldsOf(posted)))).toEqual(posted);
});
