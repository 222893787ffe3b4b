import { describe, expect, it } from 'vitest';
import {
  caseItemSchema,
  caseKey,
  controlItemSchema,
  decidedKey,
  historyKey,
  nameKey,
  requestKey,
} from '../../functions/contracts/items.ts';
import { readRequest, requestItemSchema } from '../../functions/contracts/request-item.ts';
import { unsignedRequest } from '../../functions/core/case/requests.ts';
import { aCase, aDecision, allOff, confirmedAt, inGrace, NEWER, NOW, OLDER, toldOf } from '../fakes/cases.ts';

const item = { ...caseKey('1', 'A'), case: aCase(), version: 7, hash: 'a'.repeat(64), failures: 0 };

describe('keys of the table', () => {
  it('keep everything of a user together, in order', () => {
    expect(caseKey('123456789012', 'AIDAX')).toEqual({ pk: 'USER#123456789012#AIDAX', sk: 'CASE' });
    expect(historyKey('1', 'A', 12).sk).toBe('HIST#000000012');
    expect(decidedKey('1', 'A', 2, 13).sk).toBe('DECIDED#000002#000013');
    expect(nameKey('1', 'ci-deploy')).toEqual({ pk: 'NAME#1#ci-deploy', sk: 'NAME' });
  });

  it('keep requests apart, where alone approve may write', () => {
    expect(requestKey('1', 'A', 'd')).toEqual({ pk: 'DECISION#1#A', sk: 'd' });
  });
});

describe('the case item', () => {
  it.each([
    ['waiting', aCase()],
    ['in grace', inGrace({ ...toldOf(NOW) })],
    ['with no key kept', allOff({}, { compromised: [NEWER] })],
    ['confirmed', inGrace({}, { decision: aDecision({ confirmed: confirmedAt(NOW) }) })],
  ])('comes back as it was stored, %s', (_name, current) => {
    const stored = { ...item, case: current, wakeAt: NOW, dueShard: 'DUE#0' };
    expect(caseItemSchema.parse(JSON.parse(JSON.stringify(stored))).case).toEqual(current);
  });

  it.each([
    ['another version outside than inside', { ...item, version: 8 }],
    ['a missing field that nothing can stand for', { ...item, case: { ...aCase(), progress: undefined } }],
    ['another phase', { ...item, case: { ...aCase(), phase: 'asleep' } }],
    ['an instant in another format', { ...item, case: { ...aCase(), opened: '2026-11-23T14:05:00Z' } }],
  ])('is not read with %s', (_name, stored) => {
    expect(caseItemSchema.safeParse(stored).success).toBe(false);
  });
});

describe('the control item', () => {
  it('may hold just the one thing an operator set', () => {
    expect(controlItemSchema.parse({ pk: 'CONTROL', sk: 'CONTROL', revoked: ['sec-lead'] })).toEqual({
      pauses: [],
      revoked: ['sec-lead'],
    });
  });
});

describe('the request item', () => {
  const request = {
    digest: 'a'.repeat(64),
    at: NOW,
    ask: { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] },
    payload: 'eyJhIjoi',
    proof: 'a'.repeat(64),
  };

  it('holds a confirmation of at least one key', () => {
    const confirming = (keys: string[]) => ({ request: { ...request, ask: { kind: 'confirm', keys } } });
    expect(requestItemSchema.parse(confirming([OLDER]))).toEqual(confirming([OLDER]));
    expect(requestItemSchema.safeParse(confirming([])).success).toBe(false);
  });

  it('holds the grounds of a decision, and none that it does not know', () => {
    const ask = { ...request.ask, reason: 'person-left', commentDigest: 'b'.repeat(64) };
    expect(requestItemSchema.parse({ request: { ...request, ask } })).toEqual({
      request: { ...request, ask },
    });
    for (const wrong of [{ reason: 'bored' }, { commentDigest: 'the words' }]) {
      const bad = { request: { ...request, ask: { ...ask, ...wrong } } };
      expect(requestItemSchema.safeParse(bad).success).toBe(false);
    }
  });

  it('holds a decision or a restore', () => {
    expect(requestItemSchema.parse({ request })).toEqual({ request });
    expect(
      requestItemSchema.safeParse({ request: { ...request, ask: { kind: 'restore', keys: [OLDER] } } })
        .success,
    ).toBe(true);
  });

  it('keeps what a newer release says in it: the proof is of that, too', () => {
    const more = { ...request, ask: { ...request.ask, why: 'x' }, by: 'me' };
    expect(requestItemSchema.parse({ request: more })).toEqual({ request: more });
  });

  it("of a kind that only a newer release knows is told apart; a known kind without its fields is nobody's", () => {
    const spare = { ...request, ask: { kind: 'spare', keys: [OLDER] } };
    expect(readRequest({ request: spare }, request.digest)).toEqual({ newer: 'spare', sealed: spare });
    const half = { ...request, ask: { kind: 'restore' } };
    expect(readRequest({ request: half }, request.digest)).toEqual(unsignedRequest(request.digest));
  });
});
