/** The JSON Schema of what `npm run control -- … --json` prints, from the schemas that its tests use. */
import * as z from 'zod';
import { ENVELOPES, VERSION } from '../../../ops/control/results.ts';

/** The text of docs/schemas/control.v1.json. */
export function controlSchema(): string {
  const { $schema } = z.toJSONSchema(z.string());
  const commands = Object.entries(ENVELOPES).map(([title, schema]) => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, {
      override: ({ jsonSchema }) => {
        // The format says the same, and can be read.
        if (jsonSchema.format === 'date-time') {
          delete jsonSchema.pattern;
        }
      },
    });
    return { title, ...rest };
  });
  const whole = {
    $schema,
    title: `Output of npm run control -- COMMAND --json, version ${VERSION}`,
    oneOf: commands,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
