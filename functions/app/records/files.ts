import { CARRIED } from '../../core/records/anchor.ts';
import type { RecordFile } from '../../core/records/make-anchor.ts';
import type { Csv } from '../../core/records/table.ts';
import {
  VALIDATION_COLUMNS,
  VALIDATION_FILES,
  validationCells,
  validationText,
} from '../../core/validation/files.ts';
import { type Report, reportText } from '../../core/validation/report.ts';
import type { Validation } from '../../core/validation/validation.ts';

const CSV_TYPE = 'text/csv; charset=utf-8';

/** The files of a validation. */
export function validationFiles(validation: Validation, csv: Csv): RecordFile[] {
  return [
    { name: VALIDATION_FILES.json, type: 'application/json', content: validationText(validation) },
    {
      name: VALIDATION_FILES.csv,
      type: CSV_TYPE,
      content: csv(VALIDATION_COLUMNS, validationCells(validation)),
    },
  ];
}

/** The report about a validation, as its page reads it. */
export function reportFile(report: Report): RecordFile {
  return { name: CARRIED.report, type: 'application/json', content: reportText(report) };
}
