import * as z from 'zod';
import type { Expected } from '../core/health/expected.ts';

/** A rule whose target gets a constant input has it as JSON; one whose target gets the event has none. */
const rule = z.object({ name: z.string(), target: z.string(), input: z.unknown() });

const expected = z.object({
  region: z.string(),
  keyRule: rule.extend({ pattern: z.unknown() }),
  exposureRule: z.string(),
  sweepRule: rule,
  surveyRule: rule,
  eventQueue: z.object({ url: z.string(), policy: z.unknown() }),
  mappings: z.array(z.object({ id: z.string(), queue: z.string(), reader: z.string() })),
  deadLetters: z.record(z.string(), z.string()),
  configRule: z.string().nullable(),
});

/** Reads what the stack tells health about the deployment. Throws if it did not come from the stack. */
export function parseExpected(text: string): Expected {
  return expected.parse(JSON.parse(text));
}
