/** Our own metrics, besides those of AWS. docs/operate.md explains what each counts and what to do about it. */
export type Metric =
  | 'BrokenMessage'
  | 'EvaluationsFailed'
  | 'ExpectationNeverMet'
  | 'LeaseOutlasted'
  | 'MessageNotHandled'
  | 'NobodyToAsk'
  | 'NoticeNotAccepted'
  | 'OtherAccount'
  | 'OverBudget'
  | 'PageFailed'
  | 'RefreshBudgetSpent'
  | 'RefreshGivenUp'
  | 'RefreshRefused'
  | 'RootKeyEvent'
  | 'UsersUnread'
  | 'WakeNotSent'
  | 'WriteNotDone';
