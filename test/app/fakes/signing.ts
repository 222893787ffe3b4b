import { createHmac } from 'node:crypto';
import type { LinkMinter, LinkVerifier } from '../../../functions/app/ports.ts';
import { encodePayload, macMessage, parseToken, tokenOf } from '../../../functions/contracts/link.ts';

/** Signs like KMS would, with a key in memory. Counts its verifications. */
export function signing(key = 'a key for tests'): LinkMinter & LinkVerifier & { verified: number } {
  const macOf = (payload: string) => createHmac('sha256', key).update(macMessage(payload)).digest();
  const fake = {
    verified: 0,
    async mint(claim: Parameters<LinkMinter['mint']>[0]) {
      const payload = encodePayload(claim);
      return tokenOf(payload, macOf(payload));
    },
    async verify(token: string) {
      const parsed = parseToken(token);
      if (parsed === null) return null;
      fake.verified += 1;
      return macOf(parsed.payload).equals(parsed.mac) ? parsed.claim : null;
    },
  };
  return fake;
}
