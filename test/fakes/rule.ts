import type { CaseReader } from '../../functions/app/config-ports.ts';
import { type EvaluateWorld, evaluate } from '../../functions/app/survey/evaluate.ts';
import { addressMark } from '../../functions/core/case/requests.ts';
import type { CheckedSubscriptions } from '../../functions/core/health/reach.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { DAY, type Instant, plus } from '../../functions/core/model/time.ts';
import { trueKey } from './acts.ts';
import { memoryConfig, type Shows } from './aws-config.ts';
import { ACCOUNT } from './cases.ts';
import type { TrueKey, TrueUser } from './iam.ts';
import type { Settable } from './settable.ts';
import { memoryCensus } from './survey.ts';
import { type MemoryWorld, memoryWorld } from './world.ts';

/** The same world as reconcile's, with the rule in AWS Config beside it. */
export function withConfig(m: MemoryWorld, shows?: Shows) {
  const { census, after, column } = memoryCensus(m.iam.users, m.clock);
  const config = memoryConfig(m.clock, shows);
  const slow = { remaining: 15 * 60_000 };
  const cases: CaseReader = {
    async open() {
      return [...m.table.rows].flatMap(([userId, { wakeAt }]) => (wakeAt === null ? [] : [userId]));
    },
    async cases(_account, userIds) {
      const found = userIds.flatMap((userId) => m.table.rows.get(userId)?.case ?? []);
      return {
        control: m.table.state.control,
        // Where a test is not about health, mails reach everybody, as of any moment.
        subscriptions:
          m.table.state.subscriptions === undefined
            ? reachingAll(m.world.policy, m.clock.now())
            : m.table.state.subscriptions,
        cases: new Map(found.map((current) => [current.userId, current])),
        unread: new Map(
          userIds.flatMap((userId) => {
            const one = m.table.unread.get(userId)?.unread;
            return one === undefined ? [] : [[userId, one] as const];
          }),
        ),
      };
    },
    async usage(_account, userIds) {
      return userIds.flatMap((userId) => m.table.usages.get(userId) ?? []);
    },
    async evidence(_account, userIds) {
      return new Map(
        userIds.map((userId) => [
          userId,
          { usage: m.table.usages.get(userId) ?? null, about: m.table.abouts.get(userId) ?? null },
        ]),
      );
    },
  };
  const world: Settable<EvaluateWorld> = {
    census,
    iam: { ...m.iam.reader },
    cases,
    rule: config.rule,
    wakes: m.wakes,
    clock: { now: m.clock.now, remaining: () => slow.remaining },
    log: m.log,
    policy: m.world.policy,
    pause: async () => undefined,
  };
  /** One run of the rule; then reconcile does what it was woken for. */
  const run = async () => {
    const done = await evaluate(world, ACCOUNT);
    const woken = m.wakes.sent.splice(0).map(({ userId }) => userId);
    return { ...done, ids: woken };
  };
  const shown = () =>
    Object.fromEntries([...config.shown].map(([userId, { compliance }]) => [userId, compliance]));
  /** What AWS Config shows about the account. */
  const ofAccount = () => config.state.account;
  return { config, world, after, column, slow, run, shown, ofAccount };
}

/** A check at this moment that found every approver's subscription confirmed for long. */
export function reachingAll(
  { approvers }: Pick<Policy, 'approvers'>,
  checkedAt: Instant,
): CheckedSubscriptions {
  const confirmed = { state: 'confirmed', since: plus(checkedAt, -DAY) } as const;
  const addresses = Object.fromEntries(approvers.map(({ email }) => [addressMark(email), confirmed]));
  return { checkedAt, addresses };
}

/** Users `user-0` and so on, with these keys. */
export function users(count: number, keys: (n: number) => TrueKey[]): TrueUser[] {
  return Array.from({ length: count }, (_, n) => ({
    userId: `AIDA${String(n).padStart(8, '0')}`,
    userName: `user-${n}`,
    path: '/',
    tags: {},
    keys: keys(n),
  }));
}

export const oneKey = (n: number) => [trueKey(`AKIAONE${String(n).padStart(9, '0')}`, 100, 5)];
export const twoKeys = (n: number) => [
  ...oneKey(n),
  trueKey(`AKIATWO${String(n).padStart(9, '0')}`, 200, 50),
];

/** An account with just these users. */
export function account(...all: TrueUser[]) {
  return accountWhere(undefined, all);
}

/** The same, where AWS Config shows something else than we assume. */
export function accountWhere(shows: Shows | undefined, all: readonly TrueUser[]) {
  const m = memoryWorld();
  for (const user of all) {
    m.iam.users.set(user.userId, user);
  }
  return { m, ...withConfig(m, shows) };
}
