import { expect, it } from 'vitest';
import {
  decidedBy,
  decidersNamed,
  escalationWords,
  overdueWords,
  personNamed,
} from '../../../functions/core/config/people.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
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

const looking = (more: Partial<typeof POLICY> = {}, now = NOW) => ({
  policy: { ...POLICY, ...more },
  control: UNRESTRICTED,
  now,
});

it('whoever decided is named where there is room; who is no approver any more keeps the id', () => {
  expect(decidedBy(POLICY, 'sec-lead', { people: 0 } as never)).toBe('an approver');
  expect(decidedBy(POLICY, 'sec-lead', { people: 1 } as never)).toBe('Security lead');
  expect(personNamed(POLICY, 'gone')).toBe('gone');
});

it('an escalation is named with its day, before and after it', () => {
  const escalation = ['ciso'];
  const asked = aCase({ toldAt: NOW });
  const words = (current = asked, more: Partial<typeof POLICY> = { escalation }) =>
    escalationWords(current, looking(more));
  expect(words()).toBe(`; escalates ${plus(NOW, POLICY.escalateAfter).slice(0, 10)}`);
  expect(words(aCase({ toldAt: NOW, escalatedAt: plus(NOW, DAY) }))).toBe('; escalated 2026-11-24');
  expect([words(aCase({ toldAt: null })), words(asked, { escalation: [] })]).toEqual(['', '']);
});

it('a question is overdue from its day on', () => {
  const asked = aCase({ toldAt: NOW, remindedAt: NOW });
  expect(overdueWords(asked, looking())).toBe('');
  expect(overdueWords(asked, looking({}, plus(NOW, 300 * DAY)))).toMatch(
    /^Overdue since \d{4}-\d\d-\d\d\. $/,
  );
});
