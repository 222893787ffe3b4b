import { describe, expect, it, test } from 'vitest';
import { sha256 } from '../../../functions/core/model/digest.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { caseView } from '../../../functions/core/page/case-view.ts';
import { judgeNone, OFFERED } from '../../../functions/core/page/deactivate-all.ts';
import {
  aCase,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  older,
  POLICY,
  THIRD,
} from '../../fakes/cases.ts';

const look = { now: NOW, policy: POLICY, control: UNRESTRICTED, request: null };
const two = caseView(aCase({ keys: [key(NEWER), older()] }), look);
const busy = caseView(aCase(), look);
const choice = { off: ['MPLE', '3QXK'], inUse: false, shownInUse: [] };

describe('a choice to deactivate all keys', () => {
  it('names every key that is Active or was deactivated already', () => {
    const ask = { kind: 'none', off: [NEWER, OLDER], acknowledged: [] };
    expect(judgeNone(two, choice)).toEqual({ fits: true, ask });
    const pending = inGrace({}, { decision: null, keys: [key(NEWER), older('Inactive'), key(THIRD)] });
    expect(judgeNone(caseView(pending, look), { ...choice, off: ['R7WZ', '3QXK', 'MPLE'] })).toEqual({
      fits: true,
      ask: { ...ask, off: [NEWER, THIRD, OLDER] },
    });
  });

  it.each([
    [['MPLE'], 'not-these'],
    [[], 'empty'],
    [null, 'unreadable'],
  ] as const)('does not fit with %j', (off, code) => {
    expect(judgeNone(two, { ...choice, off })).toEqual({ fits: false, mistakes: [{ field: 'off', code }] });
  });

  it('acknowledges the use of keys that the page showed as in use, and only these', () => {
    const mistakes = [{ field: 'inUse', code: 'not-acknowledged', keys: [NEWER] }];
    expect(judgeNone(busy, choice)).toEqual({ fits: false, mistakes });
    expect(judgeNone(busy, { ...choice, shownInUse: [NEWER] })).toEqual({ fits: false, mistakes });
    expect(judgeNone(busy, { ...choice, inUse: true })).toEqual({ fits: false, mistakes });
    expect(judgeNone(busy, { ...choice, inUse: true, shownInUse: [NEWER] })).toMatchObject({
      ask: { acknowledged: [NEWER] },
    });
  });

  it('has its reason and the digest of its comment, and needs no acknowledgement if a key is compromised', () => {
    const given = (reason: 'unused' | 'compromised' | null, comment = '') =>
      judgeNone(busy, { ...choice, grounds: { reason, comment } });
    expect(given('compromised', 'why')).toEqual({
      fits: true,
      ask: {
        kind: 'none',
        off: [NEWER, OLDER],
        acknowledged: [],
        reason: 'compromised',
        commentDigest: sha256('why'),
      },
    });
    expect(given(null, 'x'.repeat(502))).toMatchObject({
      mistakes: [{ code: 'not-acknowledged' }, { code: 'no-reason' }, { code: 'too-long', by: 2 }],
    });
    expect(given('unused')).toMatchObject({ mistakes: [{ code: 'not-acknowledged', keys: [NEWER] }] });
  });
});

test('pages offer it', () => {
  expect(OFFERED).toEqual(expect.arrayContaining(['keep', 'none']));
});

test('the page of a decision that keeps none shows it until no key is Active', () => {
  const decision = noneKept();
  const ask = { kind: 'none', off: [NEWER, OLDER], acknowledged: [] };
  for (const keys of [
    [newer(), older()],
    [newer(), older('Inactive')],
  ]) {
    const view = caseView(aCase({ phase: 'approved', decision, keys }), look);
    expect([view.state, view.decided?.ask]).toEqual(['decided', ask]);
  }
  const done = caseView(aCase({ phase: 'grace', decision, keys: [newer('Inactive')] }), look);
  expect(done.decided).toBeNull();
});
