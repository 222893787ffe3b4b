/** What our functions count beside AWS's own metrics. docs/operate.md says of each what it counts and what to do about it. */
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
