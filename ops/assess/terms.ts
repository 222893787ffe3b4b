import { durationSeconds, settingsSchema } from '../../functions/contracts/settings.ts';
import type { AdviceTerms } from '../../functions/core/assess/assessment.ts';

/** The defaults of the settings that a proposal depends on. */
export const TERMS: AdviceTerms = {
  quietPeriod: durationSeconds(settingsSchema.shape.quietPeriod.parse(undefined)),
  rotationWindow: durationSeconds(settingsSchema.shape.rotationWindow.parse(undefined)),
};
