/**
 * False in this release: pages show no form for sign-offs and concerns. True in 0.12.0, the first that mails links to a
 * report, because 0.11.0 before it can read them.
 */
export const OFFERS_SIGN_OFF: boolean = false;
