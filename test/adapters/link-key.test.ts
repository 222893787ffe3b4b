import { GenerateMacCommand, KMSClient, KMSInvalidMacException, VerifyMacCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { linkMinter, linkVerifier, requestAttester } from '../../functions/adapters/link-key.ts';
import { encodePayload, parseToken, tokenOf } from '../../functions/contracts/link.ts';
import { sealed, sealedLinkRequest, sealedStatement } from '../../functions/contracts/proof.ts';
import { unsignedRequest } from '../../functions/core/case/requests.ts';
import { aClaim, aReportClaim, NEWER, NOW, OLDER } from '../fakes/cases.ts';
import { asMailed } from '../fakes/claims.ts';
import { aStatement } from '../fakes/statements.ts';

const kms = mockClient(KMSClient);
const client = new KMSClient({});
const MAC = Buffer.alloc(32, 7);
const asked = {
  KeyId: 'key-1',
  MacAlgorithm: 'HMAC_SHA_256',
  Message: Buffer.from(`solekey-link|v2|${encodePayload(aClaim())}`),
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
    expect(token).toBe(tokenOf(encodePayload(aClaim()), MAC));
    expect(token).toMatch(/^v2/);
  });

  it('makes a link to a report', async () => {
    kms.on(GenerateMacCommand).resolves({ Mac: MAC });
    const made = await linkMinter(client, 'key-1').mint(aReportClaim());
    expect(parseToken(made)?.claim).toEqual(asMailed(aReportClaim()));
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
    expect(await linkVerifier(client, 'key-1').verify(token)).toEqual(asMailed(aClaim()));
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

describe('a request', () => {
  const payload = encodePayload(aClaim());
  const token = tokenOf(payload, MAC);
  const ask = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
  const said = { digest: 'd'.repeat(64), at: NOW, ask };
  const verifier = linkVerifier(client, 'key-1');
  const attester = requestAttester(client, 'key-1');

  it('is sealed, and its payload read, without asking anybody', () => {
    const request = verifier.seal(token, said);
    expect(request).toEqual(sealed(token, said));
    expect(verifier.claimed(request)).toEqual(asMailed(aClaim()));
    expect(verifier.claimed(unsignedRequest(said.digest))).toBeNull();
    expect(kms.calls()).toHaveLength(0);
  });

  it('is attested with the MAC that its link must have', async () => {
    kms.on(GenerateMacCommand).resolves({ Mac: MAC });
    expect(await attester.claimOf(verifier.seal(token, said))).toEqual(asMailed(aClaim()));
    expect(kms.calls().map((call) => call.args[0].input)).toEqual([asked]);
  });

  it('is not attested when the key makes another MAC, or when it says something else', async () => {
    const request = verifier.seal(token, said);
    kms.on(GenerateMacCommand).resolves({ Mac: Buffer.alloc(32, 8) });
    expect(await attester.claimOf(request)).toBeNull();
    kms.on(GenerateMacCommand).resolves({ Mac: MAC });
    expect(await attester.claimOf({ ...request, ask: { ...ask, acknowledged: [OLDER] } })).toBeNull();
  });

  it('for a link is attested in the same way, and is no answer', async () => {
    const wanted = {
      digest: said.digest,
      at: NOW,
      userId: 'AIDAEXAMPLE',
      caseNumber: 3,
      why: 'row' as const,
    };
    const request = verifier.sealLinkRequest(token, wanted);
    expect(request).toEqual(sealedLinkRequest(token, wanted));
    kms.on(GenerateMacCommand).resolves({ Mac: MAC });
    expect(await attester.claimOfLinkRequest(request)).toEqual(asMailed(aClaim()));
    expect(await attester.claimOfLinkRequest({ ...request, why: 'view' })).toBeNull();
    expect(await attester.claimOf({ ...request, ask })).toBeNull();
    kms.resetHistory();
    expect(await attester.claimOfLinkRequest({ ...request, payload: 'bm9uZQ' })).toBeNull();
    expect(kms.calls()).toHaveLength(0);
  });

  it('to record a statement is attested in the same way, and is no answer', async () => {
    const statement = verifier.sealStatement(token, aStatement());
    expect(statement).toEqual(sealedStatement(token, aStatement()));
    kms.on(GenerateMacCommand).resolves({ Mac: MAC });
    expect(await attester.claimOfStatement(statement)).toEqual(asMailed(aClaim()));
    expect(await attester.claimOfStatement({ ...statement, anchor: 8 })).toBeNull();
    expect(await attester.claimOf({ ...statement, ask })).toBeNull();
    kms.resetHistory();
    expect(await attester.claimOfStatement({ ...statement, payload: 'bm9uZQ' })).toBeNull();
    expect(kms.calls()).toHaveLength(0);
  });

  it('whose payload is none of ours has no MAC made for it', async () => {
    expect(await attester.claimOf(unsignedRequest(said.digest))).toBeNull();
    expect(await attester.claimOf({ ...unsignedRequest(said.digest), payload: 'bm9uZQ' })).toBeNull();
    expect(kms.calls()).toHaveLength(0);
  });

  it('is not judged while KMS is away: no answer is not a forged request', async () => {
    kms.on(GenerateMacCommand).rejects(new Error('KMS is away'));
    await expect(attester.claimOf(verifier.seal(token, said))).rejects.toThrow('KMS is away');
    kms.on(GenerateMacCommand).resolves({});
    await expect(attester.claimOf(verifier.seal(token, said))).rejects.toThrow('without a MAC');
  });
});
