import { PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { inTurn } from '../app/in-turn.ts';
import type { InventoryStore } from '../app/inventory-ports.ts';
import { latestSchema, turnReadSchema } from '../contracts/inventory.ts';
import { INVENTORY_SCHEMA } from '../core/inventory/row.ts';
import { type Instant, instantOf } from '../core/model/time.ts';
import { inventoryFiles } from './inventory-files.ts';
import { jsonOf, textOf } from './stored-text.ts';

const READINGS = 'readings/';
const LATEST = 'inventory/latest.json';
const JSON_TYPE = 'application/json';

/** Number of objects read at the same time. */
const AT_A_TIME = 16;

/** The inventory's bucket: `readings/turn-007.json` for each turn, `inventory/<time>/…`, and `inventory/latest.json`. */
export function inventoryStore(s3: S3Client, bucket: string): InventoryStore {
  const put = (key: string, type: string, content: string) =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, ContentType: type, Body: content }));

  const text = (key: string) => textOf(s3, bucket, key);

  const turns = async (): Promise<Map<number, Instant>> => {
    const found = new Map<number, Instant>();
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client: s3 },
      { Bucket: bucket, Prefix: READINGS },
    )) {
      for (const { Key = '', LastModified } of Contents) {
        const [, turn] = /^readings\/turn-(\d{3})\.json$/.exec(Key) ?? [];
        if (turn !== undefined && LastModified !== undefined) {
          found.set(Number(turn), instantOf(LastModified.getTime()));
        }
      }
    }
    return found;
  };

  const latest = async () => latestSchema.safeParse(jsonOf(await text(LATEST))).data ?? null;

  return {
    turns,

    async readings() {
      const read = await inTurn([...(await turns()).keys()], AT_A_TIME, async (turn) => {
        const parsed = turnReadSchema.safeParse(jsonOf(await text(keyOf(turn))));
        return parsed.success ? [parsed.data] : [];
      });
      return read.flat().sort((a, b) => a.turn - b.turn);
    },

    async keepTurn(read) {
      await put(keyOf(read.turn), JSON_TYPE, JSON.stringify({ schema: 1, ...read }));
    },

    async latest() {
      return (await latest())?.takenAt ?? null;
    },

    async ordered() {
      return (await latest())?.ordered ?? null;
    },

    async keep(inventory) {
      const { takenAt, ordered } = inventory;
      const folder = `inventory/${takenAt.replace(/[-:]|\.\d+/g, '')}/`;
      const files = inventoryFiles(inventory);
      for (const { name, type, content } of files) {
        await put(folder + name, type, content);
      }
      const latest = {
        schema: INVENTORY_SCHEMA,
        takenAt,
        ordered,
        folder,
        files: files.map(({ name }) => name),
      };
      await put(LATEST, JSON_TYPE, JSON.stringify(latest));
    },
  };
}

function keyOf(turn: number): string {
  return `${READINGS}turn-${String(turn).padStart(3, '0')}.json`;
}
