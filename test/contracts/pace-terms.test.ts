import { expect, it } from 'vitest';
import { paceTermsOf } from '../../functions/contracts/pace-terms.ts';
import { PACE_TERMS } from '../../functions/core/channel/pace-terms.ts';
import { NO_PACE, SHORT_PACE } from '../../sandbox/launch/pace.ts';

it('are those of AWS where nothing says otherwise', () => {
  expect(paceTermsOf(undefined)).toBe(PACE_TERMS);
});

it.each([SHORT_PACE, NO_PACE, PACE_TERMS])('are read as the sandbox writes them: %#', (terms) => {
  expect(paceTermsOf(JSON.stringify(terms))).toEqual(terms);
});

it.each(['', '{}', JSON.stringify({ ...SHORT_PACE, gap: -1 }), JSON.stringify({ ...SHORT_PACE, more: 1 })])(
  'are refused if they are no terms: %#',
  (text) => {
    expect(() => paceTermsOf(text)).toThrow();
  },
);
