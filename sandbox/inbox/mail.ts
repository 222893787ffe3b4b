/** Mails of a topic, and those in which SNS itself writes to a recipient about a subscription. */
export type MailType = 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';

/** A mail as the emulated SNS posts it. */
export interface Letter {
  readonly Type: MailType;
  readonly Subject: string;
  readonly Message: string;
  /** SNS's own words below a mail of the topic. */
  readonly Footer?: string;
}

/** One mail as its recipient sees it. */
export interface Mail {
  readonly id: number;
  readonly type: MailType;
  /** The recipient's address. */
  readonly recipient: string;
  /** Time of arrival, in milliseconds since 1970. */
  readonly at: number;
  readonly subject: string;
  /** The text without SNS's footer. */
  readonly body: string;
  /** SNS's footer; empty if there is none. */
  readonly footer: string;
  /** The first link in the text; null if it has none. */
  readonly link: string | null;
  /** The link in the footer, by which anybody may unsubscribe the recipient; null if there is none. */
  readonly unsubscribe: string | null;
}

/** One notice of the data topic. `at` is in milliseconds since 1970. */
export interface News {
  readonly at: number;
  readonly content: unknown;
}

const LINK = /https?:\/\/[^\s<>"]+/;

const linkIn = (text: string): string | null => LINK.exec(text)?.[0] ?? null;

export function readMail(id: number, recipient: string, letter: Letter): Mail {
  const { Type: type, Subject: subject, Message: body, Footer: footer = '' } = letter;
  return {
    id,
    type,
    recipient,
    at: Date.now(),
    subject,
    body,
    footer,
    link: linkIn(body),
    unsubscribe: linkIn(footer),
  };
}

/** Selects mails. A field that is left out matches everything, but SNS's own mails are found only by their type. */
export interface MailMatch {
  readonly type?: MailType;
  readonly recipient?: string;
  /** The user the mail alone is about, found as a whole word in its subject or text. A digest, or a mail about a report, is about many. */
  readonly userName?: string;
  readonly subject?: RegExp;
  /** Text that stands in the mail. */
  readonly containing?: string;
  /** Only mails with a higher id, that is, later ones. */
  readonly after?: number;
}

export function matches(mail: Mail, match: MailMatch): boolean {
  const { type = 'Notification', recipient, userName, subject, containing, after } = match;
  return (
    mail.type === type &&
    (recipient === undefined || mail.recipient === recipient) &&
    (after === undefined || mail.id > after) &&
    (subject === undefined || subject.test(mail.subject)) &&
    (containing === undefined || mail.body.includes(containing)) &&
    (userName === undefined ||
      (!isDigest(mail) && !isAboutReport(mail) && names(`${mail.subject}\n${mail.body}`, userName)))
  );
}

/** True for a mail about many users that has a link to a list. */
export function isDigest({ link }: Pick<Mail, 'link'>): boolean {
  return link?.includes('/l/') ?? false;
}

/** True for a mail about many users that has a link to the report of an account. */
function isAboutReport({ link }: Pick<Mail, 'link'>): boolean {
  return link?.includes('/p/') ?? false;
}

function names(text: string, userName: string): boolean {
  // A mail writes `[.]` for a dot in a name.
  const plain = text.replace(/\[(\.|@)\]/g, '$1');
  return plain.split(/[^\w+=.@-]+/).some((word) => word.replace(/[.]+$/, '') === userName);
}
