import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { REPORT_SCHEMA, type Report } from '../../functions/core/assess/report.ts';
import { NoAssessment } from './trouble.ts';

/** The fields of an earlier report that a comparison needs; all others are kept as they are. */
const earlier = z.looseObject({
  schema: z.number(),
  violations: z.array(z.looseObject({ arn: z.string() })),
  users: z.array(
    z.looseObject({
      userName: z.string(),
      arn: z.string(),
      created: z.string(),
      read: z.enum(['live', 'report', 'unread']),
      keys: z.array(z.looseObject({ id: z.string(), status: z.string(), created: z.string() })),
    }),
  ),
});

/** An earlier report.json. Throws NoAssessment if the file is not one, or is newer than this release. */
export function readSince(path: string): Report {
  const parsed = earlier.safeParse(json(path));
  if (!parsed.success) {
    throw new NoAssessment(`${path} is not a report.json of npm run assess.`);
  }
  if (parsed.data.schema > REPORT_SCHEMA) {
    throw new NoAssessment(`${path} was written by a newer release of Solekey. Use that release to compare.`);
  }
  return parsed.data as unknown as Report;
}

function json(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
