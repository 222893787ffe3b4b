/** The bucket of records, to read only. */
import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { bytesOf } from '../../../functions/adapters/stored-text.ts';
import type { RecordObjects } from '../world.ts';

/** The objects of this bucket; null if there is no such output. */
export function recordObjects(s3: S3Client, bucket: string | undefined): RecordObjects | null {
  if (bucket === undefined) {
    return null;
  }
  return {
    read: (key) => bytesOf(s3, bucket, key),
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
