import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from '../../app/records-ports.ts';

/** The only algorithm of the key, which the key policy names too. */
const ALGORITHM = 'ECDSA_SHA_256';

/** Signs with the records key in KMS. Only records' role has the permission. */
export function recordSigner(kms: KMSClient, keyId: string): Signer {
  return {
    async sign(text) {
      const { Signature } = await kms.send(
        new SignCommand({
          KeyId: keyId,
          SigningAlgorithm: ALGORITHM,
          MessageType: 'DIGEST',
          Message: createHash('sha256').update(text, 'utf8').digest(),
        }),
      );
      if (Signature === undefined) {
        throw new Error('KMS answered Sign without a signature');
      }
      return Signature;
    },
  };
}

/** The public half of the records key, which is read once. */
export function publicKeyOf(kms: KMSClient, keyId: string): () => Promise<KeyObject> {
  let known: Promise<KeyObject> | null = null;
  return () => {
    known ??= read(kms, keyId);
    return known;
  };
}

async function read(kms: KMSClient, keyId: string): Promise<KeyObject> {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (PublicKey === undefined) {
    throw new Error('KMS answered GetPublicKey without a key');
  }
  return createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
}
