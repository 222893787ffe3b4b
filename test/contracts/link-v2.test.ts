import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINK_KINDS, LIST_KINDS, REPORT_KINDS } from '../../functions/contracts/fixed-names.ts';
import {
  encodePayload,
  linkPath,
  MINTED,
  macMessage,
  parsePayload,
  parseToken,
  tokenOf,
} from '../../functions/contracts/link.ts';
import { givenBy, personMark } from '../../functions/core/case/mailed-to.ts';
import type { LinkPurpose, ListPurpose, NewClaim } from '../../functions/core/case/requests.ts';
import { instantOf } from '../../functions/core/model/time.ts';
import { ACCOUNT, aClaim, aReportClaim, NOW, POLICY } from '../fakes/cases.ts';
import { signing } from '../fakes/signing.ts';

const MAC = Buffer.alloc(32, 7);
const API = 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com';
const OWN = 'https://keys.example.com';
const { recipient, address, expires } = aClaim();
const LIST: NewClaim = { scope: 'list', account: ACCOUNT, recipient, address, purpose: 'list', expires };

const token = (claim: NewClaim) => tokenOf(encodePayload(claim, 'v2'), MAC);
const bytesOf = (claim: NewClaim) => Buffer.from(encodePayload(claim, 'v2'), 'base64url');

/** What is read from a link of version 2: the mark in place of the person. */
function asRead({ recipient: by, address: mark, ...claim }: NewClaim) {
  return { ...claim, person: personMark({ by, address: mark }) };
}

const digits = fc.integer({ min: 0, max: 999_999_999_999 }).map((n) => String(n).padStart(12, '0'));
const base32 = fc.string({
  unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
  minLength: 17,
  maxLength: 17,
});
const userId = fc.oneof(
  base32.map((rest) => `AIDA${rest}`),
  base32.map((rest) => `AIDA${rest}A`),
  fc.stringMatching(/^\w{1,128}$/),
  fc.stringMatching(/^AIDA[0-9a-z]{17}$/),
);
const person = {
  account: digits,
  recipient: fc.stringMatching(/^[a-z0-9-]{1,64}$/),
  address: fc.stringMatching(/^[0-9a-f]{16}$/),
  expires: fc.integer({ min: 1, max: 0xffff_ffff }).map((seconds) => instantOf(seconds * 1000)),
};
const caseClaims = fc.record({
  scope: fc.constant('case' as const),
  purpose: fc.constantFrom(...(Object.keys(LINK_KINDS) as LinkPurpose[])),
  userId,
  caseNumber: fc.oneof(
    fc.integer({ min: 1, max: 300 }),
    fc.maxSafeInteger().filter((n) => n > 0),
  ),
  ...person,
});
const listClaims = fc.record({
  scope: fc.constant('list' as const),
  purpose: fc.constantFrom(...(Object.keys(LIST_KINDS) as ListPurpose[])),
  ...person,
});
const reportClaims = fc.record({
  scope: fc.constant('report' as const),
  purpose: fc.constant('report' as const),
  ...person,
});
const claims: fc.Arbitrary<NewClaim> = fc.oneof(caseClaims, listClaims, reportClaims);

