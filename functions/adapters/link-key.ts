import {
  GenerateMacCommand,
  type KMSClient,
  KMSInvalidMacException,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import type { LinkMinter, LinkVerifier, RequestAttester } from '../app/ports.ts';
import {
  encodePayload,
  type LinkVersion,
  MINTED,
  macMessage,
  parsePayload,
  parseToken,
  tokenOf,
} from '../contracts/link.ts';
import {
  isSealed,
  isSealedLinkRequest,
  isSealedStatement,
  sealed,
  sealedLinkRequest,
  sealedStatement,
} from '../contracts/proof.ts';

/** The only algorithm of the link key, which the key policy names too. */
const ALGORITHM = 'HMAC_SHA_256';

/** Signs links with the HMAC key in KMS. Only reconcile's role has the permission. */
export function linkMinter(kms: KMSClient, keyId: string, version: LinkVersion = MINTED): LinkMinter {
  return {
    async mint(claim) {
      const payload = encodePayload(claim, version);
      return tokenOf(payload, await macOf(kms, keyId, payload));
    },
  };
}

/**
 * Verifies that a stored request was made with the link it names, by making that link's MAC again. The MAC is as
 * powerful as the link, so it is only compared, and never stored, logged or returned.
 */
export function requestAttester(kms: KMSClient, keyId: string): RequestAttester {
  return {
    async claimOf(request) {
      const claim = parsePayload(request.payload);
      if (claim === null) {
        return null;
      }
      return isSealed(await macOf(kms, keyId, request.payload), request) ? claim : null;
    },
    async claimOfLinkRequest(request) {
      const claim = parsePayload(request.payload);
      if (claim === null) {
        return null;
      }
      return isSealedLinkRequest(await macOf(kms, keyId, request.payload), request) ? claim : null;
    },
    async claimOfStatement(statement) {
      const claim = parsePayload(statement.payload);
      if (claim === null) {
        return null;
      }
      return isSealedStatement(await macOf(kms, keyId, statement.payload), statement) ? claim : null;
    },
  };
}

/**
 * Verifies links. The key is always ours and never named by the token, so a token cannot choose its key. Every error
 * other than an invalid MAC throws: if KMS is unreachable, that must not look like a forged link.
 */
export function linkVerifier(kms: KMSClient, keyId: string): LinkVerifier {
  return {
    async verify(token) {
      const parsed = parseToken(token);
      if (parsed === null) {
        return null;
      }
      const { claim, payload, mac } = parsed;
      const asked = {
        KeyId: keyId,
        MacAlgorithm: ALGORITHM,
        Message: macMessage(payload),
        Mac: mac,
      } as const;
      try {
        const { MacValid } = await kms.send(new VerifyMacCommand(asked));
        return MacValid === true ? claim : null;
      } catch (error) {
        if (error instanceof KMSInvalidMacException) {
          return null;
        }
        throw error;
      }
    },
    seal: sealed,
    sealLinkRequest: sealedLinkRequest,
    sealStatement: sealedStatement,
    claimed: ({ payload }) => parsePayload(payload),
  };
}

async function macOf(kms: KMSClient, keyId: string, payload: string): Promise<Uint8Array> {
  const { Mac } = await kms.send(
    new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: ALGORITHM, Message: macMessage(payload) }),
  );
  if (Mac === undefined) {
    throw new Error('KMS answered GenerateMac without a MAC');
  }
  return Mac;
}
