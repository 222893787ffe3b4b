import type { World } from './world.ts';

/** AWS deletes an e-mail subscription that nobody confirms after 48 hours. Nobody waits that long here. */
export const PENDING_SECONDS = 600;

/**
 * The state of an e-mail subscription. `confirmed`: gets mail, and only a signed call unsubscribes it; `unprotected`: gets
 * mail, and anybody with its link unsubscribes it; `pending`: gets none; `removed`: unsubscribed, deleted or never confirmed.
 */
export type SubscriptionState = 'confirmed' | 'unprotected' | 'pending' | 'removed';

/** An e-mail subscription as the emulator knows it (fact sns-confirmation, fact sns-email-rate). */
interface Entry {
  readonly arn: string;
  readonly topicArn: string;
  readonly address: string;
  readonly state: SubscriptionState;
  /** True from more than ten mails in a second until the next confirmation. */
  readonly cutOff: boolean;
  readonly filterPolicy: Readonly<Record<string, unknown>>;
  /** When SNS began to send a mail, in milliseconds since 1970. */
  readonly sentAt: readonly number[];
  /** Mails that passed the filters and were accepted by Publish, but did not reach the inbox. */
  readonly lost: number;
}

/** An e-mail subscription, and the mails that SNS was given for it. */
export interface EmailSubscription extends Entry {
  /** The most mails within any 1,000 milliseconds, including one that cut the subscription off. */
  readonly mostInASecond: number;
  /** The number of mails by clock hour, such as `2026-11-26T20`. */
  readonly byHour: Readonly<Record<string, number>>;
}

/** SNS's e-mail subscriptions in one world, as only the sandbox sees and sets them. */
export class Sns {
  readonly #ministackUrl: string;
  readonly #gatewayUrl: string;

  constructor({ emulators, gateway }: Pick<World, 'emulators' | 'gateway'>) {
    this.#ministackUrl = emulators.ministackUrl;
    this.#gatewayUrl = gateway.url;
  }

  /** From now on posts each mail below this address, and deletes what stays pending for longer. */
  async deliverTo(inbox: string, pendingSeconds = PENDING_SECONDS): Promise<void> {
    await this.#ask('', { method: 'POST', body: JSON.stringify({ inbox, pendingSeconds }) });
  }

  /** Every e-mail subscription there ever was, oldest first. */
  async subscriptions(): Promise<readonly EmailSubscription[]> {
    const answer = await this.#ask('');
    return ((await answer.json()) as Entry[]).map((entry) => ({
      ...entry,
      mostInASecond: mostInASecond(entry.sentAt),
      byHour: byHour(entry.sentAt),
    }));
  }

  /**
   * The address's latest subscription, of this topic if one is given. Throws if it never had one, or had some of several
   * topics.
   */
  async of(address: string, topicArn?: string): Promise<EmailSubscription> {
    const all = (await this.subscriptions()).filter(
      (one) => one.address === address && (topicArn === undefined || one.topicArn === topicArn),
    );
    const latest = all.at(-1);
    if (latest === undefined) {
      throw new Error(`${address} was never subscribed`);
    }
    if (all.some((one) => one.topicArn !== latest.topicArn)) {
      throw new Error(`${address} is subscribed to several topics: say which one is meant`);
    }
    return latest;
  }

  /** Makes the address's subscription one that anybody with its link may unsubscribe. Its ARN stays the same. */
  unprotect(address: string, topicArn?: string): Promise<void> {
    return this.#change('unprotect', address, topicArn);
  }

  /** Ends the address's subscription in any state, as if its owner had unsubscribed it. */
  remove(address: string, topicArn?: string): Promise<void> {
    return this.#change('remove', address, topicArn);
  }

  /** Opens a link out of SNS's mails as a browser does, without a signature. Links have AWS's own host. */
  follow(link: string, method: 'GET' | 'HEAD' = 'GET'): Promise<Response> {
    const { pathname, search } = new URL(link);
    return fetch(`${this.#gatewayUrl}${pathname}${search}`, { method });
  }

  async #change(what: 'unprotect' | 'remove', address: string, topicArn?: string): Promise<void> {
    const { arn } = await this.of(address, topicArn);
    await this.#ask(`/${what}?${encodeURIComponent(arn)}`, { method: 'POST' });
  }

  async #ask(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(`${this.#ministackUrl}/_sandbox/sns${path}`, init);
    if (!answer.ok) {
      throw new Error(`the emulated SNS answered ${answer.status} at ${path}`);
    }
    return answer;
  }
}

/** The most of these times, which are in order, within any 1,000 milliseconds. */
export function mostInASecond(times: readonly number[]): number {
  const within = times.map(
    (last, index) => times.slice(0, index + 1).filter((at) => at > last - 1_000).length,
  );
  return Math.max(0, ...within);
}

function byHour(times: readonly number[]): Record<string, number> {
  const hours: Record<string, number> = {};
  for (const at of times) {
    const hour = new Date(at).toISOString().slice(0, 'yyyy-mm-ddThh'.length);
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return hours;
}
