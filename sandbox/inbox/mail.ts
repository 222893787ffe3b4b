/** One mail as its recipient sees it. */
export interface Mail {
  readonly id: number;
  /** The recipient's address. */
  readonly recipient: string;
  /** Time of arrival, in milliseconds since 1970. */
  readonly at: number;
  readonly subject: string;
  readonly body: string;
  /** The first link in the mail; null if it has none. */
  readonly link: string | null;
}

/** One notice of the data topic. `at` is in milliseconds since 1970. */
export interface News {
  readonly at: number;
  readonly content: unknown;
}

const LINK = /https?:\/\/[^\s<>"]+/;

export function readMail(id: number, recipient: string, subject: string, body: string): Mail {
  return { id, recipient, at: Date.now(), subject, body, link: LINK.exec(body)?.[0] ?? null };
}

/** Selects mails. A field that is left out matches everything. */
export interface MailMatch {
  readonly recipient?: string;
  /** The user the mail is about, found as a whole word in its subject or text. */
  readonly userName?: string;
  readonly subject?: RegExp;
  /** Only mails with a higher id, that is, later ones. */
  readonly after?: number;
}

export function matches(mail: Mail, { recipient, userName, subject, after }: MailMatch): boolean {
  return (
    (recipient === undefined || mail.recipient === recipient) &&
    (after === undefined || mail.id > after) &&
    (subject === undefined || subject.test(mail.subject)) &&
    (userName === undefined || names(`${mail.subject}\n${mail.body}`, userName))
  );
}

function names(text: string, userName: string): boolean {
  return text.split(/[^\w+=.@-]+/).some((word) => word.replace(/[.]+$/, '') === userName);
}
