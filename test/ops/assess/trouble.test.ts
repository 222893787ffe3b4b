import { afterEach, expect, test, vi } from 'vitest';
import { assessTrouble, NoAssessment } from '../../../ops/assess/trouble.ts';

afterEach(() => vi.unstubAllEnvs());

const error = (name: string, message: string, code?: string) =>
  Object.assign(new Error(message), { name, code });

test.each([
  [
    error('CredentialsProviderError', 'Could not load credentials from any providers'),
    null,
    /^No AWS credentials found\. Set AWS_PROFILE/,
  ],
  [
    error('CredentialsProviderError', 'Could not resolve credentials using profile: [nope]'),
    'nope',
    /^No AWS credentials found for the profile nope\./,
  ],
  [
    error('CredentialsProviderError', 'The SSO session associated with this profile has expired.'),
    'prod',
    /^The SSO session is missing or has expired\. Sign in with: aws sso login --profile prod$/,
  ],
  [
    error('TokenProviderError', 'Token is expired. To refresh this SSO session run aws sso login'),
    null,
    /Sign in with: aws sso login$/,
  ],
  [
    error(
      'CredentialsProviderError',
      'Profile prod requires multi-factor authentication, but no MFA code callback was provided.',
    ),
    'prod',
    /^The profile prod wants an MFA code/,
  ],
  [
    error('ExpiredToken', 'The security token included in the request is expired'),
    null,
    /^AWS does not accept these credentials; they may have expired/,
  ],
  [error('InvalidClientTokenId', 'invalid'), null, /^AWS does not accept these credentials/],
  [error('Throttling', 'Rate exceeded'), null, /^IAM throttled every attempt/],
  [error('Error', 'connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'), null, /^AWS could not be reached/],
  [error('TimeoutError', 'socket hang up'), null, /^AWS could not be reached/],
  [
    error('Error', "ENOENT: no such file or directory, open 'r.csv'", 'ENOENT'),
    null,
    /^A file could not be read or written: .*r\.csv/,
  ],
  [new NoAssessment('r.csv is not a report.'), null, /^r\.csv is not a report\.$/],
  [new Error('something else'), null, /^There is no assessment: something else$/],
  ['a text', null, /^There is no assessment: a text$/],
])('%s is told in one line', (thrown, profile, words) => {
  vi.stubEnv('AWS_PROFILE', undefined);
  const line = assessTrouble(thrown, profile);
  expect(line).toMatch(words);
  expect(line).not.toContain('\n');
});
