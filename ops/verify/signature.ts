/** Signatures of anchors and packs: ECDSA with P-256 over the SHA-256, in DER, as `openssl dgst -verify` reads them. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** The public key in a PEM file, or a sentence about what is wrong with it. */
export function publicKey(pem: string): KeyObject | { readonly problem: string } {
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) {
    return { problem: 'It has no public key: the first line must be -----BEGIN PUBLIC KEY-----.' };
  }
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
      ? key
      : { problem: 'It has a public key of another kind: Solekey signs with ECC_NIST_P256.' };
  } catch {
    return { problem: 'Its public key cannot be read.' };
  }
}

/** True if the holder of the private key signed exactly these bytes. */
export function isSigned(bytes: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  try {
    return verify('sha256', bytes, key, signature);
  } catch {
    return false;
  }
}
