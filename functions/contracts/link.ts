import * as z from 'zod';
import type { LinkClaim, LinkPurpose } from '../core/case/requests.ts';
import { epochMillis, instantOf } from '../core/model/time.ts';
import { LINK_LETTERS, LINK_PATHS } from './fixed-names.ts';

/**
 * A token is `v1.<payload>.<mac>`, both parts base64url without padding. It is a bearer capability: whoever
 * holds it acts as the person it was mailed to, for one case and one purpose, until it expires.
 */
export interface ParsedToken {
  /** The signed text, exactly as received. */
  readonly payload: string;
  /** HMAC-SHA-256 over {@link macMessage}. */
  readonly mac: Uint8Array;
  /** What the payload says. Worth nothing before the MAC was verified. */
  readonly claim: LinkClaim;
}

const VERSION = 'v1';
const MAC_BYTES = 32;

/** Far above any claim of ours (about 200), far below what a path or KMS (4096 bytes) takes. */
const LONGEST_TOKEN = 1024;

const PURPOSES = Object.keys(LINK_PATHS) as LinkPurpose[];

/** One letter per field: the token stands in a mail, where long lines break. */
const payloadSchema = z.strictObject({
  a: z.string().regex(/^\d{12}$/),
  u: z.string().regex(/^\w{1,128}$/),
  n: z.int().positive(),
  r: z.string().min(1).max(64),
  h: z.string().regex(/^[0-9a-f]{16}$/),
  p: z.string(),
  /** Expiry in milliseconds since 1970; the bound is the last moment that a JavaScript date can hold. */
  e: z.int().positive().max(8.64e15),
});

/** The claim as the text that is signed. */
export function encodePayload(claim: LinkClaim): string {
  const payload: z.infer<typeof payloadSchema> = {
    a: claim.account,
    u: claim.userId,
    n: claim.caseNumber,
    r: claim.recipient,
    h: claim.address,
    p: LINK_LETTERS[claim.purpose],
    e: epochMillis(claim.expires),
  };
  return Buffer.from(JSON.stringify(payload), 'utf8').toString('base64url');
}

/** What the MAC covers. The prefix keeps a MAC of this key for any other use from ever being a link. */
export function macMessage(payload: string): Uint8Array {
  return Buffer.from(`solekey-link|${VERSION}|${payload}`, 'utf8');
}

export function tokenOf(payload: string, mac: Uint8Array): string {
  return `${VERSION}.${payload}.${Buffer.from(mac).toString('base64url')}`;
}

/** Takes a token apart; null when it is none of ours by its form (other version, too long, not canonical). */
export function parseToken(token: string): ParsedToken | null {
  if (token.length > LONGEST_TOKEN) {
    return null;
  }
  const [version, payload, mac, ...rest] = token.split('.');
  if (version !== VERSION || payload === undefined || mac === undefined || rest.length > 0) {
    return null;
  }
  const macBytes = strictBase64url(mac);
  if (macBytes === null || macBytes.length !== MAC_BYTES) {
    return null;
  }
  const claim = parsePayload(payload);
  return claim === null ? null : { payload, mac: macBytes, claim };
}

/** What a payload says, whoever wrote it; null when it is none by its form. */
export function parsePayload(payload: string): LinkClaim | null {
  if (payload.length > LONGEST_TOKEN) {
    return null;
  }
  const json = strictBase64url(payload);
  return json === null ? null : claimIn(json.toString('utf8'));
}

/** The path of a link, to be put behind the public address. */
export function linkPath(purpose: LinkPurpose, token: string): string {
  return `/${LINK_PATHS[purpose]}/${token}`;
}

/** What a link with this first part of its path is for; null when it is no path of ours. */
export function purposeOfPath(path: string): LinkPurpose | null {
  return PURPOSES.find((purpose) => LINK_PATHS[purpose] === path) ?? null;
}

function claimIn(json: string): LinkClaim | null {
  const parsed = payloadSchema.safeParse(jsonOrUndefined(json));
  if (!parsed.success) {
    return null;
  }
  const { a, u, n, r, h, p, e } = parsed.data;
  const purpose = PURPOSES.find((one) => LINK_LETTERS[one] === p);
  return purpose === undefined
    ? null
    : {
        account: a,
        userId: u,
        caseNumber: n,
        recipient: r,
        address: h,
        purpose,
        expires: instantOf(e),
      };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Decodes only what encoding gives back unchanged, so that one link has one spelling. */
function strictBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return text !== '' && bytes.toString('base64url') === text ? bytes : null;
}
