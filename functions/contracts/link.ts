import * as z from 'zod';
import type { LinkClaim, LinkPurpose } from '../core/case/requests.ts';
import { epochMillis, instantOf } from '../core/model/time.ts';
import { LINK_LETTERS, LINK_PATHS } from './fixed-names.ts';

/**
 * A token is `v1.<payload>.<mac>`, both parts in base64url without padding. It is a bearer capability: anyone who has
 * it acts as the person it was mailed to, for one case and one purpose, until it expires.
 */
export interface ParsedToken {
  /** The signed text, exactly as received. */
  readonly payload: string;
  /** HMAC-SHA-256 over {@link macMessage}. */
  readonly mac: Uint8Array;
  /** The claim in the payload. It must not be trusted until the MAC is verified. */
  readonly claim: LinkClaim;
}

const VERSION = 'v1';
const MAC_BYTES = 32;

/** Far more than our claims need (about 200), and far less than the limits of a path and of KMS (4096 bytes). */
const LONGEST_TOKEN = 1024;

const PURPOSES = Object.keys(LINK_PATHS) as LinkPurpose[];

/** One letter per field, because the token is in a mail, where long lines are wrapped. */
const payloadSchema = z.strictObject({
  a: z.string().regex(/^\d{12}$/),
  u: z.string().regex(/^\w{1,128}$/),
  n: z.int().positive(),
  r: z.string().min(1).max(64),
  h: z.string().regex(/^[0-9a-f]{16}$/),
  p: z.string(),
  /** Expiry in milliseconds since 1970. The limit is the latest date that JavaScript can represent. */
  e: z.int().positive().max(8.64e15),
});

/** The claim as the text to sign. */
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

/**
 * The message that the MAC covers. The prefix ensures that a MAC made with this key for another use is never valid
 * for a link.
 */
export function macMessage(payload: string): Uint8Array {
  return Buffer.from(`solekey-link|${VERSION}|${payload}`, 'utf8');
}

export function tokenOf(payload: string, mac: Uint8Array): string {
  return `${VERSION}.${payload}.${Buffer.from(mac).toString('base64url')}`;
}

/**
 * Splits a token into its parts; null if it does not have the form of our tokens (other version, too long, not
 * canonical).
 */
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

/** The claim in a payload, unverified; null if it does not have the form of our payloads. */
export function parsePayload(payload: string): LinkClaim | null {
  if (payload.length > LONGEST_TOKEN) {
    return null;
  }
  const json = strictBase64url(payload);
  return json === null ? null : claimIn(json.toString('utf8'));
}

/** The path of a link, to be appended to the public URL. */
export function linkPath(purpose: LinkPurpose, token: string): string {
  return `/${LINK_PATHS[purpose]}/${token}`;
}

/** Purpose of a link with this first part of its path; null if it is not a path of ours. */
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

/** Decodes base64url only in its canonical form, so that each link has only one spelling. */
function strictBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return text !== '' && bytes.toString('base64url') === text ? bytes : null;
}
