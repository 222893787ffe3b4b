import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLookup } from '../../functions/contracts/lookup-events.ts';
import { familiesOf } from '../../functions/core/usage/families.ts';
import { NEWER, OLDER } from '../fakes/cases.ts';
import { anyText } from '../fakes/texts.ts';
import { BOTO } from '../fakes/usage.ts';

const RECORD = {
  eventVersion: '1.09',
  userIdentity: { type: 'IAMUser', accessKeyId: NEWER, userName: 'ci' },
  eventTime: '2026-11-23T12:24:29Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '203.0.113.17',
  userAgent: BOTO,
  readOnly: true,
};
const EVENT = {
  at: '2026-11-23T12:24:29.000Z',
  service: 's3',
  region: 'eu-west-1',
  sourceIp: '203.0.113.17',
  userAgent: BOTO,
  eventName: 'ListBuckets',
  errorCode: null,
  readOnly: true,
  invokedBy: null,
  accessKeyId: NEWER,
};
const read = (...records: unknown[]) =>
  readLookup(
    records.map((record) => JSON.stringify(record)),
    NEWER,
  );

describe('an answer of LookupEvents', () => {
  it('is read into events', () => {
    const failed = { ...RECORD, errorCode: 'AccessDenied', readOnly: false };
    const invoked = { ...RECORD, userIdentity: { invokedBy: 'athena.amazonaws.com' } };
    expect(read(RECORD, failed, invoked)).toEqual({
      events: [
        EVENT,
        { ...EVENT, errorCode: 'AccessDenied', readOnly: false },
        { ...EVENT, invokedBy: 'athena.amazonaws.com', accessKeyId: null },
      ],
      unread: 0,
    });
  });

  it.each(['userIdentity', 'sourceIPAddress', 'userAgent', 'readOnly'])(
    'is read without %s, or with an odd one',
    (field) => {
      for (const odd of [undefined, null, 7, { a: 1 }, ['x']]) {
        expect(read({ ...RECORD, [field]: odd })).toMatchObject({ events: [{ service: 's3' }], unread: 0 });
      }
    },
  );

  it.each([
    ['no time', { eventTime: undefined }],
    ['a time of another form', { eventTime: 'Jul 10, 2023 12:24:29 PM' }],
    ['a time that does not exist', { eventTime: '2026-99-99T99:99:99Z' }],
    ['a service outside of AWS', { eventSource: 'evil.example.com' }],
    ['no name', { eventName: '' }],
    ['a Region that is none', { awsRegion: '<b>' }],
    ['another key', { userIdentity: { accessKeyId: OLDER } }],
  ])('with %s is not used, but counted', (_, odd) => {
    expect(read({ ...RECORD, ...odd }, RECORD)).toEqual({ events: [EVENT], unread: 1 });
  });

  it('that is no JSON is counted', () => {
    expect(readLookup([undefined, '', '{', 'null', '[]', '"x"', '{"__proto__":{}}'], NEWER)).toEqual({
      events: [],
      unread: 7,
    });
  });

  it('never throws, and no text of others gets into a family', () => {
    const text = anyText();
    const hostile = fc.record(
      {
        sourceIPAddress: text,
        userAgent: text,
        eventName: text,
        eventSource: text,
        awsRegion: text,
        errorCode: text,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(hostile, fc.json(), (odd, anything) => {
        const { events, unread } = readLookup([JSON.stringify({ ...RECORD, ...odd }), anything], NEWER);
        expect(events.length + unread).toBe(2);
        for (const { source, service, region } of familiesOf(events)) {
          expect(JSON.stringify([source, service, region])).toMatch(/^[a-z0-9"{}[\],:./-]+$/);
        }
      }),
    );
    expect(readLookup(['['.repeat(100_000)], NEWER)).toEqual({ events: [], unread: 1 });
  });

  it('reads the event of a real account', () => {
    const text = readFileSync(new URL('fixtures/lookup-event.json', import.meta.url), 'utf8');
    expect(readLookup([text], 'AKIATFQR7NSC8Q4X20BJ')).toMatchObject({
      events: [{ service: 'iam', region: 'us-east-1', sourceIp: '192.168.10.20', readOnly: false }],
      unread: 0,
    });
  });
});
