import { expect, it } from 'vitest';
import { knownTerms, type ShownTerms } from '../../../functions/core/case/terms.ts';
import { DAY } from '../../../functions/core/model/time.ts';
import { POLICY } from '../../fakes/cases.ts';

const [PRESENT] = knownTerms({}, POLICY);
const FORMER = knownTerms({}, { ...POLICY, grace: 30 * DAY });

it('keeps what is recorded of the present terms, a field of a newer release included', () => {
  const recorded = { ...PRESENT, later: 'kept' } as unknown as ShownTerms;
  expect(knownTerms({ shownTerms: [recorded] }, POLICY)).toEqual([recorded]);
});

it('puts the present terms last, once', () => {
  expect(knownTerms({ shownTerms: [PRESENT as ShownTerms, ...FORMER] }, POLICY)).toEqual([
    ...FORMER,
    PRESENT,
  ]);
});

it('knows no others where none are recorded', () => {
  expect(knownTerms({}, POLICY)).toEqual([PRESENT]);
});
