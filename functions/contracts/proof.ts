import type { Answer, DecisionRequest, Sealed } from '../core/case/requests.ts';
import { canonicalJson, hmacSha256, sameSecret } from '../core/model/digest.ts';
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
