import type { Case, NoticeKind } from '../case/case.ts';
import type { Approver, Control, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';

/** Notices that ask which key to keep. */
export type QuestionKind = Extract<
  NoticeKind,
  'detected' | 'rotation' | 'reminder' | 'escalated' | 'asked-again' | 'restored'
>;

/** Every message is made from this. */
export interface NewsContext {
  readonly kind: NoticeKind;
  readonly current: Case;
  readonly policy: Policy;
  /** Pauses move the dates that a message names. */
  readonly control: Control;
  readonly now: Instant;
}

/** A mail also has a reader, and mostly a link made for that reader alone. */
export interface NoticeContext extends NewsContext {
  readonly recipient: Approver;
  readonly link: string | null;
}
