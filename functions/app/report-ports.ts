import type { SignOffFile } from '../core/signoff/file.ts';
import type { Report } from '../core/validation/report.ts';

/** The report of the last validation, with the SHA-256 (hex) of its text, by which a sign-off names it. */
export interface ReadReport {
  readonly report: Report;
  readonly sha256: string;
}

/** There is a state of sign-offs, and this release cannot read it: it is broken, or a newer release wrote it. */
export class SignOffUnreadable extends Error {
  override readonly name = 'SignOffUnreadable';
}

/** The report of the last validation, and the state of sign-offs. */
export interface ReportReader {
  /** Null if there is none yet, or none that this release can read. */
  latest(): Promise<ReadReport | null>;
  /** Null if there is none yet. Throws {@link SignOffUnreadable} if there is one that this release cannot read. */
  signOff(): Promise<SignOffFile | null>;
}
