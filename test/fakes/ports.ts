import type { MailLinkSender } from '../../functions/app/channel-ports.ts';
import type { Clock, Log, WakeSender } from '../../functions/app/ports.ts';
import type { MailLinkWish, Wake } from '../../functions/app/wake.ts';
import { type Instant, plus, type Seconds } from '../../functions/core/model/time.ts';

/** A clock that stands still until it is moved, and tells whoever wants to know: before, what was so until now. */
export function standingClock(start: Instant) {
  let at = start;
  const watchers: { before(): void; after(): void }[] = [];
  return {
    now: () => at,
    remaining: () => 30_000,
    watchers,
    move: (seconds: Seconds) => {
      for (const { before } of watchers) {
        before();
      }
      at = plus(at, seconds);
      for (const { after } of watchers) {
        after();
      }
    },
  } satisfies Clock & Record<string, unknown>;
}

export type StandingClock = ReturnType<typeof standingClock>;

/** Keeps the wakes that were sent, those with a delay apart; refuses while `broken`. */
export function memoryWakes(): WakeSender & {
  readonly sent: Wake[];
  readonly delayed: { readonly wake: Wake; readonly delay: Seconds }[];
  broken: boolean;
} {
  const fake = {
    sent: [] as Wake[],
    delayed: [] as { readonly wake: Wake; readonly delay: Seconds }[],
    broken: false,
    async send(wakes: readonly Wake[], delay: Seconds = 0) {
      if (fake.broken) {
        throw new Error('the queue is away');
      }
      if (delay > 0) {
        fake.delayed.push(...wakes.map((wake) => ({ wake, delay })));
      } else {
        fake.sent.push(...wakes);
      }
    },
  };
  return fake;
}

/** Keeps the requests for links that were sent; refuses while `broken`. */
export function memoryMailLinks(): MailLinkSender & { readonly sent: MailLinkWish[]; broken: boolean } {
  const fake = {
    sent: [] as MailLinkWish[],
    broken: false,
    async ask(wish: MailLinkWish) {
      if (fake.broken) {
        throw new Error('the queue is away');
      }
      fake.sent.push(wish);
    },
  };
  return fake;
}

/** Keeps what was logged, as one text to search for what must not be in it. */
export function memoryLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const write =
    (level: string): Log['info'] =>
    (message, details = {}) => {
      lines.push(`${level} ${message} ${JSON.stringify(details)}`);
    };
  return {
    lines,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    count: (metric) => {
      lines.push(`count ${metric}`);
    },
  };
}
