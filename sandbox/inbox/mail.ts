/** One mail as a person got it. */
export interface Mail {
  readonly id: number;
  /** The address it was sent to. */
  readonly recipient: string;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  readonly subject: string;
  readonly body: string;
  /** The first link in it, as a person would click it; null where there is none. */
  readonly link: string | null;
}

/** One notice of the data topic. */
export interface News {
  readonly at: number;
  readonly content: unknown;
}

const LINK = /https?:\/\/[^\s<>"]+/;

export function readMail(id: number, recipient: string, subject: string, body: string): Mail {
  return { id, recipient, at: Date.now(), subject, body, link: LINK.exec(body)?.[0] ?? null };
}

/** Which mail somebody waits for; what is left out matches everything. */
export interface MailMatch {
  readonly recipient?: string;
  /** The user that the mail is about: named in subject or text, as a whole word. */
  readonly userName?: string;
  readonly subject?: RegExp;
  /** Only mails with a higher id, that is later ones. */
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
