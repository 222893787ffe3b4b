import { expect, it } from 'vitest';
import { assess } from '../../../functions/core/assess/assessment.ts';
import { compared } from '../../../functions/core/assess/compare.ts';
import { question, reportOf } from '../../../functions/core/assess/report.ts';
import type { SurveyedUser } from '../../../functions/core/inventory/surveyed.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { NEWER, NOW, OLDER, THIRD } from '../../fakes/cases.ts';
import { aged, surveyed, TERMS } from './users.ts';

const two = [aged(OLDER, 600, 95), aged(NEWER, 100, 0.01)];
const others = [aged(OLDER, 600, 43), aged(THIRD, 30, 0.01)];
const one = [aged(OLDER, 600, 43)];

const report = (users: readonly SurveyedUser[], fullIds = false) =>
  reportOf(assess(users, TERMS, NOW), { account: '123456789012', denied: [], fullIds });

it('says who is new, gone, has other keys, or could not be read', () => {
  const before = report([
    surveyed('same', two),
    surveyed('gone', two),
    surveyed('turned', two),
    surveyed('dark', two),
  ]);
  const now = report([
    surveyed('same', two),
    surveyed('gone', one),
    surveyed('turned', others),
    surveyed('dark', [], { how: 'unread' }),
    surveyed('new', two),
  ]);
  expect(compared(before, now)).toEqual({
    appeared: ['new'],
    gone: ['gone'],
    changed: ['turned'],
    unknown: ['dark'],
  });
  expect(compared(now, now)).toEqual({ appeared: [], gone: [], changed: [], unknown: [] });
});

it('does not take a user for another who had the same name', () => {
  const later = surveyed('ci', two, { created: plus(NOW, -DAY) });
  expect(compared(report([surveyed('ci', two)]), report([later]))).toMatchObject({
    appeared: ['ci'],
    gone: ['ci'],
  });
});

it('compares a report with full ids with one without', () => {
  const users = [surveyed('ci', two)];
  expect(compared(report(users, true), report(users)).changed).toEqual([]);
});

it('shows whole key ids only if asked', () => {
  const users = [surveyed('ci', two, { tags: { Owner: 'payments' } })];
  expect(JSON.stringify(report(users))).not.toMatch(/AKIA\w{16}/);
  expect(JSON.stringify(report(users, true))).toContain(OLDER);
  const [first] = report(users).violations;
  expect(first).toMatchObject({ owner: 'payments', activeKeys: 2, confidence: 'high' });
  expect(first === undefined ? '' : question(first, '123456789012')).toMatch(
    /^IAM user ci in AWS account 123456789012 has 2 active access keys; only one is allowed\. …/,
  );
});

it('says of a violation who the user is to permissions', () => {
  const by = [{ policy: 'p', kind: 'inline', group: null, scope: 'iam', actions: [] }] as const;
  const found = report([
    surveyed('root', two, { privilege: { kind: 'administrator', by } }),
    surveyed('ci', two),
  ]);
  expect(found.violations.find(({ userName }) => userName === 'root')).toMatchObject({
    privileged: true,
    privilege: 'administrator',
    privilegedBy: by,
  });
  expect(found.violations.find(({ userName }) => userName === 'ci')).toMatchObject({
    privileged: false,
    privilegedBy: [],
  });
  expect(found.privileged).toMatchObject({ administrators: 1, several: 1 });
});

it('keeps what is not known apart from what is not', () => {
  const user = surveyed('ci', [
    aged(OLDER, 600, null),
    { ...aged(NEWER, 9, 1), lastUsed: { kind: 'not-read' } },
  ]);
  const [seen] = report([user]).users;
  expect(seen?.keys.map(({ lastUsed, lastUsedKnown }) => [lastUsed, lastUsedKnown])).toEqual([
    [null, true],
    [null, false],
  ]);
});
