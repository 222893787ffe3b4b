import type { Mail } from '../../../functions/app/ports.ts';
import { sendDigests } from '../../../functions/app/reconcile/digest.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import type { World } from '../../../functions/app/reconcile/world.ts';
import { sweep } from '../../../functions/app/sweep.ts';
import type { DigestWish, Wake } from '../../../functions/app/wake.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import {
  type Instant,
  latest,
  MINUTE,
  plus,
  type Seconds,
  secondsBetween,
} from '../../../functions/core/model/time.ts';
import { ACCOUNT, NOW, POLICY } from '../../fakes/cases.ts';
import { rememberedPaces } from '../../fakes/paces.ts';
import { standingClock } from '../../fakes/ports.ts';
import { memoryWorld } from '../../fakes/world.ts';

/** As deployed: five runs at a time, each with up to five messages, and a sweep every five minutes. */
const RUNS = 5;
const BATCH = 5;
const SWEEP_EVERY: Seconds = 5 * MINUTE;

/** A message whose handling failed comes again after this time, as the queue is deployed. */
const AGAIN_AFTER: Seconds = 6 * MINUTE;

/** The time that a digest takes to read all open cases. Other runs go on meanwhile. */
const READING: Seconds = 1;

interface Queued {
  readonly at: Instant;
  readonly message: Wake | DigestWish;
}

/** A mail that SNS accepted, and when. */
export type SentMail = Mail & { readonly at: Instant };

/**
 * An account in which time passes as in Lambda: every call to IAM takes its time, runs overlap, and each has a clock of its
 * own, so what one does may be seen by another that is behind it in time.
 */
export function channelModel(policy: Partial<Policy>, latencyMs: number) {
  const m = memoryWorld({ ...POLICY, ...policy });
  m.table.paces.kept = true;
  const sent: SentMail[] = [];
  /** Mails that SNS does not accept, while this says so. */
  const sns = { refuses: (_mail: SentMail): boolean => false };
  let queue: Queued[] = [];
  let lastSweep = NOW;
  let passes = 0;
  let failed = 0;

  const enqueue = (now: Instant, delay: Seconds, ...messages: Queued['message'][]) => {
    queue.push(...messages.map((message) => ({ at: plus(now, delay), message })));
  };
  const workers = Array.from({ length: RUNS }, () => {
    const clock = standingClock(NOW);
    const slow = <T extends object>(port: T): T =>
      Object.fromEntries(
        Object.entries(port).map(([name, call]) => [
          name,
          async (...values: unknown[]) => {
            clock.move(latencyMs / 1_000);
            return (call as (...given: unknown[]) => unknown)(...values);
          },
        ]),
      ) as T;
    const world: World = {
      ...m.world,
      clock,
      iam: slow(m.iam.reader),
      paces: rememberedPaces(m.table.paces),
      wakes: { send: async (wakes, delay = 0) => enqueue(clock.now(), delay, ...wakes) },
      digests: { ask: async (wish, delay) => enqueue(clock.now(), delay, wish) },
      publisher: {
        mail: async (mail) => {
          const one = { ...mail, at: clock.now() };
          if (sns.refuses(one)) {
            throw new Error('SNS is away');
          }
          sent.push(one);
        },
        machines: async () => undefined,
      },
      openCases: {
        ...m.world.openCases,
        open: async (account) => {
          const read = await m.world.openCases.open(account);
          clock.move(READING);
          while (await step(clock.now())) {}
          return read;
        },
      },
      pause: async (milliseconds) => clock.move(milliseconds / 1_000),
    };
    return { clock, world, busy: false };
  });

  const handle = async ({ world, clock }: (typeof workers)[number], message: Queued['message']) => {
    passes += 1;
    try {
      await (message.kind === 'digest' ? sendDigests(world, message) : reconcile(world, message));
    } catch {
      failed += 1;
      enqueue(clock.now(), AGAIN_AFTER, message);
    }
  };

  /** One batch of the run that is free first, or a sweep; false if nothing happens before `end`. */
  const step = async (end: Instant): Promise<boolean> => {
    const [free] = workers
      .filter(({ busy }) => !busy)
      .sort((a, b) => (a.clock.now() < b.clock.now() ? -1 : 1));
    queue.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const sweepAt = plus(lastSweep, SWEEP_EVERY);
    const first = queue[0]?.at ?? sweepAt;
    const next = first < sweepAt ? first : sweepAt;
    if (free === undefined || next > end || free.clock.now() > end) {
      return false;
    }
    if (free.clock.now() < next) {
      free.clock.move((Date.parse(next) - Date.parse(free.clock.now())) / 1_000);
    }
    if (next === sweepAt) {
      lastSweep = sweepAt;
      const { wakes, digests } = free.world;
      const clock = { now: () => sweepAt, remaining: () => 30_000 };
      await sweep({ due: m.table.due, wakes, digests, clock, log: m.log, random: () => 0 });
      return true;
    }
    const ready = queue.filter(({ at }) => at <= free.clock.now()).slice(0, BATCH);
    queue = queue.filter((one) => !ready.includes(one));
    free.busy = true;
    for (const { message } of ready) {
      await handle(free, message);
    }
    free.busy = false;
    return true;
  };

  const latestOf = (): Instant => latest('', ...workers.map(({ clock }) => clock.now()));

  return {
    m,
    sent,
    sns,
    passes: () => passes,
    /** Messages whose handling failed so far. */
    failed: () => failed,
    /** Other settings are deployed. */
    deploy: (settings: Partial<Policy>) => Object.assign(m.world.policy, settings),
    /** The latest time of any run. */
    now: latestOf,
    /** The messages of events or of a survey about these users. */
    arrive: (userNames: readonly string[], more: Partial<Wake> = {}) =>
      enqueue(
        latestOf(),
        0,
        ...userNames.map(
          (userName): Wake => ({ kind: 'user', account: ACCOUNT, userName, attempt: 0, ...more }),
        ),
      ),
    async pass(seconds: Seconds): Promise<void> {
      const end = plus(NOW, seconds);
      while (await step(end)) {}
      // Time passes even if nothing happens, so that what comes next comes then.
      for (const { clock } of workers) {
        clock.move(Math.max(0, secondsBetween(clock.now(), end)));
      }
    },
  };
}
