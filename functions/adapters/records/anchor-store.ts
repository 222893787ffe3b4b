import type { KeyObject } from 'node:crypto';
import {
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { AnchorStore, FoundAnchor } from '../../app/records-ports.ts';
import { readAnchor, readHashLines } from '../../contracts/anchor.ts';
import { readCarried } from '../../contracts/carried.ts';
import { readPackValidation } from '../../contracts/pack-validation.ts';
import { signOffFileSchema } from '../../contracts/sign-off-file.ts';
import { sha256 } from '../../core/model/digest.ts';
import {
  ANCHOR_FILES,
  ANCHORS,
  type Anchor,
  anchorFolder,
  CARRIED,
  HASH_FILES,
} from '../../core/records/anchor.ts';
import { packKey } from '../../core/records/pack/order.ts';
import { SIGN_OFF_FILE } from '../../core/signoff/file.ts';
import { VALIDATION_FILES } from '../../core/validation/files.ts';
import { ORDER_FILE } from '../../core/validation/order.ts';
import { REPORT_FILE, reportText } from '../../core/validation/report.ts';
import { orderReader } from '../order-reader.ts';
import { bytesOf, jsonOf, textOf } from '../stored-text.ts';
import { isSigned } from './anchor-folder.ts';

const JSON_TYPE = 'application/json';

/** Names the latest anchors, so that a run need not list all of them. It is only a hint: what it names is checked. */
const HINT = `${ANCHORS}latest.json`;

/** The anchors in the records bucket, each in a folder of its own. */
export function anchorStore(s3: S3Client, bucket: string, publicKey: () => Promise<KeyObject>): AnchorStore {
  const text = (key: string) => textOf(s3, bucket, key);
  const put = (Key: string, ContentType: string, Body: string | Uint8Array, once = false) =>
    s3.send(
      new PutObjectCommand({ Bucket: bucket, Key, ContentType, Body, ...(once ? { IfNoneMatch: '*' } : {}) }),
    );

  /** The highest number of an anchor, from this one on; 0 if there is none. */
  const highestFrom = async (from: number): Promise<number> => {
    let number = 0;
    const query = { Bucket: bucket, Prefix: ANCHORS, StartAfter: anchorFolder(from) };
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, query)) {
      number = Math.max(number, ...Contents.map(({ Key = '' }) => numberIn(Key)));
    }
    return number;
  };

  /** The highest number of all. A hint that names an anchor that does not exist must not hide those that do. */
  const highest = async (): Promise<number> => {
    const hint = hintIn(await text(HINT));
    return (await highestFrom(hint)) || (hint === 0 ? 0 : highestFrom(0));
  };

  const read = async (number: number): Promise<FoundAnchor> => {
    const folder = anchorFolder(number);
    const found = await text(`${folder}${ANCHOR_FILES.text}`);
    const anchor = found === null ? null : readAnchor(found);
    if (found === null || anchor === null || anchor.number !== number) {
      return { found: 'broken', number, why: 'it cannot be read' };
    }
    const signature = await bytesOf(s3, bucket, `${folder}${ANCHOR_FILES.signature}`);
    return signature !== null && isSigned(Buffer.from(found), signature, await publicKey())
      ? { found: 'anchor', anchor, sha256: sha256(found) }
      : { found: 'broken', number, why: 'its signature is not that of the records key' };
  };

  /** A file as an anchor binds it; null if it is another one. */
  const boundBy = async ({ number, files }: Anchor, name: string): Promise<string | null> => {
    const content = await text(`${anchorFolder(number)}${name}`);
    const bound = files.find((file) => file.name === name);
    return content !== null && sha256(content) === bound?.sha256 ? content : null;
  };
  const boundFile = async (number: number, name: string): Promise<string | null> => {
    const found = await read(number);
    return found.found === 'anchor' ? boundBy(found.anchor, name) : null;
  };

  return {
    read,

    async latest() {
      const number = await highest();
      return number === 0 ? { found: 'none' } : read(number);
    },

    async daily(number) {
      for (let at = number; at > 0; at -= 1) {
        const found = await read(at);
        if (found.found !== 'anchor') {
          return null;
        }
        if (found.anchor.kind === 'daily') {
          const lines = await boundBy(found.anchor, HASH_FILES.heads);
          const heads = lines === null ? null : readHashLines('heads', lines);
          return heads === null ? null : { number: at, until: found.anchor.until, heads };
        }
      }
      return null;
    },

    async carried(kind, number) {
      const content = await boundFile(number, CARRIED[kind]);
      const found = content === null ? null : readCarried(kind, content);
      if (found === null) {
        throw new Error(`${CARRIED[kind]} of anchor ${number} is not as it was signed, or cannot be read.`);
      }
      return found;
    },

    ...orderReader(s3, bucket),

    async keepOrder(order) {
      await put(ORDER_FILE, JSON_TYPE, JSON.stringify(order));
    },

    async signOff() {
      return signOffFileSchema.safeParse(jsonOf(await text(SIGN_OFF_FILE))).data ?? null;
    },

    async keepSignOff(file) {
      await put(SIGN_OFF_FILE, JSON_TYPE, JSON.stringify(file));
    },

    async validation(number) {
      const json = await boundFile(number, VALIDATION_FILES.json);
      const csv = await boundFile(number, VALIDATION_FILES.csv);
      const found = json === null ? null : readPackValidation(jsonOf(json));
      if (json === null || csv === null || found === null) {
        throw new Error(`The validation of anchor ${number} is not as it was signed, or cannot be read.`);
      }
      const files = [
        { name: VALIDATION_FILES.json, type: JSON_TYPE, content: json },
        { name: VALIDATION_FILES.csv, type: 'text/csv', content: csv },
      ];
      return { ...found, anchor: number, files };
    },

    async hasPack(entry) {
      const query = { Bucket: bucket, Prefix: packKey(entry), MaxKeys: 1 };
      const { Contents = [] } = await s3.send(new ListObjectsV2Command(query));
      return Contents.length > 0;
    },

    async keepPack(entry, zip) {
      await put(packKey(entry), 'application/zip', zip);
    },

    async keepReport(report) {
      await put(REPORT_FILE, JSON_TYPE, reportText(report));
    },

    async keep(number, files, anchor, signature) {
      const folder = anchorFolder(number);
      if ((await text(`${folder}${ANCHOR_FILES.text}`)) !== null) {
        return false;
      }
      for (const { name, type, content } of files) {
        await put(`${folder}${name}`, type, content);
      }
      await put(`${folder}${ANCHOR_FILES.signature}`, 'application/octet-stream', signature);
      try {
        await put(`${folder}${ANCHOR_FILES.text}`, JSON_TYPE, anchor, true);
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) {
          return false;
        }
        throw error;
      }
      await put(HINT, JSON_TYPE, JSON.stringify({ number }));
      return true;
    },
  };
}

/** The number of the anchor whose text this key is; 0 for any other object. */
function numberIn(key: string): number {
  const [, number] = /^anchors\/(\d{9})\/anchor\.json$/.exec(key) ?? [];
  return Number(number ?? 0);
}

/** The number in the hint; 0 if there is none, and then all anchors are listed. */
function hintIn(text: string | null): number {
  const { number } = (jsonOf(text) ?? {}) as { readonly number?: unknown };
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : 0;
}
