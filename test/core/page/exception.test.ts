import { expect, test } from 'vitest';
import { takes } from '../../../functions/app/approve/posted-answer.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { caseView } from '../../../functions/core/page/case-view.ts';
import { OFFERED } from '../../../functions/core/page/deactivate-all.ts';
import {
  aCase,
  excepted,
  key,
  NOW,
  newer,
  older,
  POLICY,
  someOff,
  someSpared,
  THIRD,
} from '../../fakes/cases.ts';

const view = (current = excepted()) =>
  caseView(current, { now: NOW, policy: POLICY, control: UNRESTRICTED, request: null });

test('an exception in force asks the ordinary question, which ends it early', () => {
  expect(view()).toMatchObject({ state: 'question', decided: null, pending: [], restorable: [] });
  expect(['keep', 'none'].map((kind) => takes(view(), kind as 'keep'))).toEqual([true, true]);
});

test('beside that it offers back what was deactivated, and a confirmation comes first', () => {
  const graced = view(someOff());
  expect([graced.state, graced.restorable.map(({ id }) => id)]).toEqual(['question', [THIRD]]);
  const terms = { grace: 1, deletion: 'on-confirmation' as const };
  expect(view(someOff({}, { phase: 'awaiting-confirmation' }, { terms })).state).toBe('confirm');
});

test('an exception that is not carried out yet is a decision', () => {
  const current = aCase({ phase: 'approved', keys: [newer(), older(), key(THIRD)], decision: someSpared() });
  expect(view(current)).toMatchObject({ state: 'decided', decided: { ask: { kind: 'not-now' } } });
});

test('pages offer it from 0.10.0 on, because 0.9.0 reads it (law 8)', () => {
  expect(OFFERED).toEqual(['keep', 'none', 'not-now', 'keep-inactive']);
});
