import type { SignOffFile } from '../core/signoff/file.ts';
import type { Report } from '../core/validation/report.ts';

/** The report of the last validation, with the SHA-256 (hex) of its text, by which a sign-off names it. */
export interface ReadReport {
  readonly report: Report;
  readonly sha256: string;
}

/** The report of the last validation, and the state of sign-offs. */
export interface ReportReader {
  /** Null if there is none yet, or none that this release can read. */
  latest(): Promise<ReadReport | null>;
  /** Null if there is none yet, or none that this release can read. */
  signOff(): Promise<SignOffFile | null>;
}
