import { describe, expect, it } from 'vitest';
import { parseInvocation } from '../../functions/contracts/config-invocation.ts';
import { SURVEY_INPUT } from '../../functions/contracts/fixed-names.ts';

const invoking = (more: object = {}) =>
  JSON.stringify({
    awsAccountId: '123456789012',
    notificationCreationTime: '2026-11-23T21:50:00.373Z',
    messageType: 'ScheduledNotification',
    recordVersion: '1.0',
    ...more,
  });

const event = {
  invokingEvent: invoking(),
  ruleParameters: '{"someKey":"someValue"}',
  resultToken: 'token',
  eventLeftScope: false,
  executionRoleArn: 'arn:aws:iam::123456789012:role/config-role',
  configRuleArn: 'arn:aws:config:us-east-1:123456789012:config-rule/config-rule-0123456',
  configRuleName: 'one-active-key',
  configRuleId: 'config-rule-0123456',
  accountId: '123456789012',
  version: '1.0',
};
const run = { kind: 'run', account: '123456789012', ruleName: 'one-active-key', token: 'token', test: false };

describe('an invocation by AWS Config', () => {
  it.each<[string, object, object]>([
    ['on schedule is a run', event, run],
    ['without rule parameters as well', { ...event, ruleParameters: undefined }, run],
    [
      'by hand keeps nothing',
      { ...event, resultToken: 'TESTMODE' },
      { ...run, token: 'TESTMODE', test: true },
    ],
    [
      'for a change is for other rules',
      { ...event, invokingEvent: invoking({ messageType: 'ConfigurationItemChangeNotification' }) },
      { kind: 'ignored', messageType: 'ConfigurationItemChangeNotification' },
    ],
  ])('%s', (_, given, parsed) => {
    expect(parseInvocation(given)).toEqual(parsed);
  });

  it('by our schedule is the survey, and nothing that only looks like it', () => {
    expect(parseInvocation({ ...SURVEY_INPUT })).toEqual({ kind: 'survey' });
    expect(parseInvocation({ ...event, ...SURVEY_INPUT })).toEqual(run);
    expect(parseInvocation({ solekey: 'else' })).toMatchObject({ kind: 'broken' });
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'invalid_type'],
    ['another account format', { ...event, accountId: 'me' }, 'accountId: invalid_format'],
    ['no token', { ...event, resultToken: '' }, 'resultToken: too_small'],
    ['no JSON inside', { ...event, invokingEvent: 'no' }, 'invokingEvent: invalid_type'],
    ['no message type', { ...event, invokingEvent: '{}' }, 'invokingEvent: messageType: invalid_type'],
  ])('%s is broken, and the token is not told', (_, given, problem) => {
    expect(parseInvocation(given)).toEqual({ kind: 'broken', problem });
  });
});