describe('a link of version 2', () => {
  it('says what was signed, and a mark instead of the person', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const payload = encodePayload(claim, 'v2');
        expect(parseToken(token(claim))).toEqual({ payload, mac: MAC, claim: asRead(claim) });
        expect(parsePayload(payload)).toEqual(asRead(claim));
      }),
    );
  });

  it('shows its version, and is safe in a path', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        expect(token(claim)).toMatch(/^v2[\w-]+$/);
        expect(encodePayload(claim, 'v2')).toMatch(/^v2[\w-]+$/);
      }),
    );
  });

  it('is half as long as one of version 1', () => {
    expect(bytesOf(aClaim())).toHaveLength(31);
    expect(token(aClaim())).toHaveLength(84);
    expect(`${API}${linkPath('decide', token(aClaim()))}`).toHaveLength(144);
    expect(`${OWN}${linkPath('decide', token(aClaim()))}`).toHaveLength(111);
    expect(bytesOf(LIST)).toHaveLength(19);
    expect(token(LIST)).toHaveLength(68);
    expect(tokenOf(encodePayload(aClaim(), 'v1'), MAC).length).toBeGreaterThan(200);
  });

  it('grows by a byte with the case number, and carries a user id of another form as it is', () => {
    const lengths = [127, 128, 16_383, 16_384, Number.MAX_SAFE_INTEGER].map(
      (caseNumber) => bytesOf(aClaim({ caseNumber })).length,
    );
    expect(lengths).toEqual([31, 32, 32, 33, 38]);
    expect(bytesOf(aClaim({ userId: 'kq2w9x0y1z8v7u6t5s4r' }))).toHaveLength(40);
  });

  it('ends at a whole second, not before it was meant to, and by 2106', () => {
    const ends = (at: string) => parseToken(token(aClaim({ expires: at })))?.claim.expires;
    expect(ends('2026-12-07T16:10:00.001Z')).toBe('2026-12-07T16:10:01.000Z');
    expect(ends('2026-12-07T16:10:00.000Z')).toBe('2026-12-07T16:10:00.000Z');
    expect(ends('2206-12-07T16:10:00.000Z')).toBe('2106-02-07T06:28:15.000Z');
  });

  it('is signed under a name of its own', () => {
    const payload = encodePayload(aClaim(), 'v2');
    expect(Buffer.from(macMessage(payload)).toString()).toBe(`solekey-link|v2|${payload}`);
  });

  it('has one number for each scope and purpose, below 8', () => {
    const kinds = [
      ...Object.values(LINK_KINDS),
      ...Object.values(LIST_KINDS),
      ...Object.values(REPORT_KINDS),
    ];
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.every((kind) => kind > 0 && kind < 8)).toBe(true);
  });

  it('finds its person among the approvers, and nobody once they were removed or replaced', () => {
    const claim = asRead(aClaim());
    const [lead, other] = POLICY.approvers;
    const who = (approvers: typeof POLICY.approvers) => givenBy(claim, { ...POLICY, approvers })?.by ?? null;
    expect(who(POLICY.approvers)).toBe('sec-lead');
    expect(who(other === undefined ? [] : [other])).toBeNull();
    expect(who([{ id: 'sec-lead', name: 'Successor', email: 'successor@example.com' }])).toBeNull();
    expect(who([{ id: 'lead', name: 'Security lead', email: lead?.email ?? '' }])).toBeNull();
  });

  it('opens with the key that signed it, and with no character changed', async () => {
    const { mint, verify } = signing('a key for tests', 'v2');
    for (const claim of [aClaim(), LIST, aReportClaim()]) {
      const real = await mint(claim);
      expect(await verify(real)).toEqual(asRead(claim));
      expect(await signing('another').verify(real)).toBeNull();
      for (const index of real.split('').keys()) {
        const changed = real[index] === 'A' ? 'B' : 'A';
        expect(await verify(real.slice(0, index) + changed + real.slice(index + 1))).toBeNull();
      }
    }
  });
});

