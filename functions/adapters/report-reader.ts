import { type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { type ReportReader, SignOffUnreadable } from '../app/report-ports.ts';
import { reportSchema } from '../contracts/report.ts';
import { signOffFileSchema } from '../contracts/sign-off-file.ts';
import { sha256 } from '../core/model/digest.ts';
import { SIGN_OFF_FILE } from '../core/signoff/file.ts';
import { REPORT_FILE } from '../core/validation/report.ts';
import { jsonOf, textOf } from './stored-text.ts';

/**
 * The report in the records bucket; none in a deployment without that bucket. Approve may not list the bucket, so S3 refuses to
 * say that there is no report yet, and a missing permission looks the same.
 */
export function reportReader(s3: S3Client, bucket: string | undefined): ReportReader {
  const read = async (file: string) =>
    bucket === undefined ? null : textOf(s3, bucket, file).catch(noneIfRefused);
  return {
    async latest() {
      const stored = await read(REPORT_FILE);
      const report = reportSchema.safeParse(jsonOf(stored)).data;
      return stored === null || report === undefined ? null : { report, sha256: sha256(stored) };
    },
    async signOff() {
      const stored = await read(SIGN_OFF_FILE);
      const { data } = signOffFileSchema.safeParse(jsonOf(stored));
      if (stored !== null && data === undefined) {
        throw new SignOffUnreadable(`${SIGN_OFF_FILE} is broken, or a newer release wrote it.`);
      }
      return data ?? null;
    },
  };
}

function noneIfRefused(error: unknown): null {
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) {
    return null;
  }
  throw error;
}
