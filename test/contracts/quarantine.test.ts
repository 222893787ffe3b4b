import { describe, expect, it } from 'vitest';
import { parseCloudTrail } from '../../functions/contracts/cloudtrail.ts';
import { parseMessage } from '../../functions/contracts/message.ts';
import { ACCOUNT, EVENT_ID, envelope, record } from './fixtures/cloudtrail.ts';

const POLICY = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2';
const attached = (requestParameters: unknown, more: Record<string, unknown> = {}) =>
  envelope(record('AttachUserPolicy', { requestParameters, ...more }));

describe('a quarantine policy that AWS attaches', () => {
  it.each(['', 'V2', 'V3'])('(%s) is a report about the user, with no key', (version) => {
    const policyArn = POLICY.replace('V2', version);
    expect(parseCloudTrail(attached({ userName: 'ci-deploy', policyArn }))).toEqual({
      kind: 'event',
      eventId: EVENT_ID,
      wake: { kind: 'user', account: ACCOUNT, userName: 'ci-deploy', attempt: 0 },
      origin: null,
      exposure: { kind: 'user', at: '2026-11-23T14:05:00.000Z' },
      odd: [],
    });
  });

  it('is one in other partitions, too', () => {
    const policyArn = POLICY.replace('arn:aws:', 'arn:aws-us-gov:');
    expect(parseCloudTrail(attached({ userName: 'x', policyArn }))).toMatchObject({ kind: 'event' });
  });

  it.each([
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
    `arn:aws:iam::${ACCOUNT}:policy/AWSCompromisedKeyQuarantineV2`,
    'arn:aws:iam::aws:policy/path/AWSCompromisedKeyQuarantine',
    null,
    7,
  ])('is not %s, which asks for nothing', (policyArn) => {
    expect(parseCloudTrail(attached({ userName: 'ci-deploy', policyArn }))).toEqual({
      kind: 'ignored',
      why: 'other-call',
    });
  });

  it('asks for nothing if the call failed, or was made to another service', () => {
    const params = { userName: 'ci-deploy', policyArn: POLICY };
    expect(parseCloudTrail(attached(params, { errorCode: 'AccessDenied' }))).toMatchObject({
      why: 'failed-call',
    });
    expect(parseCloudTrail(attached(params, { eventSource: 'x.amazonaws.com' }))).toMatchObject({
      why: 'other-call',
    });
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    ['user', { policyArn: POLICY }, {}],
    ['time', { userName: 'x', policyArn: POLICY }, { eventTime: 'yesterday' }],
    ['account', { userName: 'x', policyArn: POLICY }, { recipientAccountId: null }],
  ])('is broken without its %s, so that a person looks', (_what, params, more) => {
    expect(parseCloudTrail(attached(params, more))).toMatchObject({ kind: 'broken' });
  });

  it('is no more than a wake in the wake queue', () => {
    const body = JSON.stringify(attached({ userName: 'ci-deploy', policyArn: POLICY }));
    expect(parseMessage(body, 'wakes')).toEqual({
      kind: 'wake',
      wake: { kind: 'user', account: ACCOUNT, userName: 'ci-deploy', attempt: 0 },
    });
  });
});
