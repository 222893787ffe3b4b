import {
  GenerateMacCommand,
  type KMSClient,
  KMSInvalidMacException,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import type { LinkMinter, LinkVerifier, RequestAttester } from '../app/ports.ts';
import { encodePayload, macMessage, parsePayload, parseToken, tokenOf } from '../contracts/link.ts';
import { isSealed, sealed } from '../contracts/proof.ts';

/** The one algorithm of the link key; the key policy names it too. */
const ALGORITHM = 'HMAC_SHA_256';

/** Signs links with the KMS HMAC key. Only reconcile's role may. */
export function linkMinter(kms: KMSClient, keyId: string): LinkMinter {
  return {
    async mint(claim) {
      const payload = encodePayload(claim);
      return tokenOf(payload, await macOf(kms, keyId, payload));
    },
  };
}

/**
 * Tells whether a stored request was made with the link that it names, by making that link's MAC once more. With it goes
 * the whole power of the link, so it is compared with and forgotten: never stored, logged or handed on.
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
  };
}

/**
 * Checks links. The key is ours and never named by the token, so a token cannot choose what it is checked with.
 * Anything but "this MAC is wrong" throws: an unreachable KMS must not look like a forged link.
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
