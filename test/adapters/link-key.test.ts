import { GenerateMacCommand, KMSClient, KMSInvalidMacException, VerifyMacCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { linkMinter, linkVerifier } from '../../functions/adapters/link-key.ts';
import { encodePayload } from '../../functions/contracts/link.ts';
import { aClaim } from '../app/fakes/cases.ts';

const kms = mockClient(KMSClient);
const client = new KMSClient({});
const MAC = Buffer.alloc(32, 7);
const asked = {
  KeyId: 'key-1',
  MacAlgorithm: 'HMAC_SHA_256',
  Message: Buffer.from(`solekey-link|v1|${encodePayload(aClaim())}`),
};

async function minted(): Promise<string> {
  kms.on(GenerateMacCommand).resolves({ Mac: MAC });
  return linkMinter(client, 'key-1').mint(aClaim());
}

beforeEach(() => kms.reset());

describe('minting', () => {
  it('signs the payload under our prefix, with our key', async () => {
    const token = await minted();
    expect(kms.commandCalls(GenerateMacCommand)[0]?.args[0].input).toEqual(asked);
    expect(token).toBe(`v1.${encodePayload(aClaim())}.${MAC.toString('base64url')}`);
  });

  it('makes no link without a MAC', async () => {
    kms.on(GenerateMacCommand).resolves({});
    await expect(linkMinter(client, 'key-1').mint(aClaim())).rejects.toThrow('without a MAC');
  });
});

describe('verifying', () => {
  it('returns what the link says when KMS confirms the MAC', async () => {
    const token = await minted();
    kms.on(VerifyMacCommand).resolves({ MacValid: true });
    expect(await linkVerifier(client, 'key-1').verify(token)).toEqual(aClaim());
    expect(kms.commandCalls(VerifyMacCommand)[0]?.args[0].input).toEqual({ ...asked, Mac: MAC });
  });

  it('returns null when KMS says the MAC is wrong', async () => {
    const token = await minted();
    kms.on(VerifyMacCommand).rejects(new KMSInvalidMacException({ message: 'no', $metadata: {} }));
    expect(await linkVerifier(client, 'key-1').verify(token)).toBeNull();
  });

  it('takes only a clear yes for a yes', async () => {
    const token = await minted();
    kms.on(VerifyMacCommand).resolves({});
    expect(await linkVerifier(client, 'key-1').verify(token)).toBeNull();
  });

  it('asks nobody about what is no link', async () => {
    expect(await linkVerifier(client, 'key-1').verify('v1.nonsense')).toBeNull();
    expect(kms.calls()).toHaveLength(0);
  });

  it('raises everything else: no answer is not a forged link', async () => {
    const token = await minted();
    kms.on(VerifyMacCommand).rejects(new Error('KMS is away'));
    await expect(linkVerifier(client, 'key-1').verify(token)).rejects.toThrow('KMS is away');
  });
});
