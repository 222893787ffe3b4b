/**
 * Mails by what they are about, recognised as a person does: by their subject. One line each is all that the story
 * knows of the product's wording.
 */
export const SUBJECT = {
  question: /\] (?:Please decide|Decide by)(?! again)/,
  rotation: /\] No action yet/,
  askedAgain: /\] Please decide again/,
  switchedOff: /\] Switched off/,
  toBeDeleted: /\] To be deleted/,
  restored: /\] Brought back/,
  urgent: /\] Urgent: unexpected key/,
  noKeyLeft: /\] Urgent: .* no active access key/,
  done: /\] Done/,
  userGone: /\] Closed/,
} as const;

export type MailKind = keyof typeof SUBJECT;
