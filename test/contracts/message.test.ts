import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Door, parseMessage as parse } from '../../functions/contracts/message.ts';
import { ACCOUNT, created, EVENT_ID, envelope, KEY, ROOT, record } from './fixtures/cloudtrail.ts';

const wake = { kind: 'user', account: ACCOUNT, userName: 'ci-deploy', look: 2 };
const parseMessage = (body: string, door: Door = 'wakes') => parse(body, door);
const { look: attempt, ...rest } = wake;

describe('a message in the event queue', () => {
  it('is an event of CloudTrail, with its id and what it proves', () => {
    expect(parseMessage(JSON.stringify(envelope(created('bob'))), 'events')).toMatchObject({
      kind: 'event',
      eventId: EVENT_ID,
      wake: { userName: 'bob', accessKeyId: KEY },
      origin: { keyId: KEY, createdBy: 'user/jane' },
    });
  });

  it.each([wake, { kind: 'refresh', account: ACCOUNT, since: '2026-11-23T16:10:00.000Z', hops: 0 }])(
    'is broken if it is one of ours: nothing but events comes that way',
    (message) => {
      expect(parseMessage(JSON.stringify(message), 'events')).toMatchObject({ kind: 'broken' });
    },
  );
});

describe('a message in the wake queue', () => {
  it('is a wake of ours', () => {
    expect(parseMessage(JSON.stringify(wake))).toEqual({ kind: 'wake', wake: { ...rest, attempt } });
  });

  it('is a request for the digests of an address, or of those that are reached anew', () => {
    const wish = { kind: 'digest', account: ACCOUNT };
    for (const one of [wish, { ...wish, address: 'a'.repeat(16) }]) {
      expect(parseMessage(JSON.stringify(one))).toEqual({ kind: 'digest', wish: one });
    }
    expect(parseMessage(JSON.stringify({ ...wish, address: '' }))).toMatchObject({ kind: 'broken' });
  });

  it('is a request to mail a link', () => {
    const wish = { kind: 'mail-link', account: ACCOUNT, userId: 'AIDAEXAMPLE', digest: 'd'.repeat(64) };
    expect(parseMessage(JSON.stringify(wish))).toEqual({ kind: 'mail-link', wish });
    expect(parseMessage(JSON.stringify(wish), 'events')).toMatchObject({ kind: 'broken' });
    for (const broken of [{ digest: 'D'.repeat(64) }, { userId: '' }, { account: '1' }]) {
      expect(parseMessage(JSON.stringify({ ...wish, ...broken }))).toMatchObject({ kind: 'broken' });
    }
  });

  it('is a request to record a statement', () => {
    const wish = { kind: 'statement', account: ACCOUNT, digest: 'd'.repeat(64) };
    expect(parseMessage(JSON.stringify(wish), 'wakes')).toEqual({ kind: 'statement', wish });
    expect(parseMessage(JSON.stringify(wish), 'events')).toMatchObject({ kind: 'broken' });
    for (const broken of [{ digest: 'D'.repeat(64) }, { account: '1' }]) {
      const found = parseMessage(JSON.stringify({ ...wish, ...broken }), 'wakes');
      expect(found).toMatchObject({ kind: 'broken', problem: expect.not.stringContaining('kind') });
    }
  });

  it('is a request to ask for a sign-off', () => {
    const wish = { kind: 'sign-off', account: ACCOUNT };
    expect(parseMessage(JSON.stringify(wish), 'wakes')).toEqual({ kind: 'sign-off', wish });
    expect(parseMessage(JSON.stringify(wish), 'events')).toMatchObject({ kind: 'broken' });
    expect(parseMessage(JSON.stringify({ ...wish, account: '1' }), 'wakes')).toMatchObject({
      kind: 'broken',
    });
  });

  it('is no more than a wake, if it is an event of CloudTrail', () => {
    expect(parseMessage(JSON.stringify(envelope(created('bob'))))).toEqual({
      kind: 'wake',
      wake: {
        kind: 'user',
        account: ACCOUNT,
        userName: 'bob',
        accessKeyId: KEY,
        expects: { keyId: KEY, status: 'Active', at: '2026-11-23T14:05:00.000Z' },
        attempt: 0,
      },
    });
  });

  it('is an event that asks for nothing', () => {
    const own = record('DeleteAccessKey', { userIdentity: ROOT });
    expect(parseMessage(JSON.stringify(envelope(own)))).toEqual({ kind: 'ignored', why: 'root-key' });
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'not JSON'],
    ['half a message', '{"kind":', 'not JSON'],
    ['null', 'null', 'message: invalid_type'],
    ['a list', '[]', 'message: invalid_type'],
    ['a wake without a look', JSON.stringify({ ...wake, look: '2' }), 'look: invalid_type'],
    ['a wake for nobody', JSON.stringify({ kind: 'user', account: ACCOUNT, look: 0 }), 'message: custom'],
    [
      'a wake with a name that is none',
      JSON.stringify({ ...wake, userName: 'a b' }),
      'userName: invalid_format',
    ],
  ])('is broken: %s', (_what, body, problem) => {
    expect(parseMessage(body)).toEqual({ kind: 'broken', problem });
  });

  it.each([
    ['a kind', { ...wake, kind: 'census', address: 'a'.repeat(16) }, 'census'],
    ['an expectation', { ...wake, expects: { keyId: KEY, status: 'Locked' } }, 'user'],
  ])('is for a newer release, with %s that this one does not know', (_what, message, of) => {
    expect(parseMessage(JSON.stringify(message))).toEqual({ kind: 'newer', of });
  });

  it('is a broken wish where its own fields are wrong', () => {
    const wish = JSON.stringify({ kind: 'refresh', account: ACCOUNT, since: 'soon', hops: 0 });
    expect(parseMessage(wish)).toEqual({ kind: 'broken', problem: 'since: invalid_format' });
  });

  it('may be huge or deep', () => {
    const big = envelope(created('bob', { padding: 'x'.repeat(250_000) }));
    expect(parseMessage(JSON.stringify(big))).toMatchObject({ kind: 'wake' });
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(parseMessage(deep)).toMatchObject({ kind: 'broken' });
    const within = JSON.stringify(
      envelope(created('bob', { requestParameters: { userName: 'bob', deep: 0 } })),
    );
    expect(parseMessage(within.replace('"deep":0', `"deep":${deep}`))).toMatchObject({ kind: 'wake' });
    expect(parseMessage('{"__proto__":{"kind":"user"},"constructor":null}')).toMatchObject({
      kind: 'broken',
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (body) => {
        for (const door of ['events', 'wakes'] as const) {
          expect(['wake', 'event', 'ignored', 'broken', 'newer']).toContain(parse(body, door).kind);
        }
      }),
    );
  });
});
