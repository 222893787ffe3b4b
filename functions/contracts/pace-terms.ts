import * as z from 'zod';
import { PACE_TERMS, type PaceTerms } from '../core/channel/pace-terms.ts';

/**
 * The terms from the text of an environment variable that no deployment sets (see the sandbox); without it, those for
 * AWS. Throws if the text says something else.
 */
export function paceTermsOf(text: string | undefined): PaceTerms {
  return text === undefined ? PACE_TERMS : paceTermsSchema().parse(JSON.parse(text));
}

/** Made only where it is needed, because in AWS no cold start needs it. */
function paceTermsSchema(): z.ZodType<PaceTerms> {
  const number = z.number().positive();
  return z.strictObject({
    gap: z.number().nonnegative(),
    perHour: z.strictObject({ ordinary: number, urgent: number, digest: number, requested: number }),
    singly: number,
    surveyPools: z.boolean(),
    pooling: number,
  });
}
