import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodePayload, tokenOf } from '../../functions/contracts/link.ts';
import { linkRequestItemSchema } from '../../functions/contracts/link-request-item.ts';
import {
  isSealed,
  isSealedLinkRequest,
  isSealedStatement,
  sealed,
  sealedLinkRequest,
  sealedStatement,
} from '../../functions/contracts/proof.ts';
import { readRequest, requestItemSchema } from '../../functions/contracts/request-item.ts';
import { statementItemSchema } from '../../functions/contracts/statement-item.ts';
import { type DecisionRequest, unsignedRequest } from '../../functions/core/case/requests.ts';
import type { SealedLinkRequest } from '../../functions/core/channel/link-request.ts';
import type { SealedStatement } from '../../functions/core/signoff/statement.ts';
import { aClaim, NEWER, NOW, OLDER, THIRD, USER_ID } from '../fakes/cases.ts';
import { aConcern, aSignOff, aStatement } from '../fakes/statements.ts';

const MAC = Buffer.alloc(32, 7);
const payload = encodePayload(aClaim());
const ask = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
const said = { digest: 'd'.repeat(64), at: NOW, ask };
const request = sealed(tokenOf(payload, MAC), said);

describe('a request sealed with a link', () => {
  it('holds what was said, what the link says, and a proof under the MAC of the link', () => {
    const text =
      `solekey-request|v1|{"ask":{"acknowledged":[],"keep":"${NEWER}","kind":"keep","off":["${OLDER}"]},` +
      `"at":"${NOW}","digest":"${said.digest}","payload":"${payload}"}`;
    const proof = createHmac('sha256', MAC).update(text).digest('hex');
    expect(request).toEqual({ ...said, payload, proof });
    expect(isSealed(MAC, request)).toBe(true);
  });

  it('is what the table takes, and good whatever the order in which fields come back', () => {
    expect(requestItemSchema.parse({ request })).toEqual({ request });
    const { ask: asked, at, digest, proof } = request;
    const turned = {
      proof,
      payload,
      ask: Object.fromEntries(Object.entries(asked).reverse()) as DecisionRequest['ask'],
      at,
      digest,
    };
    expect(isSealed(MAC, turned)).toBe(true);
  });

  it.each<[string, Partial<DecisionRequest>]>([
    ['the key to keep', { ask: { ...ask, keep: THIRD } }],
    ['the keys to switch off', { ask: { ...ask, off: [OLDER, THIRD] } }],
    ['no key to switch off', { ask: { ...ask, off: [] } }],
    ['the keys acknowledged as in use', { ask: { ...ask, acknowledged: [OLDER] } }],
    ['another kind of answer', { ask: { kind: 'restore', keys: [OLDER] } }],
    ['the moment', { at: '2026-11-23T16:10:00.001Z' }],
    ['the page it was said on', { digest: 'e'.repeat(64) }],
    ['the person', { payload: encodePayload(aClaim({ recipient: 'platform-lead' })) }],
    ['the expiry of the link', { payload: encodePayload(aClaim({ expires: '2027-12-07T16:10:00.000Z' })) }],
    ['the proof', { proof: 'a'.repeat(64) }],
    ['no proof', { proof: '' }],
    ['the proof in other letters', { proof: request.proof.toUpperCase() }],
  ])('breaks with anything else in it: %s', (_name, more) => {
    expect(isSealed(MAC, { ...request, ...more })).toBe(false);
  });

  it('breaks under the MAC of another link', () => {
    expect(isSealed(Buffer.alloc(32, 8), request)).toBe(false);
  });

  it('knows in which list a key stands', () => {
    const one = sealed(tokenOf(payload, MAC), { ...said, ask: { ...ask, off: [], acknowledged: [OLDER] } });
    expect(one.proof).not.toBe(request.proof);
  });

  it('is not made with what is no link', () => {
    expect(() => sealed('v1.nonsense', said)).toThrow('through a link');
  });
});

