import fc from 'fast-check';
import { reconcile } from '../../functions/app/reconcile/reconcile.ts';
import { type EvaluateWorld, evaluate } from '../../functions/app/survey/evaluate.ts';
import type { UserEvaluation } from '../../functions/core/config/survey.ts';
import { DAY, HOUR, type Instant, MINUTE, type Seconds } from '../../functions/core/model/time.ts';
import { tapped } from '../exploration/tap.ts';
import { trueKey } from '../fakes/acts.ts';
import type { Shows } from '../fakes/aws-config.ts';
import { ACCOUNT } from '../fakes/cases.ts';
import type { Listing, TrueKey } from '../fakes/iam.ts';
import { users, withConfig } from '../fakes/rule.ts';
import { memoryWorld } from '../fakes/world.ts';

/** Somebody gives a user other keys: so many active ones, so many that are off. */
interface Change {
  readonly user: number;
  readonly active: number;
  readonly off: number;
  /** Whether an event of it reaches reconcile at once. */
  readonly heard: boolean;
}

/** What goes on between two moments of a run: time passes, and perhaps somebody does something. */
interface Tick {
  readonly seconds: Seconds;
  readonly change: Change | null;
}

export type Scene =
  | { readonly kind: 'run'; readonly ticks: Tick[] }
  | { readonly kind: 'wait'; readonly seconds: Seconds; readonly change: Change | null };

const USERS = 3;

const anyChange = fc.record({
  user: fc.nat(USERS - 1),
  active: fc.integer({ min: 0, max: 3 }),
  off: fc.integer({ min: 0, max: 2 }),
  heard: fc.boolean(),
});
const maybe = (weight: number) =>
  fc.oneof({ weight: 10 - weight, arbitrary: fc.constant(null) }, { weight, arbitrary: anyChange });
const anyTick = fc.record({ seconds: fc.integer({ min: 0, max: 20 }), change: maybe(2) });

/** Runs of the rule, in which time passes and things happen around every call, and what goes on between them. */
export const anyLife: fc.Arbitrary<Scene[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('run' as const), ticks: fc.array(anyTick, { maxLength: 60 }) }),
    fc.record({
      kind: fc.constant('wait' as const),
      seconds: fc.constantFrom(MINUTE, HOUR, 5 * HOUR, 7 * DAY),
      change: maybe(8),
    }),
  ),
  { minLength: 2, maxLength: 14 },
);

/** How many keys were active since when, oldest first. */
type History = { readonly since: Instant; readonly active: number; readonly off: number }[];

export interface Put extends UserEvaluation {
  readonly putAt: Instant;
}

function keysOf({ user, active, off }: Pick<Change, 'user' | 'active' | 'off'>, made: number): TrueKey[] {
  return Array.from({ length: active + off }, (_, n) => ({
    ...trueKey(`AKIA${String(made).padStart(6, '0')}${user}${n}`, 100, 5),
    status: n < off ? ('Inactive' as const) : ('Active' as const),
  }));
}

/** An account with some users whose keys come and go, Solekey, and AWS Config; all in memory. */
export function lifeWith(shows: Shows) {
  const m = memoryWorld();
  const all = users(USERS, (user) => keysOf({ user, active: 1, off: 0 }, 0));
  for (const user of all) {
    m.iam.users.set(user.userId, user);
  }
  const rule = withConfig(m, shows);
  rule.column.more = false;
  const histories = new Map(
    all.map(({ userId }): [string, History] => [userId, [{ since: m.clock.now(), active: 1, off: 0 }]]),
  );
  const puts: Put[] = [];
  /** The listings of keys that the rule made; reconcile makes others. */
  const listings: Listing[] = [];
  const reports = new Set<Instant>();
  let made = 0;

  const happens = async (change: Change | null) => {
    const user = change === null ? undefined : all[change.user];
    if (change === null || user === undefined) {
      return;
    }
    made += 1;
    // Two things never happen at the same moment, so that a time says what was true then.
    m.clock.move(1);
    user.keys = keysOf(change, made);
    histories.get(user.userId)?.push({ since: m.clock.now(), active: change.active, off: change.off });
    if (change.heard) {
      await m.wake(user.userName);
    }
  };

  const run = async (ticks: Tick[]) => {
    const left = [...ticks];
    const tick = async () => {
      const { seconds, change } = left.shift() ?? { seconds: 1, change: null };
      m.clock.move(seconds);
      await happens(change);
    };
    const through = async (site: string, make: () => Promise<unknown>) => {
      await tick();
      const putAt = m.clock.now();
      const before = { puts: rule.config.puts.length, listings: m.iam.listings.length };
      const answer = await make();
      if (site === 'census.report') {
        reports.add((answer as { readonly generated: Instant }).generated);
      }
      puts.push(...rule.config.puts.slice(before.puts).map((one) => ({ ...one, putAt })));
      listings.push(...m.iam.listings.slice(before.listings));
      await tick();
      return answer;
    };
    const remote = (['census', 'iam', 'cases', 'rule', 'wakes'] as const).map(
      (name) => [name, tapped(name, rule.world[name], through)] as const,
    );
    await evaluate({ ...rule.world, ...Object.fromEntries(remote) } as EvaluateWorld, ACCOUNT);
    for (const wake of m.wakes.sent.splice(0)) {
      await reconcile(m.world, wake);
    }
  };

  /** Whether a user really had at most one active key then. */
  const compliedAt = (userId: string, at: Instant): boolean => {
    const then = (histories.get(userId) ?? []).findLast(({ since }) => since <= at);
    return then !== undefined && then.active <= 1;
  };

  /** True if a user had more keys then than a report has columns for: only the background reading finds these. */
  const hadMore = (userId: string, at: Instant): boolean => {
    const then = (histories.get(userId) ?? []).findLast(({ since }) => since <= at);
    return then !== undefined && then.active + then.off > 2;
  };

  /** When the rule listed this user's keys, in order. */
  const listedAt = (userId: string): Instant[] =>
    listings.filter((listing) => listing.userId === userId).map(({ at }) => at);

  /** When anybody listed them, reconcile included, whose open case speaks for a user as well. */
  const readAt = (userId: string): Instant[] =>
    m.iam.listings.filter((listing) => listing.userId === userId).map(({ at }) => at);

  return {
    puts,
    reports,
    compliedAt,
    hadMore,
    listedAt,
    readAt,
    shown: rule.shown,
    async plays(scene: Scene): Promise<void> {
      if (scene.kind === 'run') {
        return run(scene.ticks);
      }
      m.clock.move(scene.seconds);
      await happens(scene.change);
    },
  };
}
