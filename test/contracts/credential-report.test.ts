import { describe, expect, it } from 'vitest';
import { reportRow } from '../../functions/contracts/credential-report.ts';

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
  keys: 1,
  active: 1,
  more: null,
};

describe('a row of the credential report', () => {
  it.each<[string, Record<string, string>, object]>([
    ['one active key', {}, row],
    ['documented in capitals', { access_key_1_active: 'TRUE', access_key_2_active: 'FALSE' }, row],
    [
      'two active keys',
      { access_key_2_active: 'true', access_key_2_last_rotated: MADE },
      { ...row, keys: 2, active: 2 },
    ],
    ['an inactive key keeps its time', { access_key_2_last_rotated: MADE }, { ...row, keys: 2 }],
    [
      'only inactive keys',
      { access_key_1_active: 'false', access_key_2_last_rotated: MADE },
      { ...row, keys: 2, active: 0 },
    ],
    [
      'no key',
      { access_key_1_active: 'false', access_key_1_last_rotated: 'N/A' },
      { ...row, keys: 0, active: 0 },
    ],
    ['an active key without a time', { access_key_1_last_rotated: 'N/A' }, row],
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
