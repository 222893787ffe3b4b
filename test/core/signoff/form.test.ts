import { describe, expect, it } from 'vitest';
import {
  type ConcernForm,
  type JudgedForm,
  judgeConcern,
  judgeSettled,
  judgeSignOff,
  type SignOffForm,
} from '../../../functions/core/signoff/form.ts';
import { signOffState } from '../../../functions/core/signoff/state.ts';
import { typedDigest } from '../../../functions/core/signoff/typed.ts';
import { NOW, USER_ID } from '../../fakes/cases.ts';
import { aConcern, DONE, stated, WORRY } from '../../fakes/statements.ts';

const { concerns } = signOffState([stated(4, aConcern()), stated(6, aConcern())], { first: NOW, every: 0 });

/** The mistakes as texts; empty if the form fits. */
function wrong(judged: JudgedForm<unknown>): string[] {
  return judged.fits ? [] : judged.mistakes.map(({ field, code }) => `${field} ${code}`);
}

describe('a sign-off as filled in', () => {
  const judge = (more: Partial<SignOffForm>, open: typeof concerns = [], last: number | null = null) => {
    const form = { verdict: 'accepted' as const, comment: '', account: 'prod-payments', ...more };
    return judgeSignOff(form, { open, last, accountName: 'prod-payments' });
  };

  it('names every open concern, and has a digest only if something was typed', () => {
    expect(judge({})).toEqual({
      fits: true,
      said: { kind: 'sign-off', verdict: 'accepted', concerns: [] },
      typed: null,
    });
    expect(judge({ verdict: 'accepted-with-concerns', comment: 'See both.' }, concerns)).toEqual({
      fits: true,
      said: {
        kind: 'sign-off',
        verdict: 'accepted-with-concerns',
        concerns: [4, 6],
        textDigest: typedDigest({ comment: 'See both.' }),
      },
      typed: { comment: 'See both.' },
    });
  });

  it('names the sign-off of the same report that it comes after, so that it is another statement', () => {
    expect(judge({}, [], 8)).toMatchObject({ said: { verdict: 'accepted', after: 8 } });
  });

  it.each<[string, Partial<SignOffForm>, string[]]>([
    ['no verdict', { verdict: null, account: 'x' }, ['verdict missing']],
    ['no reason not to accept', { verdict: 'not-accepted' }, ['comment missing']],
    ['concerns where none is open', { verdict: 'accepted-with-concerns' }, ['verdict no-concerns']],
    ['another name', { account: 'prod-payment' }, ['account not-the-name']],
    ['a long comment', { comment: 'x'.repeat(501) }, ['comment too-long']],
  ])('is refused with %s', (_what, more, mistakes) => {
    expect(wrong(judge(more))).toEqual(mistakes);
  });

  it('does not simply accept while a concern is open', () => {
    expect(wrong(judge({}, concerns))).toEqual(['verdict open-concerns']);
    expect(wrong(judge({ verdict: 'not-accepted', comment: 'x' }, concerns))).toEqual([]);
  });

  it('needs a reason and the name of the account on the second page only, in any case and with spaces around it', () => {
    expect(wrong(judge({ account: null }))).toEqual([]);
    expect(wrong(judge({ account: null, verdict: 'not-accepted' }))).toEqual([]);
    expect(wrong(judge({ account: ' PROD-payments ' }))).toEqual([]);
    expect(wrong(judge({ account: '' }))).toEqual(['account not-the-name']);
  });
});

describe('a concern as filled in', () => {
  const judge = (more: Partial<ConcernForm> = {}) => {
    const form = { ...WORRY, key: '…3qxk', target: '2026-12-24', ...more };
    return judgeConcern(form, { userId: USER_ID, userName: 'ci-deploy' }, '2026-11-23');
  };

  it('is about a user and one of the keys, or the user as a whole', () => {
    expect(judge()).toEqual({ fits: true, said: aConcern(), typed: WORRY });
    expect(judge({ key: ' ' })).toMatchObject({ said: { keyEnd: null } });
    expect(wrong(judge({ ticket: '' }))).toEqual([]);
  });

  it.each<[Partial<ConcernForm>, string[]]>([
    [{ impact: '', remediation: '', owner: '' }, ['impact missing', 'remediation missing', 'owner missing']],
    [{ impact: 'x'.repeat(501), ticket: 'x'.repeat(81) }, ['impact too-long', 'ticket too-long']],
    [{ key: '3QX' }, ['key not-a-key']],
    [{ key: 'AKIAIOSFODNN7EXAMPLE' }, ['key not-a-key']],
    [{ target: '' }, ['target missing']],
    [{ target: '24 Dec' }, ['target not-a-day']],
    [{ target: '2027-02-29' }, ['target not-a-day']],
    [{ target: '2026-11-22' }, ['target day-gone']],
    [{ target: '2027-11-25' }, ['target day-far']],
  ])('is refused with %o', (more, mistakes) => {
    expect(wrong(judge(more))).toEqual(mistakes);
  });

  it('may be for today, and for a year from now', () => {
    expect(wrong(judge({ target: '2026-11-23' }))).toEqual([]);
    expect(wrong(judge({ target: '2027-11-24' }))).toEqual([]);
  });
});

it('what was done about a concern is said in words', () => {
  const [concern] = concerns;
  if (concern === undefined) {
    throw new Error('no concern');
  }
  expect(judgeSettled(DONE, concern)).toEqual({
    fits: true,
    said: { kind: 'concern-settled', concern: 4, textDigest: typedDigest(DONE) },
    typed: DONE,
  });
  expect(wrong(judgeSettled({ done: '' }, concern))).toEqual(['done missing']);
  expect(wrong(judgeSettled({ done: 'x'.repeat(501) }, concern))).toEqual(['done too-long']);
});
