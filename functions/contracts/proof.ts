import type { Answer, DecisionRequest, Sealed } from '../core/case/requests.ts';
import { canonicalJson, hmacSha256, sameSecret } from '../core/model/digest.ts';
import { parseToken } from './link.ts';

/**
 * A stored request must not hold the link it came through: whoever reads the table could decide with it. It holds what
 * the link says, and a proof that somebody who had the whole link said exactly this.
 */
export function sealed(token: string, { digest, at, ask }: Answer): DecisionRequest {
  const parsed = parseToken(token);
  if (parsed === null) {
    throw new Error('only what came through a link can be sealed with it');
  }
  const said = { digest, at, ask, payload: parsed.payload };
  return { ...said, proof: proofOf(parsed.mac, said) };
}

/** Whether a stored request says what its proof was made for. `mac` is that of its payload. */
export function isSealed(mac: Uint8Array, request: Sealed): boolean {
  return sameSecret(proofOf(mac, request), request.proof);
}

/**
 * The prefix keeps this from being anything else made with the same MAC. Canonical, because the table gives fields back
 * in any order.
 */
function proofOf(mac: Uint8Array, { payload, digest, at, ask }: Omit<Sealed, 'proof'>): string {
  return hmacSha256(mac, `solekey-request|v1|${canonicalJson({ payload, digest, at, ask })}`);
}
