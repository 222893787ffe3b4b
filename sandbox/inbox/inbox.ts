import type { Say } from '../world/say.ts';
import { type Mail, type MailMatch, matches, type News, readMail } from './mail.ts';

/** A message that SNS posts to an HTTP subscriber. */
interface SnsMessage {
  readonly Type: string;
  readonly Subject?: string;
  readonly Message: string;
  readonly SubscribeURL?: string;
}

/**
 * Name of the mailbox for the data topic's notices. It is not an e-mail address, so it cannot be a person's mailbox.
 */
export const NEWS = 'news';

/**
 * All mails that Solekey sent, by recipient. The persons of the story and people with a browser get their links only
 * from here.
 */
export class Inbox {
  readonly #say: Say;
  readonly #waiting = new Set<() => void>();
  #mails: readonly Mail[] = [];
  #news: readonly News[] = [];
  #addresses: readonly string[] = [];

  constructor(say: Say) {
    this.#say = say;
  }

  /** Sets the mailboxes that pages show even when empty. */
  open(addresses: readonly string[]): void {
    this.#addresses = addresses;
  }

  get addresses(): readonly string[] {
    return this.#addresses;
  }

  mails(match: MailMatch = {}): readonly Mail[] {
    return this.#mails.filter((mail) => matches(mail, match));
  }

  news(): readonly News[] {
    return this.#news;
  }

  /**
   * Takes a message that SNS posts for a mailbox. Confirms a subscription by fetching its confirmation address, as
   * SNS requires.
   */
  async deliver(mailbox: string, text: string): Promise<void> {
    const message = JSON.parse(text) as SnsMessage;
    if (message.Type === 'SubscriptionConfirmation' && message.SubscribeURL !== undefined) {
      const answer = await fetch(message.SubscribeURL);
      if (!answer.ok) {
        this.#say(`the inbox of ${mailbox} could not be subscribed: ${await answer.text()}`);
      }
      return;
    }
    if (mailbox === NEWS) {
      this.#news = [...this.#news, { at: Date.now(), content: JSON.parse(message.Message) as unknown }];
    } else {
      const mail = readMail(this.#mails.length + 1, mailbox, message.Subject ?? '', message.Message);
      this.#mails = [...this.#mails, mail];
    }
    for (const look of [...this.#waiting]) {
      look();
    }
  }

  /** The first matching mail, waiting up to `withinMs` for it to arrive. */
  waitFor(match: MailMatch, withinMs: number): Promise<Mail> {
    const what = () => `a mail ${describe(match)}`;
    return this.#waitUntil(() => this.#mails.find((mail) => matches(mail, match)), withinMs, what);
  }

  /** The first matching notice of the data topic, waiting up to `withinMs` for it to arrive. */
  waitForNews(fits: (content: unknown) => boolean, withinMs: number): Promise<News> {
    return this.#waitUntil(
      () => this.#news.find(({ content }) => fits(content)),
      withinMs,
      () => 'a notice',
    );
  }

  #waitUntil<Found>(find: () => Found | undefined, withinMs: number, what: () => string): Promise<Found> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found !== undefined) {
          end();
          resolve(found);
        }
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`${what()} did not come within ${withinMs / 1_000} s`));
      }, withinMs);
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

function describe({ recipient, userName, subject }: MailMatch): string {
  return [
    recipient === undefined ? '' : `to ${recipient}`,
    userName === undefined ? '' : `about ${userName}`,
    subject === undefined ? '' : `with a subject like ${String(subject)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
