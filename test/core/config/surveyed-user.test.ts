import { describe, expect, it } from 'vitest';
import type { ListedUser, ReportRow } from '../../../functions/core/config/survey.ts';
import { type KnownOfUser, surveyedUser } from '../../../functions/core/config/surveyed-user.ts';
import { PRIVILEGE_NOT_READ } from '../../../functions/core/inventory/privilege.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { NOW, newer, older } from '../../fakes/cases.ts';

const GENERATED = plus(NOW, -2 * HOUR);
const USER: ListedUser = {
  userId: 'AIDA1',
  userName: 'ci-deploy',
  path: '/svc/',
  arn: 'arn:aws:iam::123456789012:user/svc/ci-deploy',
  created: plus(NOW, -500 * DAY),
  tags: { Owner: 'payments' },
};
const keys = [newer(), older('Inactive')];
const row = (more: Partial<ReportRow> = {}): ReportRow => ({
  arn: USER.arn,
  created: USER.created,
  slots: keys.map(({ created, status, lastUsed }) => ({ created, active: status === 'Active', lastUsed })),
  console: false,
  certificates: 1,
  more: null,
  ...more,
});
const read = {
  arn: USER.arn,
  created: USER.created,
  asOf: plus(NOW, -DAY),
  keys: keys.map(({ id, status, created }) => ({ id, status, created })),
};
const found = (known: Partial<KnownOfUser>) =>
  surveyedUser(USER, { row: row(), generated: GENERATED, privilege: PRIVILEGE_NOT_READ, ...known });
const without = (list: readonly ObservedKey[]): ObservedKey[] =>
  list.map((key) => ({ ...key, lastUsed: { kind: 'not-read' } }));

describe('a user in the inventory', () => {
  it('has what the list and the report say about the person', () => {
    expect(found({})).toMatchObject({
      ...USER,
      console: false,
      privilege: PRIVILEGE_NOT_READ,
      otherCredentials: { certificates: 1, serviceSpecific: null },
    });
    expect(found({ row: null })).toMatchObject({
      console: null,
      otherCredentials: { certificates: null, serviceSpecific: null },
    });
  });

  it.each<[string, Partial<KnownOfUser>, object]>([
    [
      'the report alone',
      {},
      { how: 'report', asOf: GENERATED, keys: keys.map((key, n) => ({ ...key, id: `key ${n + 1}` })) },
    ],
    ['the report with the ids of an earlier reading', { read }, { how: 'report', asOf: GENERATED, keys }],
    [
      'a reading of another user who had the ARN before',
      { read: { ...read, created: plus(NOW, -900 * DAY) } },
      { how: 'report', keys: [{ id: 'key 1' }, { id: 'key 2' }] },
    ],
    [
      'a reading that is newer than the report',
      { read: { ...read, asOf: NOW, keys: read.keys.slice(0, 1) } },
      { how: 'live', asOf: NOW, keys: keys.slice(0, 1) },
    ],
    [
      'a reading of a user without a row',
      { row: null, read },
      { how: 'live', asOf: read.asOf, keys: without(keys) },
    ],
    ['nothing', { row: null }, { how: 'unread', asOf: null, keys: [] }],
    ['an open case', { recorded: { keys, factsAt: NOW }, read }, { how: 'live', asOf: NOW, keys }],
    ['no open case', { recorded: null }, { how: 'report' }],
    [
      'what this run read, with its own last uses',
      { live: { keys, began: NOW }, recorded: { keys: [], factsAt: GENERATED }, row: row({ slots: [] }) },
      { how: 'live', asOf: NOW, keys },
    ],
    [
      'what this run read, with the last uses of the report where it read none',
      { live: { keys: without(keys), began: NOW } },
      { how: 'live', asOf: NOW, keys },
    ],
    [
      'what this run read of a user without a row',
      { live: { keys: without(keys), began: NOW }, row: null },
      { how: 'live', asOf: NOW, keys: without(keys) },
    ],
  ])('by %s', (_, known, expected) => {
    expect(found(known)).toMatchObject(expected);
  });
});
