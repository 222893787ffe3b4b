import { describe, expect, it } from 'vitest';
import { compare, complianceOf, disagreement } from '../../sandbox/story/compliance.ts';
import type { Told } from '../../sandbox/story/told.ts';
import type { TrueUser } from '../../sandbox/story/truth.ts';
import { contradictions, type Evidence, outcomeOf, unasked } from '../../sandbox/story/verdict.ts';
import { viewLine } from '../../sandbox/story/view.ts';

const on = (id: string) => ({ id, status: 'Active' });
const off = (id: string) => ({ id, status: 'Inactive' });

const TOLD: Told = {
  userName: 'bot',
  names: ['bot'],
  userId: 'AIDA1',
  before: [on('OLD'), on('NEW')],
  decisions: [{ keep: 'NEW', off: ['OLD'], by: 'sec-lead', at: '2026-11-24T10:00:00Z' }],
  restored: [],
  toInboxMs: [],
};

const user = (...keys: TrueUser['keys']): TrueUser => ({ userId: 'AIDA1', userName: 'bot', keys });
const change = (kind: 'off' | 'on' | 'deleted', keyId: string) => ({ userName: 'bot', keyId, kind });

const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  told: TOLD,
  outcome: 'remediated',
  user: user(on('NEW')),
  changes: [change('off', 'OLD'), change('deleted', 'OLD')],
  mails: 4,
  view: undefined,
  ...more,
});

describe('the outcome', () => {
  it('is what Solekey said last; whatever is not over is held', () => {
    expect(outcomeOf({ phase: 'closed', closedAs: 'by-owner' })).toBe('settled-by-owner');
    expect(outcomeOf({ phase: 'closed', closedAs: 'user-gone' })).toBe('user-deleted');
    expect(outcomeOf({ phase: 'excluded', closedAs: null })).toBe('excluded');
    expect(outcomeOf({ phase: 'grace', closedAs: null })).toBe('held');
    expect(outcomeOf(undefined)).toBe('held');
  });
});

describe('a remediated user', () => {
  it('has the kept key, and only what was decided was done', () => {
    expect(contradictions(evidence())).toEqual([]);
  });

  it.each<[string, Partial<Evidence>, RegExp]>([
    ['another key is active', { user: user(on('OTHER')) }, /active are OTHER, not NEW/],
    ['no key is active', { user: user(off('NEW')) }, /active are none/],
    ['two are active', { user: user(on('NEW'), on('OLD')) }, /active are NEW, OLD/],
    ['the key is still there', { user: user(on('NEW'), off('OLD')) }, /OLD was to be deleted/],
    ['the user is gone', { user: undefined }, /the user is gone/],
    ['nobody decided', { told: { ...TOLD, decisions: [] }, changes: [] }, /nobody decided anything/],
    ['a key that nobody named', { changes: [change('off', 'NEW')] }, /NEW is off, and nobody decided that/],
    ['a key came back unasked', { changes: [change('on', 'OLD')] }, /OLD is on, and nobody decided that/],
    ['Config shows otherwise', { view: 'AWS Config shows nothing' }, /AWS Config shows nothing/],
  ])('is contradicted when %s', (_, more, sentence) => {
    expect(contradictions(evidence(more)).join('; ')).toMatch(sentence);
  });
});

describe('other outcomes', () => {
  const quiet = { told: { ...TOLD, decisions: [] }, changes: [], mails: 0 };

  it('settled by the owner: one key, and nothing deleted by Solekey', () => {
    const settled = { ...quiet, outcome: 'settled-by-owner' } as const;
    expect(contradictions(evidence(settled))).toEqual([]);
    const two = contradictions(evidence({ ...settled, user: user(on('OLD'), on('NEW')) }));
    expect(two).toEqual(['2 keys are active']);
    const deleted = evidence({ ...settled, told: TOLD, changes: [change('deleted', 'OLD')] });
    expect(contradictions(deleted)).toEqual(['the owner resolved it, but Solekey deleted OLD']);
  });

  it('excluded: nothing changed and nobody asked', () => {
    const excluded = { ...quiet, outcome: 'excluded', user: user(...TOLD.before) } as const;
    expect(contradictions(evidence(excluded))).toEqual([]);
    expect(contradictions(evidence({ ...excluded, mails: 1 }))).toHaveLength(1);
    expect(contradictions(evidence({ ...excluded, user: user(on('NEW')) }))).toHaveLength(1);
    expect(contradictions(evidence({ ...excluded, changes: [change('off', 'OLD')] }))).toHaveLength(2);
  });

  it('deleted: nobody is there', () => {
    const gone = { ...quiet, outcome: 'user-deleted', user: undefined } as const;
    expect(contradictions(evidence(gone))).toEqual([]);
    expect(contradictions(evidence({ ...gone, user: user() }))).toEqual(['the user is still there']);
  });

  it('a restore is asked for when somebody asked for it', () => {
    expect(unasked({ ...TOLD, restored: ['OLD'] }, [change('on', 'OLD')])).toEqual([]);
  });
});

describe('AWS Config against IAM', () => {
  const line = (resourceId: string, complianceType: string) => ({ resourceId, complianceType });

  it('is about more than one active key, and about nobody without keys', () => {
    expect(complianceOf(user(on('A'), on('B')))).toBe('NON_COMPLIANT');
    expect(complianceOf(user(on('A'), off('B')))).toBe('COMPLIANT');
    expect(complianceOf(user(off('A')))).toBe('COMPLIANT');
    expect(complianceOf(user())).toBeNull();
    expect(complianceOf(undefined)).toBeNull();
  });

  it('says what is shown and what should be', () => {
    const two = user(on('A'), on('B'));
    expect(disagreement('AIDA1', two, [line('AIDA1', 'NON_COMPLIANT')])).toBeUndefined();
    expect(disagreement('AIDA1', two, [line('AIDA1', 'COMPLIANT')])).toBe(
      'AWS Config shows COMPLIANT, and it should be NON_COMPLIANT',
    );
    expect(disagreement('AIDA1', two, [line('AIDA2', 'NON_COMPLIANT')])).toMatch('shows nothing');
    expect(disagreement('AIDA1', undefined, [line('AIDA1', 'COMPLIANT')])).toMatch('should be nothing');
  });

  it('covers everybody whom IAM, Config or the story knows', () => {
    const view = [line('AIDA1', 'COMPLIANT'), line('AIDAGHOST', 'COMPLIANT')];
    const keyless = { userId: 'AIDA2', userName: 'new', keys: [] };
    const { agreeing, compared, disagreements } = compare([user(on('A')), keyless], view, ['AIDAGONE']);
    expect([agreeing, compared, [...disagreements.keys()]]).toEqual([3, 4, ['AIDAGHOST']]);
  });

  it('is told in one line', () => {
    const view = {
      agreeing: 3,
      compared: 4,
      disagreements: new Map(),
      runs: 2,
      evaluations: 9,
      error: 'boom',
    };
    expect(viewLine(view)).toBe(
      'AWS Config agrees for 3 of 4 users, after 2 runs and 9 evaluations. The last run failed: boom',
    );
    expect(viewLine(undefined)).toBe('AWS Config was not compared: the template has no rule.');
  });
});