describe('a request for a link sealed with a link', () => {
  const asked = { digest: 'd'.repeat(64), at: NOW, userId: USER_ID, caseNumber: 3, why: 'expired' as const };
  const wanted = sealedLinkRequest(tokenOf(payload, MAC), asked);

  it('holds what was asked, what the link says, and a proof under a prefix of its own', () => {
    const text =
      `solekey-mail-link|v1|{"at":"${NOW}","caseNumber":3,"digest":"${asked.digest}","payload":"${payload}",` +
      `"userId":"${USER_ID}","why":"expired"}`;
    const proof = createHmac('sha256', MAC).update(text).digest('hex');
    expect(wanted).toEqual({ ...asked, payload, proof });
    expect(isSealedLinkRequest(MAC, wanted)).toBe(true);
    expect(isSealedLinkRequest(Buffer.alloc(32, 8), wanted)).toBe(false);
  });

  it('is what the table takes, with fields of a newer release, but is no answer', () => {
    const more = { ...wanted, newer: 1 };
    expect(linkRequestItemSchema.parse({ linkRequest: more })).toEqual({ linkRequest: more });
    expect(isSealedLinkRequest(MAC, more)).toBe(true);
    expect(readRequest({ linkRequest: wanted }, asked.digest)).toEqual(unsignedRequest(asked.digest));
    expect(isSealed(MAC, { ...wanted, ask: { kind: 'mail-link' } })).toBe(false);
  });

  it.each<[string, Partial<SealedLinkRequest>]>([
    ['the user', { userId: 'AIDAOTHER' }],
    ['the case', { caseNumber: 4 }],
    ['the reason', { why: 'row' }],
    ['the moment', { at: '2026-11-23T16:10:00.001Z' }],
    ['the digest', { digest: 'e'.repeat(64) }],
    ['the person', { payload: encodePayload(aClaim({ recipient: 'platform-lead' })) }],
    ['the proof', { proof: request.proof }],
  ])('breaks with anything else in it: %s', (_name, more) => {
    expect(isSealedLinkRequest(MAC, { ...wanted, ...more })).toBe(false);
  });

  it('takes a link', () => {
    expect(() => sealedLinkRequest('v1.nonsense', asked)).toThrow('only what came through a link');
  });
});

describe('a statement sealed with a link', () => {
  const statement = aStatement();
  const given = sealedStatement(tokenOf(payload, MAC), statement);

  it('holds what was stated, what the link says, and a proof under a prefix of its own', () => {
    const text =
      `solekey-statement|v1|{"anchor":7,"at":"${NOW}","digest":"${statement.digest}","payload":"${payload}",` +
      `"reportSha256":"${'f'.repeat(64)}","said":{"concerns":[],"kind":"sign-off","verdict":"accepted"}}`;
    const proof = createHmac('sha256', MAC).update(text).digest('hex');
    expect(given).toEqual({ ...statement, payload, proof });
    expect(isSealedStatement(MAC, given)).toBe(true);
    expect(isSealedStatement(Buffer.alloc(32, 8), given)).toBe(false);
  });

  it('is what the table takes, with fields of a newer release, but is no answer', () => {
    const more = { ...given, newer: 1, said: { ...given.said, alsoNewer: 1 } };
    expect(statementItemSchema.parse({ statement: more })).toEqual({ statement: more });
    expect(readRequest({ statement: given }, statement.digest)).toEqual(unsignedRequest(statement.digest));
    expect(isSealed(MAC, { ...given, ask })).toBe(false);
    const asked = { ...given, userId: USER_ID, caseNumber: 3, why: 'row' as const };
    expect(isSealedLinkRequest(MAC, asked)).toBe(false);
  });

  it.each<[string, Partial<SealedStatement>]>([
    ['the verdict', { said: aSignOff({ verdict: 'not-accepted' }) }],
    ['the listed concerns', { said: aSignOff({ concerns: [1] }) }],
    ['another kind', { said: aConcern() }],
    ['the anchor', { anchor: 8 }],
    ['the report', { reportSha256: 'e'.repeat(64) }],
    ['the moment', { at: '2026-11-23T16:10:00.001Z' }],
    ['the digest', { digest: 'e'.repeat(64) }],
    ['the person', { payload: encodePayload(aClaim({ recipient: 'platform-lead' })) }],
    ['the proof', { proof: request.proof }],
  ])('breaks with anything else in it: %s', (_name, more) => {
    expect(isSealedStatement(MAC, { ...given, ...more })).toBe(false);
  });

  it('takes a link', () => {
    expect(() => sealedStatement('v1.nonsense', statement)).toThrow('only what came through a link');
  });
});
