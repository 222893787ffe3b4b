import type { Report } from '../core/validation/report.ts';

/** The report of the last validation. */
export interface ReportReader {
  /** Null if there is none yet, or none that this release can read. */
  latest(): Promise<Report | null>;
}
