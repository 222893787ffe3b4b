import { type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { ReportReader } from '../app/report-ports.ts';
import { reportSchema } from '../contracts/report.ts';
import { REPORT_FILE } from '../core/validation/report.ts';
import { jsonOf, textOf } from './stored-text.ts';

/**
 * The report in the records bucket; none in a deployment without that bucket. Approve may not list the bucket, so S3 refuses to
 * say that there is no report yet, and a missing permission looks the same.
 */
export function reportReader(s3: S3Client, bucket: string | undefined): ReportReader {
  return {
    async latest() {
      const stored = bucket === undefined ? null : await textOf(s3, bucket, REPORT_FILE).catch(noneIfRefused);
      return reportSchema.safeParse(jsonOf(stored)).data ?? null;
    },
  };
}

function noneIfRefused(error: unknown): null {
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) {
    return null;
  }
  throw error;
}
