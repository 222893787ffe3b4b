import { expect, it } from 'vitest';
import { placeOf, placeText } from '../../functions/contracts/list-item.ts';
import { listRank } from '../../functions/core/case/list-rank.ts';
import { ACCOUNT, aCase, POLICY, USER_ID } from '../fakes/cases.ts';

it('a place in the list is a text in an address and back', () => {
  const place = { rank: listRank(aCase(), POLICY) ?? '', account: ACCOUNT, userId: USER_ID };
  expect(placeText(place)).toBe(`4#2026-11-23T14:10:00.000Z~${ACCOUNT}~${USER_ID}`);
  expect(placeOf(placeText(place))).toEqual(place);
});

it.each([
  '',
  '4#2026-11-23T14:10:00.000Z',
  `4#2026-11-23T14:10:00.000Z~${ACCOUNT}`,
  `4#2026-11-23T14:10:00.000Z~${ACCOUNT}~AIDA#CASE`,
  `4#2026-11-23T14:10:00.000Z~1234~${USER_ID}`,
  `x~${ACCOUNT}~${USER_ID}`,
  `4#2026-11-23T14:10:00.000Z~${ACCOUNT}~${'A'.repeat(129)}`,
])('no place: %s', (text) => {
  expect(placeOf(text)).toBeNull();
});