describe('what is no link of version 2', () => {
  it('is any text that encodes back to another one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const text = `v2${Buffer.from(bytes).toString('base64url')}`;
        const parsed = parseToken(text);
        expect(parsed === null || tokenOf(parsed.payload, parsed.mac) === text).toBe(true);
      }),
    );
  });

  it('is a claim in another spelling', () => {
    fc.assert(
      fc.property(caseClaims, fc.uint8Array({ minLength: 1, maxLength: 30 }), (claim, noise) => {
        // What is genuine up to some place, and then anything.
        const bytes = Buffer.from(bytesOf(claim));
        Buffer.from(noise).copy(bytes, Math.max(0, bytes.length - noise.length));
        const read = parsePayload(bytes.toString('base64url'));
        if (read !== null && 'caseNumber' in read && 'person' in read) {
          const { person: mark, ...rest } = read;
          const again = bytesOf({ ...rest, recipient: claim.recipient, address: claim.address });
          again.write(mark, 7, 'hex');
          expect(again).toEqual(bytes);
        }
      }),
    );
  });

  it.each<[string, (bytes: Buffer) => Uint8Array]>([
    ['one byte less', (bytes) => bytes.subarray(0, -1)],
    ['one byte more', (bytes) => Buffer.concat([bytes, Buffer.of(0)])],
    ['less than a list', (bytes) => bytes.subarray(0, 18)],
    ['no case number', (bytes) => bytes.subarray(0, 19)],
    ['an account of thirteen digits', (bytes) => bytes.fill(0xff, 2, 7)],
    ['a case number 0', (bytes) => bytes.fill(0, 19, 20)],
    ['a case number that does not end', (bytes) => bytes.fill(0xff, 19)],
    ['a case number in two bytes that needs one', (bytes) => lengthened(bytes, [0x83, 0])],
    ['a case number beyond all numbers', (bytes) => lengthened(bytes, Array(9).fill(0xff).concat(1))],
    ['bits after the user id', (bytes) => bytes.fill((bytes.at(-1) ?? 0) + 1, bytes.length - 1)],
    ['a packed user id as text', (bytes) => asText(bytes, 'AIDACKCEVSQ6C2EXAMPLE')],
    ['a user id with a separator', (bytes) => asText(bytes, 'AIDA#X')],
    ['no user id', (bytes) => asText(bytes, '')],
    ['an unknown kind', (bytes) => bytes.fill(0x68, 1, 2)],
    ['a report with a case', (bytes) => bytes.fill(0x67, 1, 2)],
    ['a report with a text for a case', (bytes) => bytes.fill(0x6f, 1, 2)],
    ['no kind', (bytes) => bytes.fill(0x60, 1, 2)],
    ['a list with a case', (bytes) => bytes.fill(0x64, 1, 2)],
    ['a list with a text for a case', (bytes) => bytes.fill(0x6c, 1, 2)],
  ])('is %s', (_name, change) => {
    const bytes = bytesOf(aClaim());
    const payload = Buffer.from(change(Buffer.from(bytes))).toString('base64url');
    expect(payload).toMatch(/^v2/);
    expect(parsePayload(payload)).toBeNull();
    expect(parseToken(tokenOf(payload, MAC))).toBeNull();
  });

  it('is one of version 1, and the other way round', () => {
    fc.assert(
      fc.property(caseClaims, (claim) => {
        // A link to delete has no form but version 2.
        fc.pre(claim.purpose !== 'delete');
        const [one, two] = [encodePayload(claim, 'v1'), encodePayload(claim, 'v2')];
        expect(one).not.toMatch(/^v2/);
        expect(Buffer.from(macMessage(one))).not.toEqual(Buffer.from(macMessage(two)));
        const macText = MAC.toString('base64url');
        expect(parseToken(`v1.${two}.${macText}`)).toBeNull();
        expect(parseToken(`v2.${one}.${macText}`)).toBeNull();
        expect(parseToken(`v2.${two}.${macText}`)).toBeNull();
        expect(parseToken(`${two}.${macText}`)).toBeNull();
      }),
    );
  });

  it('never raises an error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `v2${text}`),
        ),
        (text) => {
          expect([null, 'object']).toContain(parseToken(text) && 'object');
          expect([null, 'object']).toContain(parsePayload(text) && 'object');
        },
      ),
    );
  });

  it('is a mere payload, or one with a MAC of another length', () => {
    expect(parseToken('v2')).toBeNull();
    expect(parseToken(encodePayload(aClaim(), 'v2'))).toBeNull();
    expect(parseToken(tokenOf(encodePayload(aClaim(), 'v2'), Buffer.alloc(31)))).toBeNull();
    expect(parseToken(tokenOf(encodePayload(LIST, 'v2'), Buffer.alloc(33)))).toBeNull();
  });
});

/** Law 8: 0.5.0 was the first release that reads version 2, so this one makes it. */
it('is what this release makes', () => {
  expect(MINTED).toBe('v2');
  expect(encodePayload(aClaim())).toBe(encodePayload(aClaim(), 'v2'));
  expect(parsePayload(encodePayload(LIST, 'v1'))).toEqual(asRead(LIST));
  expect(NOW < expires).toBe(true);
});

function lengthened(bytes: Buffer, number: readonly number[]): Buffer {
  return Buffer.concat([bytes.subarray(0, 19), Buffer.from(number), bytes.subarray(20)]);
}

function asText(bytes: Buffer, id: string): Buffer {
  bytes.writeUInt8((bytes[1] ?? 0) + 8, 1);
  return Buffer.concat([bytes.subarray(0, 20), Buffer.from(id)]);
}
