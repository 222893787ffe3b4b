import type { DecisionPorts } from '../../functions/app/approve/open-question.ts';
import { Unreadable } from '../../functions/app/ports.ts';
import { sendDigests } from '../../functions/app/reconcile/digest.ts';
import { reconcile } from '../../functions/app/reconcile/reconcile.ts';
import type { World } from '../../functions/app/reconcile/world.ts';
import { sweep } from '../../functions/app/sweep.ts';
import type { DigestWish, Wake } from '../../functions/app/wake.ts';
import { isOpen } from '../../functions/core/case/case.ts';
import { digestDue } from '../../functions/core/channel/pace.ts';
import { isViolation } from '../../functions/core/model/compliance.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import {
  DAY,
  earliest,
  type Instant,
  latest,
  MINUTE,
  plus,
  type Seconds,
  secondsBetween,
} from '../../functions/core/model/time.ts';
import { ACCOUNT, POLICY } from '../fakes/cases.ts';
import { memoryWorld } from '../fakes/world.ts';
import { watchSafety } from '../properties/monitor.ts';
import { watchFreshness } from './freshness.ts';
import { Crash, Injected, type Intercept, type Invocation, invocationOf, never, tapped } from './tap.ts';

/** As reconcile is deployed; its lease is this and 30 s (the memory world's 90 s). */
const FUNCTION_TIMEOUT: Seconds = 60;

const SWEEP_EVERY: Seconds = MINUTE;

/** A message whose handler died comes back after the queue's visibility timeout, six times the function's. */
const COMES_BACK: Seconds = 6 * FUNCTION_TIMEOUT;

/** No step of any scenario takes longer than this, whatever goes wrong once. */
const PATIENCE: Seconds = 45 * DAY;

interface Queued {
  readonly at: Instant;
  readonly message: Wake | DigestWish;
}

