import type { Case, NoticeKind } from '../case/case.ts';
import type { Approver, Control, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import type { Evidence } from '../proposal/context.ts';

/** Notices that ask which key to keep. */
export type QuestionKind = Extract<
  NoticeKind,
  'detected' | 'rotation' | 'reminder' | 'escalated' | 'asked-again' | 'restored'
>;

/** The data for every message. */
export interface NewsContext {
  readonly kind: NoticeKind;
  readonly current: Case;
  readonly policy: Policy;
  /** Pauses change the dates in a message. */
  readonly control: Control;
  readonly now: Instant;
  /** It explains the proposal, and may lower its confidence. */
  readonly evidence: Evidence;
}

/** The data for a mail: it also has a reader and, in most cases, a link made only for that reader. */
export interface NoticeContext extends NewsContext {
  readonly recipient: Approver;
  readonly link: string | null;
}
