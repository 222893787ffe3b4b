/** The JSON Schemas in docs/schemas, made of the contracts, by the name of the file. */
import * as z from 'zod';
import { caseEventDetailSchema, dataMessageSchema } from '../../../functions/contracts/for-machines.ts';
import { validationSchema } from '../../../functions/contracts/validation.ts';
import { VALIDATION_SCHEMA } from '../../../functions/core/validation/validation.ts';
import { VERSION } from '../../../ops/control/results.ts';
import { packResult, recordsResult, VERSION as VERIFY } from '../../../ops/verify/results.ts';
import { controlSchema } from './control.ts';
import { RECORDS_FILE, recordsSchema } from './records.ts';

interface Published {
  readonly title: string;
  readonly description: string;
  readonly schema: z.ZodType;
}

const PUBLISHED: Readonly<Record<string, Published>> = {
  'data-topic.json': {
    title: 'Solekey: a message on the data topic, version 1',
    description: 'docs/data-topic.md explains every field.',
    schema: dataMessageSchema,
  },
  'events.json': {
    title: 'Solekey: the detail of an event on the event bus, version 1',
    description: 'docs/events.md explains every field.',
    schema: caseEventDetailSchema,
  },
  [`validation.v${VALIDATION_SCHEMA}.json`]: {
    title: `Solekey: a validation, version ${VALIDATION_SCHEMA}`,
    description: 'docs/validation.md explains every field.',
    schema: validationSchema,
  },
};

const VERIFIED = {
  [`verify.v${VERIFY}.json`]: {
    title: `Output of npm run verify -- --json, version ${VERIFY}`,
    description: 'docs/verify.md explains it.',
    schema: z.union([recordsResult, packResult]),
  },
};

const FOR_MACHINES = Object.fromEntries(
  Object.entries({ ...PUBLISHED, ...VERIFIED }).map(([file, { title, description, schema }]) => {
    const made = z.toJSONSchema(schema, {
      override({ jsonSchema }) {
        // The format says it already, and nobody can read the pattern.
        if (jsonSchema.format === 'date-time') {
          delete jsonSchema.pattern;
        }
      },
    });
    const { $schema, ...rest } = made;
    return [file, `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`];
  }),
);

/** Each schema as the text of its file. */
export const SCHEMAS: Readonly<Record<string, string>> = {
  ...FOR_MACHINES,
  [`control.v${VERSION}.json`]: controlSchema(),
  [RECORDS_FILE]: recordsSchema(),
};