/** The memory world with its functions as separate invocations, a queue with delays, and time that jumps from due date to due date. */
export function stageOf(policy: Policy = POLICY) {
  const m = memoryWorld(policy);
  const memory = watchSafety(m);
  const { clock } = m;
  const calls: string[] = [];
  const broken: unknown[] = [];
  let queue: Queued[] = [];
  let lastSweep = plus(clock.now(), -SWEEP_EVERY);
  let lastRescue: Instant | null = null;
  let sent = 0;

  const stage = {
    m,
    /** A text that differs whenever something outside the invocations changed. */
    changes: (): string =>
      JSON.stringify([
        [...m.iam.users.values()],
        [...m.table.rows.values()].map(({ case: current, wakeAt, failures }) => [
          current.userId,
          current.version,
          wakeAt,
          failures,
        ]),
        m.table.requests.size,
        m.mails.length,
        m.news.length,
        m.asked.length,
        sent,
      ]),
    memory,
    /** Every port call of the run, in order. */
    calls,
    /** Violations of rules seen on the way; the run has failed if there are any. */
    broken,
    /** What is so, whenever it became so. */
    facts: (): string =>
      JSON.stringify([
        [...m.iam.users.values()],
        [...m.table.rows.values()].map(({ case: current }) => [current.userId, current.version]),
        m.table.requests.size,
        m.mails.length,
        m.news.length,
      ]),
    intercept: ((_call, make) => make()) as Intercept,
    /** From now on nothing but the sweep and persons: no event arrives, and reconcile's and approve's own wakes are lost. */
    sweepOnly: false,
    /** The inventory runs: violations that no case knows of are found although their events were lost. */
    inventory: false,
    /** Goes up when a test stops the play: what was under way then never goes on. */
    epoch: 0,
    /** Where an event goes; put into the queue unless a test disturbs it. */
    courier: (wake: Wake): void => stage.send(wake),
    send(wake: Wake, delay: Seconds = 0): void {
      sent += 1;
      queue.push({ at: plus(clock.now(), delay), message: wake });
    },
    /** Puts a request for a digest into the queue. */
    ask(wish: DigestWish, delay: Seconds): void {
      sent += 1;
      queue.push({ at: plus(clock.now(), delay), message: wish });
    },
    loseMessages(): void {
      stage.sweepOnly = true;
      queue = [];
    },
    event(wake: Wake): void {
      if (!stage.sweepOnly) {
        stage.courier(wake);
      }
    },
    invoke,
    reconcile: (wake: Wake) => invoke('reconcile', (world) => reconcile(world, wake)),
    approve: <T>(visit: (ports: DecisionPorts) => Promise<T>) =>
      invoke('approve', ({ links, store, wakes, clock: own, log }) =>
        visit({
          links: { ...m.links, verify: links.verify },
          store,
          wakes,
          clock: own,
          log,
          policy,
          offered: ['keep', 'none'],
        }),
      ),
    sweep: () =>
      invoke('sweep', ({ due, wakes, digests, clock: own, log }) =>
        sweep({ due, wakes, digests, clock: own, log, random: () => 0 }),
      ),
    digest: (wish: DigestWish) => invoke('reconcile', (world) => sendDigests(world, wish)),
    step,
    async pass(seconds: Seconds): Promise<void> {
      const end = plus(clock.now(), seconds);
      while (await step(end)) {}
    },
    /** Time goes on until something is true. */
    async until(what: string, isTrue: () => boolean): Promise<void> {
      const end = plus(clock.now(), PATIENCE);
      while (!isTrue()) {
        if (broken.length > 0) {
          throw broken[0];
        }
        if (!(await step(end))) {
          throw new Error(`it never came to pass: ${what} (${summary()})`);
        }
      }
    },
  };

  /** One invocation of a function with everything that functions have; null when it died or failed. */
  async function invoke<T>(of: string, work: (world: Ports) => Promise<T>): Promise<T | null> {
    const by = invocationOf(of);
    const { epoch } = stage;
    const result = await Promise.race([work(portsFor(by)), by.death]).catch((error: unknown) => {
      if (!isNatural(error)) {
        broken.push(error);
      }
      return null;
    });
    return stage.epoch === epoch ? result : never();
  }

  function portsFor(by: Invocation): Ports {
    const began = clock.now();
    const watch = watchFreshness(m, by.of, broken);
    const through = (method: string, make: () => Promise<unknown>) => {
      if (!by.alive()) {
        return never();
      }
      const site = `${by.of} ${method}`;
      const n = calls.push(site) - 1;
      watch(method);
      return stage.intercept({ n, site, by }, () => {
        return make().catch((error: unknown) => {
          if (!isNatural(error)) {
            broken.push(error);
          }
          throw error;
        });
      });
    };
    const wakes = {
      async send(wakesSent: readonly Wake[], delay: Seconds = 0) {
        if (stage.sweepOnly && by.of !== 'sweep') {
          return;
        }
        for (const wake of wakesSent) {
          stage.send(wake, delay);
        }
      },
    };
    const digests = {
      async ask(wish: DigestWish, delay: Seconds) {
        if (!stage.sweepOnly || by.of === 'sweep') {
          stage.ask(wish, delay);
        }
      },
    };
    const remaining = () => 1000 * (FUNCTION_TIMEOUT - secondsBetween(began, clock.now()));
    const ports = { ...m.world, links: m.links, wakes, digests, store: m.table.approvals, due: m.table.due };
    const wired = Object.entries(ports).map(([name, port]) =>
      typeof port === 'object' && !NOT_REMOTE.includes(name)
        ? [name, tapped(name, port, through)]
        : [name, port],
    );
    return { ...(Object.fromEntries(wired) as Ports), clock: { now: clock.now, remaining } };
  }

  /** The next thing that happens by itself before `end`; false when nothing does, and it is `end` then. */
  async function step(end: Instant): Promise<boolean> {
    const now = clock.now();
    m.witness();
    const paces = [...m.table.paces.stored.values()];
    const due = earliest(
      ...[...m.table.rows.values()].map(({ wakeAt }) => wakeAt),
      ...paces.map(({ pace }) => digestDue(pace)),
    );
    const sweepAt = due === null ? null : latest(due, plus(lastSweep, SWEEP_EVERY));
    const messageAt = earliest(...queue.map(({ at }) => at));
    const rescueAt = unattended().length === 0 ? null : plus(lastRescue ?? now, COMES_BACK);
    const next = earliest(sweepAt, messageAt, rescueAt);
    if (next === null || next > end) {
      clock.move(Math.max(0, secondsBetween(now, end)));
      return false;
    }
    clock.move(Math.max(0, secondsBetween(now, next)));
    if (next === messageAt) {
      const first = queue.find(({ at }) => at === messageAt);
      queue = queue.filter((one) => one !== first);
      if (first?.message.kind === 'user') {
        await stage.reconcile(first.message);
      } else if (first?.message.kind === 'digest') {
        await stage.digest(first.message);
      }
    } else if (next === sweepAt) {
      lastSweep = clock.now();
      await stage.sweep();
    } else {
      lastRescue = clock.now();
      for (const userName of unattended()) {
        stage.send({ kind: 'user', account: ACCOUNT, userName, attempt: 0 });
      }
    }
    return true;
  }

  /**
   * Users in violation of whom no open case knows. The sweep cannot see them: a message whose handler died comes back
   * by itself, and a message that was lost is made good by the inventory. Both end in such a wake.
   */
  function unattended(): string[] {
    if (!stage.sweepOnly && !stage.inventory) {
      return [];
    }
    return [...m.iam.users.values()]
      .filter(({ userId, keys }) => isViolation(keys) && !isOpen(m.caseOf(userId)))
      .map(({ userName }) => userName);
  }

  function summary(): string {
    const cases = [...m.table.rows.values()].map(
      ({ case: current, wakeAt, failures }) =>
        `${current.userName} ${current.phase} ${current.heldFor ?? ''} next ${wakeAt} failures ${failures} ${JSON.stringify(current.progress)} ${JSON.stringify(current.keys)}`,
    );
    return `${clock.now()} ${cases.join('; ')}`;
  }

  return stage;
}

export type Stage = ReturnType<typeof stageOf>;

/** Everything any function has from outside. */
type Ports = World & Pick<DecisionPorts, 'links' | 'store'> & Pick<Parameters<typeof sweep>[0], 'due'>;

/** Parts of a world that are no calls to anywhere. */
export const NOT_REMOTE = ['clock', 'log', 'policy'];

/** Failures that happen in life or were put in; anything else is a broken promise. */
function isNatural(error: unknown): boolean {
  if (error instanceof Crash || error instanceof Injected || error instanceof Unreadable) {
    return true;
  }
  return error instanceof Error && error.message.endsWith('is away');
}
