import type { S3Client } from '@aws-sdk/client-s3';
import type { InventoryReader } from '../../app/records-ports.ts';
import { folderSchema, latestSchema, manifestSchema, readInventoryRows } from '../../contracts/inventory.ts';
import { sha256 } from '../../core/model/digest.ts';
import { jsonOf, textOf } from '../stored-text.ts';

const LATEST = 'inventory/latest.json';
const ROWS = 'inventory.jsonl';

/** Reads the inventories that the survey stores. */
export function inventoryReader(s3: S3Client, bucket: string): InventoryReader {
  const pointer = async () => jsonOf(await textOf(s3, bucket, LATEST));

  return {
    async after(since) {
      const pointed = await pointer();
      const latest = latestSchema.safeParse(pointed).data;
      const place = folderSchema.safeParse(pointed).data;
      if (latest === undefined || place === undefined || (since !== null && latest.takenAt <= since)) {
        return null;
      }
      const { folder } = place;
      const manifest = manifestSchema.safeParse(
        jsonOf(await textOf(s3, bucket, `${folder}manifest.json`)),
      ).data;
      const text = await textOf(s3, bucket, `${folder}${ROWS}`);
      const listed = manifest?.files.find(({ name }) => name === ROWS);
      if (manifest === undefined || text === null || sha256(text) !== listed?.sha256) {
        return null;
      }
      const lines = text.split('\n').filter((line) => line !== '');
      const rows = readInventoryRows(lines.map(jsonOf));
      const { takenAt, listedAt, reportOf, ordered } = manifest;
      return rows === null ? null : { takenAt, listedAt, reportOf, ordered, rows };
    },

    async ordered() {
      return latestSchema.safeParse(await pointer()).data?.ordered ?? null;
    },
  };
}
