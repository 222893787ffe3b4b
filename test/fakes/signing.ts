import { createHmac } from 'node:crypto';
import type { LinkMinter, LinkVerifier, RequestAttester } from '../../functions/app/ports.ts';
import {
  encodePayload,
  type LinkVersion,
  MINTED,
  macMessage,
  parsePayload,
  parseToken,
  tokenOf,
} from '../../functions/contracts/link.ts';
import {
  isSealed,
  isSealedLinkRequest,
  isSealedStatement,
  sealed,
  sealedLinkRequest,
  sealedStatement,
} from '../../functions/contracts/proof.ts';

/** Both sides of links, as approve and as reconcile have them. */
export type Signing = LinkMinter & LinkVerifier & RequestAttester & { verified: number };

/** Signs like KMS would, with a key in memory. Counts its verifications. */
export function signing(key = 'a key for tests', version: LinkVersion = MINTED): Signing {
  const macOf = (payload: string) => createHmac('sha256', key).update(macMessage(payload)).digest();
  const fake: Signing = {
    verified: 0,
    async mint(claim) {
      const payload = encodePayload(claim, version);
      return tokenOf(payload, macOf(payload));
    },
    async verify(token) {
      const parsed = parseToken(token);
      if (parsed === null) {
        return null;
      }
      fake.verified += 1;
      return macOf(parsed.payload).equals(parsed.mac) ? parsed.claim : null;
    },
    seal: sealed,
    sealLinkRequest: sealedLinkRequest,
    sealStatement: sealedStatement,
    claimed: ({ payload }) => parsePayload(payload),
    async claimOf(request) {
      const claim = parsePayload(request.payload);
      return claim !== null && isSealed(macOf(request.payload), request) ? claim : null;
    },
    async claimOfLinkRequest(request) {
      const claim = parsePayload(request.payload);
      return claim !== null && isSealedLinkRequest(macOf(request.payload), request) ? claim : null;
    },
    async claimOfStatement(statement) {
      const claim = parsePayload(statement.payload);
      return claim !== null && isSealedStatement(macOf(statement.payload), statement) ? claim : null;
    },
  };
  return fake;
}
