import type { S3Client } from '@aws-sdk/client-s3';
import type { OrderReader } from '../app/inventory-ports.ts';
import { liveOrderSchema } from '../contracts/live-order.ts';
import { ORDER_FILE } from '../core/validation/order.ts';
import { jsonOf, textOf } from './stored-text.ts';

/** The order in the records bucket. A deployment without that bucket has no order. */
export function orderReader(s3: S3Client, bucket: string | undefined): OrderReader {
  return {
    async order() {
      const stored = bucket === undefined ? null : await textOf(s3, bucket, ORDER_FILE);
      return liveOrderSchema.safeParse(jsonOf(stored)).data ?? null;
    },
  };
}
