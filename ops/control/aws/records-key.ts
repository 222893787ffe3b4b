import { GetPublicKeyCommand, type KMSClient } from '@aws-sdk/client-kms';

/** The public key of the key with this id, in DER; null if there is no id. */
export async function recordsKey(kms: KMSClient, id: string | undefined): Promise<Uint8Array | null> {
  if (id === undefined) {
    return null;
  }
  const { PublicKey, KeySpec } = await kms.send(new GetPublicKeyCommand({ KeyId: id }));
  if (PublicKey === undefined || KeySpec !== 'ECC_NIST_P256') {
    throw new Error(`AWS KMS says that the key ${id} is no ECC_NIST_P256.`);
  }
  return PublicKey;
}
