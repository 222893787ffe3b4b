import type { ReportReader } from '../../functions/app/report-ports.ts';
import type { Report } from '../../functions/core/validation/report.ts';

/** The report in memory; none at first. */
export interface MemoryReports extends ReportReader {
  current: Report | null;
}

export function memoryReports(): MemoryReports {
  const reports: MemoryReports = { current: null, latest: async () => reports.current };
  return reports;
}
