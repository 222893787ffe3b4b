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
  /** By the construct that has the queue; health knows each by its alarm. The names are short, because Lambda limits the environment. */
  deadLetters: z
    .record(z.string(), z.string())
    .transform((queues) =>
      Object.fromEntries(Object.entries(queues).map(([of, queue]) => [`${of}/DeadLetters/NotEmpty`, queue])),
    ),
  configRule: z.string().nullable(),
});

/** Reads what the stack tells health about the deployment. Throws if it did not come from the stack. */
export function parseExpected(text: string): Expected {
  return expected.parse(JSON.parse(text));
}
