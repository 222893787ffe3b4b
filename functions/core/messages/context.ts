import type { Case, NoticeKind } from '../case/case.ts';
import type { Approver, Control, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';

/** What every message is made from. */
export interface NewsContext {
  kind: NoticeKind;
  known: Case;
  policy: Policy;
  /** Pauses move the dates that a message names. */
  control: Control;
  now: Instant;
}

/** A mail also has a reader, and mostly a link made for that reader alone. */
export interface NoticeContext extends NewsContext {
  recipient: Approver;
  link: string | null;
}
