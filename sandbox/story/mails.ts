/** Kinds of mails, recognised by their subject. The story depends on the product's wording only here. */
export const SUBJECT = {
  question: /: \d+ active access keys, your decision needed$/,
  rotation: /, no action needed yet$/,
  askedAgain: /: (?:\d+ active access keys|\.\.\.\w{4} deactivated), please decide again$/,
  switchedOff: / deactivated(?:, undo|, check (?:its|their) use|$)/,
  toBeDeleted: / (?:will|to) be deleted/,
  toConfirm: /: please confirm the deletion of /,
  restored: / reactivated, /,
  urgent: /: URGENT, unexpected key/,
  exposed: /: URGENT, exposed key/,
  noKeyLeft: /: URGENT, no active access key/,
  done: /: done, /,
  userGone: /: closed, /,
  ownLink: /: your new link$/,
  signOff: /: your sign-off needed, \d+ users? changed$/,
} as const;

export type MailKind = keyof typeof SUBJECT;
