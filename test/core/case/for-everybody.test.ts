import { expect, test } from 'vitest';
import type { NoticeKind } from '../../../functions/core/case/case.ts';
import {
  compromisedActive,
  isForEverybody,
  tellsOfCompromised,
  tellsOfSelfApproval,
} from '../../../functions/core/case/for-everybody.ts';
import { aCase, aDecision, excepted, key, NEWER, newer, OLDER } from '../../fakes/cases.ts';

const KINDS: readonly NoticeKind[] = ['detected', 'restored', 'deactivated', 'exception-ending', 'closed'];

test('of the Active keys, those count that were once deactivated as compromised', () => {
  const keys = [newer(), key(OLDER, 'Inactive')];
  expect(compromisedActive({ keys, compromised: [OLDER, NEWER] })).toEqual([NEWER]);
  expect([compromisedActive({ keys, compromised: [OLDER] }), compromisedActive({ keys })]).toEqual([[], []]);
});

test('news of compromised keys are that they are deactivated, and that one is active again', () => {
  const told = (current: Parameters<typeof tellsOfCompromised>[1]) =>
    KINDS.filter((kind) => tellsOfCompromised(kind, current));
  expect(told(aCase({ decision: aDecision({ reason: 'compromised' }) }))).toEqual(['deactivated']);
  expect(told(aCase({ decision: aDecision({ reason: 'unused' }) }))).toEqual([]);
  expect(told(aCase({ decision: null }))).toEqual([]);
  expect(told(aCase({ decision: null, compromised: [OLDER] }))).toEqual(['restored']);
  expect(told(aCase({ decision: aDecision({ reason: 'unused' }), compromised: [OLDER] }))).toEqual([
    'restored',
  ]);
});

test('news of a key that its creator left active are those of the decision alone', () => {
  const told = (current: Parameters<typeof tellsOfSelfApproval>[1]) =>
    KINDS.filter((kind) => tellsOfSelfApproval(kind, current));
  expect(told(excepted({ selfApproved: true }))).toEqual(['deactivated', 'exception-ending']);
  expect([told(excepted()), told(aCase({ decision: null }))]).toEqual([[], []]);
});

test('news of a privileged user are for everybody where they tell of a decision', () => {
  const told = (privileged: boolean) => KINDS.filter((kind) => isForEverybody(kind, excepted(), privileged));
  expect([told(true), told(false)]).toEqual([['deactivated', 'exception-ending'], []]);
});
