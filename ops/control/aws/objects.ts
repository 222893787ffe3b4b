/** The bucket of records, to read only. */
import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { RecordObjects } from '../world.ts';

/** The objects of this bucket; null if there is no such output. */
export function recordObjects(s3: S3Client, bucket: string | undefined): RecordObjects | null {
  if (bucket === undefined) {
    return null;
  }
  return {
    async read(key) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToByteArray()) ?? null;
      } catch (error) {
        if (error instanceof NoSuchKey) {
          return null;
        }
        throw error;
      }
    },
    async folders(prefix) {
      const found: string[] = [];
      const query = { Bucket: bucket, Prefix: prefix, Delimiter: '/' };
      for await (const { CommonPrefixes = [] } of paginateListObjectsV2({ client: s3 }, query)) {
        found.push(...CommonPrefixes.flatMap(({ Prefix }) => Prefix ?? []));
      }
      return found;
    },
  };
}
