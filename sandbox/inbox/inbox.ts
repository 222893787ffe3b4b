import type { Say } from '../world/say.ts';
import { type Letter, type Mail, type MailMatch, matches, type News, readMail } from './mail.ts';

/** A message that SNS posts to the subscriber of the data topic. */
interface Post {
  readonly Type: string;
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

  /** Everything that a recipient was sent, including SNS's own mails. */
  everythingFor(recipient: string): readonly Mail[] {
    return this.#mails.filter((mail) => mail.recipient === recipient);
  }

  /** The mail with this id, of any type. */
  mail(id: number): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  news(): readonly News[] {
    return this.#news;
  }

  /** Takes what SNS posts for a mailbox. */
  async deliver(mailbox: string, text: string): Promise<void> {
    if (mailbox === NEWS) {
      await this.#takeNews(JSON.parse(text) as Post);
    } else {
      const mail = readMail(this.#mails.length + 1, mailbox, JSON.parse(text) as Letter);
      this.#mails = [...this.#mails, mail];
    }
    for (const look of [...this.#waiting]) {
      look();
    }
  }

  /** Confirms the subscription of the data topic by fetching its confirmation address, as SNS requires. */
  async #takeNews({ Type, Message, SubscribeURL }: Post): Promise<void> {
    if (Type !== 'SubscriptionConfirmation' || SubscribeURL === undefined) {
      this.#news = [...this.#news, { at: Date.now(), content: JSON.parse(Message) as unknown }];
      return;
    }
    const answer = await fetch(SubscribeURL);
    if (!answer.ok) {
      this.#say(`the data topic could not be subscribed: ${await answer.text()}`);
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

function describe({ type, recipient, userName, subject, containing }: MailMatch): string {
  return [
    type === undefined ? '' : `of type ${type}`,
    recipient === undefined ? '' : `to ${recipient}`,
    userName === undefined ? '' : `about ${userName}`,
    subject === undefined ? '' : `with a subject like ${String(subject)}`,
    containing === undefined ? '' : `in which ${containing} stands`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
