/** The JSON Schema of the rows of records, from the contract that reads them. */
import * as z from 'zod';
import { PACK_ROWS, RECORD_ROWS } from '../../../functions/contracts/record-rows.ts';
import { RECORD_SCHEMA } from '../../../functions/core/records/row.ts';

/** The name of the file. */
export const RECORDS_FILE = `records.v${RECORD_SCHEMA}.json`;

/** Its text: one schema for a line of each file, by the file's name. */
export function recordsSchema(): string {
  const { $schema } = z.toJSONSchema(z.string());
  const kinds = Object.entries({ ...RECORD_ROWS, ...PACK_ROWS }).map(([kind, schema]) => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, {
      override: ({ jsonSchema }) => {
        // The format says the same, and can be read.
        if (jsonSchema.format === 'date-time') {
          delete jsonSchema.pattern;
        }
      },
    });
    return { title: `${kind}.jsonl`, ...rest };
  });
  const whole = {
    $schema,
    title: `Solekey: a row of the records, version ${RECORD_SCHEMA}`,
    description: 'docs/records.md explains every field.',
    oneOf: kinds,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
