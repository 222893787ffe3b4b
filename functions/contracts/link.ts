import type { LinkClaim, NewClaim } from '../core/case/requests.ts';
import { LINK_PATHS } from './fixed-names.ts';
import { bytesOfV1, type ClaimOfV1, claimInV1 } from './link-v1.ts';
import { bytesOfV2, claimInV2 } from './link-v2.ts';

/** The forms of a link that are understood. People hold links for weeks, and stored answers name them for ever. */
export type LinkVersion = 'v1' | 'v2';

/**
 * The form in which a link to a case is made. Release 0.5.0 was the first that reads version 2, and this one makes it: after
 * a roll-back to 0.5.0 every link still opens. A link to a list, to a report, or to delete has no other form than version 2.
 */
export const MINTED: LinkVersion = 'v2';

/**
 * A token is `v1.<payload>.<mac>`, both parts in base64url without padding, or in version 2 the bytes of both as one
 * text in base64url, which begins with `v2`. It is a bearer capability: anyone who has it acts as the person it was
 * mailed to, for one case or list and one purpose, until it expires.
 */
export interface ParsedToken {
  /** The signed text in base64url. */
  readonly payload: string;
  /** HMAC-SHA-256 over {@link macMessage}. */
  readonly mac: Uint8Array;
  /** The claim in the payload. It must not be trusted until the MAC is verified. */
  readonly claim: LinkClaim;
}

const MAC_BYTES = 32;

/** Far more than our claims need (about 200), and far less than the limits of a path and of KMS (4096 bytes). */
const LONGEST_TOKEN = 1024;

type Parts = Omit<ParsedToken, 'claim'>;

interface Form {
  bytes(claim: ClaimOfV1): Buffer;
  claim(payload: Buffer): LinkClaim | null;
  token(payload: string, mac: Uint8Array): string;
  parts(token: string): Parts | null;
}

const FORMS = {
  v1: { bytes: bytesOfV1, claim: claimInV1, token: dotted, parts: dottedParts },
  v2: { bytes: bytesOfV2, claim: claimInV2, token: joined, parts: joinedParts },
} as const satisfies Record<LinkVersion, Form>;

/** The claim as the text to sign. */
export function encodePayload(claim: NewClaim, version: LinkVersion = MINTED): string {
  const bytes = hasForms(claim) ? FORMS[version].bytes(claim) : bytesOfV2(claim);
  return bytes.toString('base64url');
}

function hasForms(claim: NewClaim): claim is ClaimOfV1 {
  return claim.scope === 'case' && claim.purpose !== 'delete';
}

/**
 * The message that the MAC covers. The prefix ensures that a MAC made with this key for another use, or for another
 * version, is never valid for a link.
 */
export function macMessage(payload: string): Uint8Array {
  return Buffer.from(`solekey-link|${versionOf(payload)}|${payload}`, 'utf8');
}

/** The token of a payload and its MAC. */
export function tokenOf(payload: string, mac: Uint8Array): string {
  return FORMS[versionOf(payload)].token(payload, mac);
}

/**
 * Splits a token into its parts; null if it does not have the form of our tokens (other version, too long, not
 * canonical).
 */
export function parseToken(token: string): ParsedToken | null {
  if (token.length > LONGEST_TOKEN) {
    return null;
  }
  const version = versionOf(token);
  const parts = FORMS[version].parts(token);
  // A payload of one version in the dress of the other would be a second spelling of a link.
  if (parts === null || parts.mac.length !== MAC_BYTES || versionOf(parts.payload) !== version) {
    return null;
  }
  const claim = parsePayload(parts.payload);
  return claim === null ? null : { ...parts, claim };
}

/** The claim in a payload, unverified; null if it does not have the form of our payloads. */
export function parsePayload(payload: string): LinkClaim | null {
  if (payload.length > LONGEST_TOKEN) {
    return null;
  }
  const bytes = strictBase64url(payload);
  return bytes === null ? null : FORMS[versionOf(payload)].claim(bytes);
}

/** The path of a link, to be appended to the public URL. */
export function linkPath(purpose: LinkClaim['purpose'], token: string): string {
  return `/${LINK_PATHS[purpose]}/${token}`;
}

/** The version of a payload or token by its first characters. No JSON begins with those of version 2. */
function versionOf(text: string): LinkVersion {
  return text.startsWith('v2') ? 'v2' : 'v1';
}

function dotted(payload: string, mac: Uint8Array): string {
  return `v1.${payload}.${Buffer.from(mac).toString('base64url')}`;
}

function dottedParts(token: string): Parts | null {
  const [version, payload, mac, ...rest] = token.split('.');
  if (version !== 'v1' || payload === undefined || mac === undefined || rest.length > 0) {
    return null;
  }
  const bytes = strictBase64url(mac);
  return bytes === null ? null : { payload, mac: bytes };
}

function joined(payload: string, mac: Uint8Array): string {
  return Buffer.concat([Buffer.from(payload, 'base64url'), mac]).toString('base64url');
}

function joinedParts(token: string): Parts | null {
  const bytes = strictBase64url(token);
  return bytes === null
    ? null
    : {
        payload: bytes.subarray(0, -MAC_BYTES).toString('base64url'),
        mac: bytes.subarray(-MAC_BYTES),
      };
}

/** Decodes base64url only in its canonical form, so that each link has only one spelling. */
function strictBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return text !== '' && bytes.toString('base64url') === text ? bytes : null;
}
