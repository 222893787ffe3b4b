import type { Answer, DecisionRequest, Sealed } from '../core/case/requests.ts';
import type { LinkRequest, SealedLinkRequest } from '../core/channel/link-request.ts';
import { canonicalJson, hmacSha256, sameSecret } from '../core/model/digest.ts';
import type { SealedStatement, Statement } from '../core/signoff/statement.ts';
import { parseToken } from './link.ts';

/**
 * Seals an answer for storing. A stored request must not contain the link that was used, or anyone who can read the
 * table could decide with it. It contains the link's claim, and a proof that somebody who had the whole link gave
 * exactly this answer. Throws if the token is not a link.
 */
export function sealed(token: string, { digest, at, ask }: Answer): DecisionRequest {
  const parsed = parseToken(token);
  if (parsed === null) {
    throw new Error('only what came through a link can be sealed with it');
  }
  const said = { digest, at, ask, payload: parsed.payload };
  return { ...said, proof: proofOf(parsed.mac, said) };
}

/** True if a stored request is exactly what its proof was made for. `mac` is the MAC of its payload. */
export function isSealed(mac: Uint8Array, request: Sealed): boolean {
  return sameSecret(proofOf(mac, request), request.proof);
}

/**
 * The prefix ensures that nothing else made with the same MAC is valid here. The JSON is canonical, because the table
 * returns fields in any order.
 */
function proofOf(mac: Uint8Array, { payload, digest, at, ask }: Omit<Sealed, 'proof'>): string {
  return hmacSha256(mac, `solekey-request|v1|${canonicalJson({ payload, digest, at, ask })}`);
}

/** Seals a request for a mail with a new link, as answers are sealed. Throws if the token is not a link. */
export function sealedLinkRequest(token: string, request: LinkRequest): SealedLinkRequest {
  const parsed = parseToken(token);
  if (parsed === null) {
    throw new Error('only what came through a link can be sealed with it');
  }
  const said = { ...request, payload: parsed.payload };
  return { ...said, proof: linkRequestProof(parsed.mac, said) };
}

/** True if a stored request for a link is exactly what its proof was made for. `mac` is the MAC of its payload. */
export function isSealedLinkRequest(mac: Uint8Array, request: SealedLinkRequest): boolean {
  return sameSecret(linkRequestProof(mac, request), request.proof);
}

/** The prefix differs from that of an answer, so that such a request stored under the key of an answer proves nothing. */
function linkRequestProof(
  mac: Uint8Array,
  { payload, digest, at, userId, caseNumber, why }: Omit<SealedLinkRequest, 'proof'>,
): string {
  const said = canonicalJson({ payload, digest, at, userId, caseNumber, why });
  return hmacSha256(mac, `solekey-mail-link|v1|${said}`);
}

/** Seals a statement about a report with the link, as answers are sealed. Throws if the token is not a link. */
export function sealedStatement(token: string, statement: Statement): SealedStatement {
  const parsed = parseToken(token);
  if (parsed === null) {
    throw new Error('only what came through a link can be sealed with it');
  }
  const said = { ...statement, payload: parsed.payload };
  return { ...said, proof: statementProof(parsed.mac, said) };
}

/** True if a stored statement is exactly what its proof was made for. `mac` is the MAC of its payload. */
export function isSealedStatement(mac: Uint8Array, statement: SealedStatement): boolean {
  return sameSecret(statementProof(mac, statement), statement.proof);
}

function statementProof(
  mac: Uint8Array,
  { payload, digest, at, anchor, reportSha256, said }: Omit<SealedStatement, 'proof'>,
): string {
  const text = canonicalJson({ payload, digest, at, anchor, reportSha256, said });
  return hmacSha256(mac, `solekey-statement|v1|${text}`);
}
