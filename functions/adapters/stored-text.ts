import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';

/** The content of an object; null if there is no such object. Without the permission to list the bucket S3 refuses instead. */
export async function bytesOf(s3: S3Client, bucket: string, key: string): Promise<Buffer | null> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = await Body?.transformToByteArray();
    return bytes === undefined ? null : Buffer.from(bytes);
  } catch (error) {
    if (error instanceof NoSuchKey) {
      return null;
    }
    throw error;
  }
}

/** The same as text. */
export async function textOf(s3: S3Client, bucket: string, key: string): Promise<string | null> {
  return (await bytesOf(s3, bucket, key))?.toString('utf8') ?? null;
}

/** A text as JSON; null if it is none. */
export function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
