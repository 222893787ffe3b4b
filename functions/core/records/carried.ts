import type { Instant } from '../model/time.ts';
import type { Remediated } from './remediated.ts';
import type { RecordedTimes } from './times.ts';

/** The part of a validation on which the next one builds, as any release wrote it. */
export interface FormerValidation {
  readonly at: Instant;
  readonly users: readonly {
    readonly userId: string | null;
    readonly userName: string;
    readonly count: string;
  }[];
}

/** The part of a report on which the next one builds. */
export interface FormerReport {
  readonly points: readonly {
    readonly at: Instant;
    readonly none: number;
    readonly one: number;
    readonly more: number;
    readonly unknown: number;
  }[];
}

/** The content of each file that is carried from anchor to anchor. */
export interface CarriedContent {
  readonly settings: unknown;
  readonly remediated: readonly Remediated[];
  readonly times: readonly RecordedTimes[];
  readonly validation: FormerValidation;
  readonly report: FormerReport;
}
