import { personMark } from '../core/case/mailed-to.ts';
import type {
  CaseClaim,
  LinkClaim,
  LinkPurpose,
  ListClaim,
  ListPurpose,
  NewClaim,
  ReportClaim,
} from '../core/case/requests.ts';
import { epochMillis, instantOf } from '../core/model/time.ts';
import { base32Bytes, base32Text } from './base32.ts';
import { LINK_KINDS, LIST_KINDS, REPORT_KINDS } from './fixed-names.ts';

/**
 * The payload of version 2 is binary, because long links break in mails. Its bytes are, in this order:
 *
 * - 1.5: the version, twelve bits that are `v2` in base64url, so that every link shows its version
 * - 0.5: the kind, which is scope and purpose; plus {@link TEXT} if the user id is not packed
 * - 5: the account as a number
 * - 8: the mark of the person's id and address (`personMark`)
 * - 4: the expiry in seconds since 1970, until 2106
 * - 1 or more: the number of the case, seven bits a byte, lowest first; all but the last byte have their highest bit set
 * - 11: the user id, 17 characters of base32 after `AIDA`; or its characters, if it has another form
 *
 * A link to a list or a report ends after the expiry. So its payload has 19 bytes, a case's 31 up to case number 127.
 */
const LAYOUT = { head: 0, account: 2, person: 7, expires: 15, rest: 19 } as const;

const HEAD = 0xbf60;
const TEXT = 8;
const SEVEN_BITS = 128;
const LATEST = 0xffff_ffff;
const ACCOUNTS = 1e12;

const ID_PREFIX = 'AIDA';
const ID_CHARACTERS = 17;

const KINDS = { ...LINK_KINDS, ...LIST_KINDS, ...REPORT_KINDS };

const PURPOSES = Object.keys(LINK_KINDS) as LinkPurpose[];
const LIST_PURPOSES = Object.keys(LIST_KINDS) as ListPurpose[];

/** The payload of version 2. Its expiry has whole seconds: a fraction is rounded up. */
export function bytesOfV2(claim: NewClaim): Buffer {
  const packed = claim.scope === 'case' ? packedId(claim.userId) : null;
  const fixed = Buffer.alloc(LAYOUT.rest);
  const text = claim.scope === 'case' && packed === null ? TEXT : 0;
  fixed.writeUInt16BE(HEAD + KINDS[claim.purpose] + text, LAYOUT.head);
  fixed.writeUIntBE(Number(claim.account), LAYOUT.account, 5);
  fixed.write(personMark({ by: claim.recipient, address: claim.address }), LAYOUT.person, 'hex');
  fixed.writeUInt32BE(Math.min(LATEST, Math.ceil(epochMillis(claim.expires) / 1000)), LAYOUT.expires);
  switch (claim.scope) {
    case 'case':
      return Buffer.concat([
        fixed,
        numberBytes(claim.caseNumber),
        packed ?? Buffer.from(claim.userId, 'latin1'),
      ]);
    case 'list':
    case 'report':
      return fixed;
  }
}

/** The claim in a payload of version 2; null if it is none, or not the one spelling of its claim. */
export function claimInV2(payload: Buffer): LinkClaim | null {
  if (payload.length < LAYOUT.rest) {
    return null;
  }
  const kind = payload.readUInt16BE(LAYOUT.head) - HEAD;
  const account = payload.readUIntBE(LAYOUT.account, 5);
  if (account >= ACCOUNTS) {
    return null;
  }
  const signed = {
    account: String(account).padStart(12, '0'),
    person: payload.toString('hex', LAYOUT.person, LAYOUT.expires),
    expires: instantOf(payload.readUInt32BE(LAYOUT.expires) * 1000),
  };
  const rest = payload.subarray(LAYOUT.rest);
  return listClaim(signed, kind, rest) ?? reportClaim(signed, kind, rest) ?? caseClaim(signed, kind, rest);
}

type SignedAlways = Pick<ListClaim, 'account' | 'expires'> & { readonly person: string };

function listClaim(signed: SignedAlways, kind: number, rest: Buffer): ListClaim | null {
  const purpose = LIST_PURPOSES.find((one) => LIST_KINDS[one] === kind);
  return purpose === undefined || rest.length > 0 ? null : { scope: 'list', purpose, ...signed };
}

function reportClaim(signed: SignedAlways, kind: number, rest: Buffer): ReportClaim | null {
  return kind === REPORT_KINDS.report && rest.length === 0
    ? { scope: 'report', purpose: 'report', ...signed }
    : null;
}

function caseClaim(signed: SignedAlways, kind: number, rest: Buffer): CaseClaim | null {
  const purpose = PURPOSES.find((one) => [LINK_KINDS[one], LINK_KINDS[one] + TEXT].includes(kind));
  const read = readNumber(rest);
  if (purpose === undefined || read === null) {
    return null;
  }
  const id = rest.subarray(read.length);
  const userId = kind >= TEXT ? textId(id) : unpackedId(id);
  return userId === null ? null : { scope: 'case', purpose, userId, caseNumber: read.value, ...signed };
}

/** The user id in {@link ID_CHARACTERS} of base32; null if it has another form. */
function packedId(userId: string): Buffer | null {
  const rest = userId.slice(ID_PREFIX.length);
  return userId.startsWith(ID_PREFIX) && rest.length === ID_CHARACTERS ? base32Bytes(rest) : null;
}

function unpackedId(bytes: Buffer): string | null {
  const text = bytes.length === Math.ceil((ID_CHARACTERS * 5) / 8) ? base32Text(bytes, ID_CHARACTERS) : null;
  return text === null ? null : `${ID_PREFIX}${text}`;
}

/** An id that can be packed has only that spelling. */
function textId(bytes: Buffer): string | null {
  const text = bytes.toString('latin1');
  return /^\w{1,128}$/.test(text) && packedId(text) === null ? text : null;
}

function numberBytes(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= SEVEN_BITS; rest = Math.floor(rest / SEVEN_BITS)) {
    bytes.push(SEVEN_BITS + (rest % SEVEN_BITS));
  }
  return Buffer.from([...bytes, rest]);
}

/** The number at the beginning and its length in bytes; null if it is not a positive one in its shortest form. */
function readNumber(bytes: Buffer): { readonly value: number; readonly length: number } | null {
  const last = bytes.findIndex((byte) => byte < SEVEN_BITS);
  if (last < 0 || bytes[last] === 0) {
    return null;
  }
  const value = bytes
    .subarray(0, last + 1)
    .reduceRight((higher, byte) => higher * SEVEN_BITS + (byte % SEVEN_BITS), 0);
  return Number.isSafeInteger(value) ? { value, length: last + 1 } : null;
}
