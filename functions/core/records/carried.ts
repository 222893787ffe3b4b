import type { Instant } from '../model/time.ts';
import type { Remediated } from './remediated.ts';

/** The part of a validation on which the next one builds, as any release wrote it. */
export interface FormerValidation {
  readonly at: Instant;
  readonly users: readonly {
    readonly userId: string | null;
    readonly userName: string;
    readonly count: string;
  }[];
}

/** The content of each file that is carried from anchor to anchor. */
export interface CarriedContent {
  readonly settings: unknown;
  readonly remediated: readonly Remediated[];
  readonly validation: FormerValidation;
}
