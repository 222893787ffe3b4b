import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHealthEvent, parseHealth } from '../../functions/contracts/health-event.ts';
import { type Door, parseMessage } from '../../functions/contracts/message.ts';
import { ACCOUNT, NEWER, OLDER } from '../fakes/cases.ts';
import { healthEvent, keyEvent } from '../fakes/messages.ts';

const AT = '2026-11-23T16:05:00.000Z';
const message = (body: object, door: Door) => parseMessage(JSON.stringify(body), door);
const of = (body: object) => {
  const parsed = parseHealth(body);
  return parsed.kind === 'reports' ? parsed.reports : parsed;
};
const named = (values: readonly string[], more = {}) => of(healthEvent(values, more));
const without = (body: object, ...fields: readonly string[]) =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !fields.includes(name)));

describe('an event of AWS Health about exposed keys', () => {
  it('is a report for each key that it names', () => {
    const parsed = message(healthEvent([NEWER, OLDER]), 'events');
    expect(parsed).toMatchObject({
      kind: 'reports',
      reports: [NEWER, OLDER].map((keyId) => ({
        kind: 'event',
        wake: { kind: 'user', account: ACCOUNT, accessKeyId: keyId, attempt: 0 },
        origin: null,
        exposure: { kind: 'key', keyId, at: AT },
        odd: [],
      })),
    });
  });

  it('has an id for each report, the same in a backup or a further page, without the key id', () => {
    const ids = (body: object) => [of(body)].flat().map((one) => ('eventId' in one ? one.eventId : null));
    const [first, second] = ids(healthEvent([NEWER, OLDER]));
    expect(ids(healthEvent([OLDER], { page: '2', backupEvent: 'true' }))).toEqual([second]);
    expect(first).not.toBe(second);
    expect([first, second].join()).not.toMatch(/AKIA/);
    const other = without(healthEvent([NEWER], { communicationId: null }), 'id');
    expect(ids(other)).toEqual([null]);
    expect(ids({ ...other, id: 'one' })).not.toEqual(ids({ ...other, id: 'another' }));
  });

  it('may name a user instead, of whom every key is suspect', () => {
    expect(named([`arn:aws:iam::${ACCOUNT}:user/svc/eu/ci-deploy`])).toMatchObject([
      { wake: { userName: 'ci-deploy' }, exposure: { kind: 'user', at: AT } },
    ]);
  });

  it('may name a temporary key, which belongs to no user', () => {
    expect(named(['ASIAIOSFODNN7EXAMPLE'])).toMatchObject([{ exposure: { keyId: 'ASIAIOSFODNN7EXAMPLE' } }]);
  });

  it('is about the account that it affects, not the one that sees all of an organisation', () => {
    expect(named([NEWER], { affectedAccount: '999999999999' })).toMatchObject([
      { wake: { account: '999999999999' } },
    ]);
    expect(named([NEWER], { affectedAccount: null })).toMatchObject([{ wake: { account: ACCOUNT } }]);
  });

  it('is used where a part of it cannot be read, and says so', () => {
    expect(named([NEWER, 'something else'])).toMatchObject([{ odd: ['detail.affectedEntities'] }]);
    expect(named([NEWER], { communicationId: 7 })).toMatchObject([{ odd: ['detail.communicationId'] }]);
    const entities = [{ entityValue: NEWER }, null, 'x', { entityValue: 7 }];
    expect(named([], { affectedEntities: entities })).toMatchObject([{ exposure: { keyId: NEWER } }]);
  });

  it.each<[string, object, string]>([
    ['names no key', healthEvent(['i-0abc', `arn:aws:iam::${ACCOUNT}:role/x`]), 'affectedEntities'],
    ['names a user whom IAM would not accept', healthEvent([`arn:aws:iam::${ACCOUNT}:user/a b`]), 'affected'],
    ['names nothing', healthEvent([]), 'affectedEntities'],
    ['has no list', healthEvent([], { affectedEntities: 'x' }), 'affectedEntities'],
    ['has no account', without(healthEvent([NEWER], { affectedAccount: null }), 'account'), 'account'],
    ['has no time', without(healthEvent([NEWER]), 'time'), 'time'],
    ['has no detail', without(healthEvent([NEWER]), 'detail'), 'detail'],
  ])('is broken if it %s, so that a person looks', (_what, body, problem) => {
    const parsed = message(body, 'events');
    expect(parsed).toMatchObject({ kind: 'broken', problem: expect.stringContaining(problem) });
    expect(JSON.stringify(parsed)).not.toContain('AKIA');
  });

  it('asks for nothing once it is over, or is about something else', () => {
    expect(named([NEWER], { statusCode: 'closed' })).toEqual({ kind: 'ignored', why: 'over' });
    const resolved = { affectedEntities: [{ entityValue: NEWER, status: 'RESOLVED' }] };
    expect(named([], resolved)).toEqual({ kind: 'ignored', why: 'over' });
    expect(named([NEWER], { service: 'EC2' })).toEqual({ kind: 'ignored', why: 'other-event' });
    expect(named([NEWER], { eventTypeCode: 'AWS_IAM_NEWS' })).toEqual({
      kind: 'ignored',
      why: 'other-event',
    });
  });

  it('is only whom to re-evaluate in the wake queue, where anybody may have put it', () => {
    const parsed = message(healthEvent([NEWER, `arn:aws:iam::${ACCOUNT}:user/bob`]), 'wakes');
    expect(parsed).toEqual({
      kind: 'wakes',
      wakes: [
        { kind: 'user', account: ACCOUNT, accessKeyId: NEWER, attempt: 0 },
        { kind: 'user', account: ACCOUNT, userName: 'bob', attempt: 0 },
      ],
    });
    expect(message(healthEvent([]), 'wakes')).toMatchObject({ kind: 'broken' });
    expect(message(healthEvent([NEWER], { service: 'EC2' }), 'wakes')).toMatchObject({ kind: 'ignored' });
  });

  it('is told from an event of CloudTrail by its source', () => {
    expect(isHealthEvent(healthEvent([]))).toBe(true);
    for (const other of [keyEvent('CreateAccessKey', { keyId: NEWER, at: AT }), null, 'aws.health', {}]) {
      expect(isHealthEvent(other)).toBe(false);
    }
  });

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (entities, at) => {
        const body = { ...healthEvent([], { affectedEntities: entities, statusCode: at }), time: at };
        expect(['reports', 'ignored', 'broken']).toContain(parseHealth(body).kind);
      }),
    );
  });
});
