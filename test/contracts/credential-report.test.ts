import { describe, expect, it } from 'vitest';
import { reportedUser, reportRow } from '../../functions/contracts/credential-report.ts';

const MADE = '2025-03-04T10:00:00+00:00';
const record = {
  user: 'ci-deploy',
  arn: 'arn:aws:iam::123456789012:user/svc/ci-deploy',
  user_creation_time: MADE,
  password_enabled: 'false',
  access_key_1_active: 'true',
  access_key_1_last_rotated: MADE,
  access_key_2_active: 'false',
  access_key_2_last_rotated: 'N/A',
};
const row = {
  arn: record.arn,
  created: '2025-03-04T10:00:00.000Z',
  slots: [{ created: '2025-03-04T10:00:00.000Z', active: true, lastUsed: { kind: 'never' } }],
  console: false,
  certificates: null,
  more: null,
};
const [shown] = row.slots;
const off = { ...shown, active: false };

describe('a row of the credential report', () => {
  it.each<[string, Record<string, string>, object]>([
    ['one active key', {}, row],
    ['documented in capitals', { access_key_1_active: 'TRUE', access_key_2_active: 'FALSE' }, row],
    [
      'two active keys',
      { access_key_2_active: 'true', access_key_2_last_rotated: MADE },
      { ...row, slots: [shown, shown] },
    ],
    ['an inactive key keeps its time', { access_key_2_last_rotated: MADE }, { ...row, slots: [shown, off] }],
    [
      'only inactive keys',
      { access_key_1_active: 'false', access_key_2_last_rotated: MADE },
      { ...row, slots: [off, off] },
    ],
    ['no key', { access_key_1_active: 'false', access_key_1_last_rotated: 'N/A' }, { ...row, slots: [] }],
    ['an active key without a time', { access_key_1_last_rotated: 'N/A' }, row],
    [
      'a last use',
      {
        access_key_1_last_used_date: '2026-11-01T00:00:00+00:00',
        access_key_1_last_used_region: 'eu-west-1',
        access_key_1_last_used_service: 's3',
      },
      {
        ...row,
        slots: [
          {
            ...shown,
            lastUsed: { kind: 'used', at: '2026-11-01T00:00:00.000Z', service: 's3', region: 'eu-west-1' },
          },
        ],
      },
    ],
    ['nothing about more keys', { additional_credentials_info: '' }, { ...row, more: false }],
    ['no more keys', { additional_credentials_info: 'N/A' }, { ...row, more: false }],
    ['more keys', { additional_credentials_info: '3 more access keys' }, { ...row, more: true }],
  ])('%s', (_, more, expected) => {
    expect(reportRow({ ...record, ...more })).toEqual(expected);
  });

  it.each<[string, Record<string, string>]>([
    ['of the account itself', { user: '<root_account>', user_creation_time: MADE }],
    ['without a time', { user_creation_time: 'not_supported' }],
    ['of another report', { arn: '' }],
  ])('%s speaks for no user', (_, more) => {
    expect(reportRow({ ...record, ...more })).toBeNull();
  });
});

describe('a user as the report shows them', () => {
  const asOf = '2026-11-26T09:00:00.000Z';
  const full = {
    ...record,
    password_enabled: 'true',
    access_key_1_last_used_date: '2026-11-20T10:00:00+00:00',
    access_key_1_last_used_region: 'eu-west-1',
    access_key_1_last_used_service: 's3',
    access_key_2_last_used_date: 'N/A',
  };
  const first = {
    id: 'key 1',
    status: 'Active',
    created: '2025-03-04T10:00:00.000Z',
    lastUsed: { kind: 'used', at: '2026-11-20T10:00:00.000Z', service: 's3', region: 'eu-west-1' },
  };

  it('has keys by their columns, with what is known of them', () => {
    expect(reportedUser(full, asOf)).toEqual({
      userId: null,
      privilege: { kind: 'unknown', why: 'policies', name: null },
      otherCredentials: { certificates: null, serviceSpecific: null },
      userName: 'ci-deploy',
      path: '/svc/',
      arn: record.arn,
      created: '2025-03-04T10:00:00.000Z',
      tags: null,
      console: true,
      how: 'report',
      keys: [first],
      asOf,
    });
  });

  it.each<[string, Record<string, string>, object]>([
    [
      'never used',
      { access_key_1_last_used_date: 'no_information' },
      { keys: [{ ...first, lastUsed: { kind: 'never' } }] },
    ],
    ['without a console password', { password_enabled: 'FALSE' }, { console: false }],
    ['of an unknown console password', { password_enabled: 'not_supported' }, { console: null }],
    [
      'with signing certificates',
      { cert_1_active: 'TRUE', cert_2_active: 'false' },
      { otherCredentials: { certificates: 1, serviceSpecific: null } },
    ],
    ['without any path', { arn: 'arn:aws:iam::123456789012:user/ci-deploy' }, { path: '/' }],
    [
      'active without a time: it is as old as the user',
      { access_key_1_last_rotated: 'N/A' },
      { keys: [first] },
    ],
    [
      'with keys beyond the columns, of which nothing is known',
      { additional_credentials_info: 'There are 3 keys' },
      { how: 'unread', keys: [], asOf: null },
    ],
    [
      'with keys beyond two active ones',
      { additional_credentials_info: 'more', access_key_2_active: 'true' },
      { how: 'report', keys: [first, { id: 'key 2', status: 'Active' }] },
    ],
    [
      'with an inactive second key',
      { access_key_2_last_rotated: MADE },
      { keys: [first, { ...first, id: 'key 2', status: 'Inactive', lastUsed: { kind: 'never' } }] },
    ],
  ])('%s', (_, change, wanted) => {
    expect(reportedUser({ ...full, ...change }, asOf)).toMatchObject(wanted);
  });

  it('is nobody in the row of root, and in a row that cannot be read', () => {
    expect(reportedUser({ ...full, user: '<root_account>' }, asOf)).toBeNull();
    expect(reportedUser({ ...full, user_creation_time: 'soon' }, asOf)).toBeNull();
    expect(reportedUser({}, asOf)).toBeNull();
  });
});
