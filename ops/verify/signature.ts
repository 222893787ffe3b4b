import { createPublicKey, type KeyObject } from 'node:crypto';

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
