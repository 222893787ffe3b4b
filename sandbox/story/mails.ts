/** Kinds of mails, recognised by their subject. The story depends on the product's wording only here. */
export const SUBJECT = {
  question: /\] (?:Please decide|Decide by)(?! again)/,
  rotation: /\] No action needed yet/,
  askedAgain: /\] Please decide again/,
  switchedOff: /\] Deactivated/,
  toBeDeleted: /\] To be deleted/,
  restored: /\] Reactivated/,
  urgent: /\] Urgent: unexpected key/,
  noKeyLeft: /\] Urgent: .* no active access key/,
  done: /\] Done/,
  userGone: /\] Closed/,
} as const;

export type MailKind = keyof typeof SUBJECT;
