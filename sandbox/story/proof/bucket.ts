import { createHash, createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { Launched } from '../../launch/launch.ts';

/** An anchor with its files, as they stand in the bucket of records. */
export interface Anchored {
  readonly number: number;
  readonly text: string;
  readonly signature: Uint8Array;
  readonly files: ReadonlyMap<string, string>;
}

/** All anchors, in the order of their numbers. */
export async function readAnchors({ clients, deployed }: Launched): Promise<Anchored[]> {
  const s3 = clients.make(S3Client);
  const { RecordsBucketName: Bucket } = deployed.outputs;
  const found = new Map<string, Map<string, Uint8Array>>();
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket, Prefix: 'anchors/0' },
  )) {
    for (const { Key = '' } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const [, folder = '', name = ''] = Key.split('/');
      const files = found.get(folder) ?? new Map<string, Uint8Array>();
      files.set(name, (await Body?.transformToByteArray()) ?? new Uint8Array());
      found.set(folder, files);
    }
  }
  s3.destroy();
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8');
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([folder, files]) => ({
      number: Number(folder),
      text: text(files.get('anchor.json')),
      signature: files.get('anchor.sig') ?? new Uint8Array(),
      files: new Map(
        [...files].flatMap(([name, bytes]) =>
          name.startsWith('anchor.') ? [] : ([[name, text(bytes)]] as const),
        ),
      ),
    }));
}

/** The public key that signs records. */
export async function publicKeyOf({ clients, deployed }: Launched): Promise<KeyObject> {
  const kms = clients.make(KMSClient);
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: deployed.outputs.RecordsKeyId }));
  kms.destroy();
  return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
}

interface AnchorText {
  readonly number: number;
  readonly previous: string | null;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** Contradictions in a chain of anchors, a sentence each, found without any code of the product. */
export function brokenIn(anchors: readonly Anchored[], key: KeyObject): string[] {
  return anchors.flatMap(({ number, text, signature, files }, index) => {
    const anchor = JSON.parse(text) as AnchorText;
    const before = anchors[index - 1];
    const expected = before === undefined ? null : sha256(before.text);
    const other = anchor.files.filter(({ name, sha256: hash }) => sha256(files.get(name) ?? '') !== hash);
    return [
      ...(anchor.number === index + 1 && number === anchor.number
        ? []
        : [`anchor ${number} is out of order`]),
      ...(anchor.previous === expected ? [] : [`anchor ${number} does not follow the one before`]),
      ...(createVerify('sha256').update(text).verify(key, signature)
        ? []
        : [`anchor ${number} is not signed`]),
      ...(anchor.files.length === files.size ? [] : [`anchor ${number} has other files than it says`]),
      ...other.map(({ name }) => `${name} of anchor ${number} is not the one that was signed`),
    ];
  });
}
