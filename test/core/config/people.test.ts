import { expect, it } from 'vitest';
import { decidersNamed } from '../../../functions/core/config/people.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { aCase, NOW, POLICY } from '../../fakes/cases.ts';

const named = (people: number, revoked: readonly string[] = []) =>
  decidersNamed(aCase(), { policy: POLICY, control: { ...UNRESTRICTED, revoked }, now: NOW }, {
    people,
  } as never);

it('whoever may decide is named as far as there is room, and counted otherwise', () => {
  const all = POLICY.approvers.map(({ id }) => id);
  expect([named(0), named(1), named(3)]).toEqual([
    '2 approvers',
    'Security lead or 1 more',
    'Security lead or Platform lead',
  ]);
  expect(named(0, all.slice(1))).toBe('1 approver');
  expect([named(0, all), named(3, all)]).toEqual(['an approver', 'an approver']);
});
