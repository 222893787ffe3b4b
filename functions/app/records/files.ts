import { linesFile, type RecordFile } from '../../core/records/make-anchor.ts';
import type { RecordRows } from '../../core/records/rows.ts';
import {
  VALIDATION_COLUMNS,
  VALIDATION_FILES,
  validationCells,
  validationText,
} from '../../core/validation/files.ts';
import type { Validation } from '../../core/validation/validation.ts';
import type { WriteCsv } from '../records-ports.ts';

const CSV_TYPE = 'text/csv; charset=utf-8';

/** The files of record rows; none for a kind of which there are no rows. */
export function rowFiles(rows: RecordRows, _csv: WriteCsv): RecordFile[] {
  return Object.entries(rows).flatMap(([kind, all]) =>
    all.length === 0 ? [] : [linesFile(`${kind}.jsonl`, all)],
  );
}

/** The files of a validation. */
export function validationFiles(validation: Validation, csv: WriteCsv): RecordFile[] {
  return [
    { name: VALIDATION_FILES.json, type: 'application/json', content: validationText(validation) },
    {
      name: VALIDATION_FILES.csv,
      type: CSV_TYPE,
      content: csv(VALIDATION_COLUMNS, validationCells(validation)),
    },
  ];
}
