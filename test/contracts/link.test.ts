import { describe, expect, it } from 'vitest';
import { encodePayload, linkPath, macMessage, parseToken, tokenOf } from '../../functions/contracts/link.ts';
import type { NewCaseClaim } from '../../functions/core/case/requests.ts';
import { aClaim } from '../fakes/cases.ts';
import { asMailed } from '../fakes/claims.ts';
import { signing } from '../fakes/signing.ts';

const MAC = Buffer.alloc(32, 7);
const signed = (payload: unknown) => tokenOf(Buffer.from(JSON.stringify(payload)).toString('base64url'), MAC);
const good = { a: '123456789012', u: 'AIDAX', n: 1, r: 'sec-lead', h: '0123456789abcdef', p: 'd', e: 1 };

describe('a link', () => {
  it.each<[string, NewCaseClaim]>([
    ['for deciding', aClaim()],
    ['for restoring', aClaim({ purpose: 'restore' })],
    ['for looking', aClaim({ purpose: 'view' })],
    ['to the millisecond', aClaim({ expires: '2026-12-07T16:10:00.123Z' })],
  ])('says %s what was signed', (_name, claim) => {
    const payload = encodePayload(claim, 'v1');
    expect(parseToken(tokenOf(payload, MAC))).toEqual({ payload, mac: MAC, claim });
  });

  it('is short and safe in a path', () => {
    const token = tokenOf(encodePayload(aClaim(), 'v1'), MAC);
    expect(token).toMatch(/^v1\.[\w-]+\.[\w-]+$/);
    expect(token.length).toBeLessThan(320);
  });

  it('signs under a name of its own', () => {
    expect(Buffer.from(macMessage('abc')).toString()).toBe('solekey-link|v1|abc');
  });

  it('has one path per purpose', () => {
    expect(linkPath('decide', 'v1.a.b')).toBe('/c/v1.a.b');
    expect(linkPath('restore', 'v1.a.b')).toBe('/r/v1.a.b');
    expect(linkPath('view', 'v1.a.b')).toBe('/v/v1.a.b');
  });
});

describe('what is no link', () => {
  const token = signed(good);
  const [, payload = '', mac = ''] = token.split('.');

  it('is measured against one that is', () => {
    expect(parseToken(token)).not.toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['two parts', `v1.${payload}`],
    ['four parts', `${token}.x`],
    ['another version', token.replace('v1', 'v2')],
    ['no payload', `v1..${mac}`],
    ['no mac', `v1.${payload}.`],
    ['a short mac', `v1.${payload}.${Buffer.alloc(31).toString('base64url')}`],
    ['a long mac', `v1.${payload}.${Buffer.alloc(33).toString('base64url')}`],
    ['padding', `v1.${payload}.${mac}=`],
    ['ordinary base64', `v1.${payload}.${Buffer.alloc(32, 0xff).toString('base64').replace('=', '')}`],
    ['another spelling of the same mac', `v1.${payload}.${mac.slice(0, -1)}d`],
    ['a payload that is no JSON', tokenOf(Buffer.from('{').toString('base64url'), MAC)],
    ['a payload that is a list', signed([good])],
    ['a missing field', signed({ ...good, r: undefined })],
    ['a further field', signed({ ...good, x: 1 })],
    ['an account of eleven digits', signed({ ...good, a: '12345678901' })],
    ['a user id with a separator', signed({ ...good, u: 'AIDA#X' })],
    ['case number 0', signed({ ...good, n: 0 })],
    ['an empty recipient', signed({ ...good, r: '' })],
    ['another purpose', signed({ ...good, p: 'x' })],
    ['an expiry after the end of time', signed({ ...good, e: 8.64e15 + 2 })],
    ['an expiry that is text', signed({ ...good, e: '1' })],
    ['far too long', signed({ ...good, r: 'x'.repeat(900) })],
  ])('%s', (_name, text) => {
    expect(parseToken(text)).toBeNull();
  });

  it('is any link with one character changed', async () => {
    const { mint, verify } = signing();
    const real = await mint(aClaim());
    expect(await verify(real)).toEqual(asMailed(aClaim()));
    for (const index of real.split('').keys()) {
      const other = real[index] === 'A' ? 'B' : 'A';
      expect(await verify(real.slice(0, index) + other + real.slice(index + 1))).toBeNull();
    }
  });

  it('is a link signed with another key', async () => {
    expect(await signing().verify(await signing('another').mint(aClaim()))).toBeNull();
  });
});
