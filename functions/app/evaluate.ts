import { type Case, isOpen } from '../core/case.ts';
import { isViolation } from '../core/compliance.ts';
import {
  type Census,
  type Evaluation,
  isWorthPutting,
  type ListedUser,
  type Plan,
  planned,
  unshown,
} from '../core/evaluation.ts';
import { isExcluded } from '../core/exclusion.ts';
import type { Policy } from '../core/policy.ts';
import type { Instant } from '../core/time.ts';
import { NOT_APPLICABLE, type VerdictContext, verdictOf } from '../core/verdict.ts';
import { type Look, lookAtAll } from './look.ts';
import type { CaseReader, CensusTaker, Clock, ConfigRule, IamReader, Log, WakeSender } from './ports.ts';
import { type Putting, putting } from './putting.ts';
import type { Wake } from './wake.ts';

/** What one run of the rule needs from outside. */
export interface EvaluateWorld {
  census: CensusTaker;
  iam: Pick<IamReader, 'user' | 'keys' | 'lastUsed'>;
  cases: CaseReader;
  rule: ConfigRule;
  wakes: WakeSender;
  clock: Clock;
  log: Log;
  policy: Policy;
  /** Waits; between two tries of what AWS refused. */
  pause(seconds: number): Promise<void>;
}

/** What a run did. */
export interface Evaluated {
  users: number;
  /** Users read live. */
  read: number;
  /** Users of whom nothing was said, because they could not be read. */
  unread: number;
  put: number;
  woken: number;
}

/** So many users are read, put and woken together: what is done is done, should the run die. */
const GROUP = 100;

/** No new group is begun with less than this left. */
const ENOUGH_MS = 60_000;

/**
 * One run of the rule in AWS Config: says of every user what differs from what Config shows, as of the time of the facts,
 * and wakes whoever should have a case and has none, or has one and seems to need none. Throws when Config did not take
 * something, or when time ran out, after everything else was done; the next run goes on from what Config then shows, and
 * reads users in another order, so that nobody is left out in every run.
 */
export async function evaluate(world: EvaluateWorld, account: string): Promise<Evaluated> {
  const { log } = world;
  const census = await takeCensus(world, account);
  const plan = planned(census);
  const out = putting(world);
  const reading = await readLive(world, account, census, plan, out);
  await out.put(plan.evaluations);
  await out.end();
  await wake(
    world,
    account,
    plan.gone.map((userId) => ({ userId })),
  );
  const done: Evaluated = {
    users: census.users.length,
    read: reading.read,
    unread: reading.unread,
    put: out.count(),
    woken: reading.woken + plan.gone.length,
  };
  log.info('evaluated', { ...done });
  if (done.unread > 0) log.count('UsersUnread', done.unread);
  if (out.failed() > 0) {
    log.count('EvaluationsFailed', out.failed());
    throw new Error(`AWS Config did not take ${out.failed()} evaluations; the next run puts them again.`);
  }
  if (reading.left > 0)
    throw new Error(
      `There was no time to read ${reading.left} users; the next run takes users in another order.`,
    );
  return done;
}

async function takeCensus({ census, cases, rule, clock }: EvaluateWorld, account: string): Promise<Census> {
  const held = await rule.held();
  const report = await census.report();
  const open = new Set(await cases.open(account));
  const listedAt = clock.now();
  const users = await census.users();
  const keysSeenAt = await lastLooks(cases, account, unshown({ users, report, held }));
  return { users, listedAt, report, held, open, keysSeenAt, now: clock.now() };
}

/** When the keys in these users' cases were seen, by UserId. */
async function lastLooks(
  reader: CaseReader,
  account: string,
  users: readonly ListedUser[],
): Promise<Map<string, Instant>> {
  if (users.length === 0) return new Map();
  const ids = users.map(({ userId }) => userId);
  const { cases } = await reader.cases(account, ids);
  return new Map([...cases].map(([userId, known]) => [userId, known.keysSeenAt]));
}

interface Reading {
  read: number;
  unread: number;
  woken: number;
  left: number;
}

/** Reads the users of the plan, group by group; each group's verdicts and wakes go out before the next begins. */
async function readLive(
  world: EvaluateWorld,
  account: string,
  { held, now }: Census,
  { live }: Plan,
  out: Putting,
): Promise<Reading> {
  const sum: Reading = { read: 0, unread: 0, woken: 0, left: 0 };
  for (let from = 0; from < live.length; from += GROUP) {
    if (world.clock.remaining() < ENOUGH_MS) return { ...sum, left: live.length - from };
    const group = live.slice(from, from + GROUP);
    const ids = group.map(({ userId }) => userId);
    const { control, cases } = await world.cases.cases(account, ids);
    const looks = await lookAtAll(world, group);
    const judged = looks.flatMap((look) => {
      const known = cases.get(look.user.userId) ?? null;
      return judgedLook(look, known, { policy: world.policy, control, now });
    });
    const evaluations = judged.map(({ evaluation }) => evaluation);
    await out.put(evaluations.filter((one) => isWorthPutting(one, held.get(one.userId), now)));
    const woken = judged.filter(({ wakes }) => wakes).map(({ user }) => user);
    await wake(world, account, woken);
    sum.read += group.length;
    sum.unread += group.length - judged.length;
    sum.woken += woken.length;
  }
  return sum;
}

/** What one look says, and whether the case of this user should be looked at; nothing for a user who could not be read. */
function judgedLook(
  look: Look,
  known: Case | null,
  context: VerdictContext,
): { user: Named; evaluation: Evaluation; wakes: boolean }[] {
  if (look.found === 'unread') return [];
  const { userId, userName } = look.user;
  if (look.found === 'gone') {
    const evaluation = { ...NOT_APPLICABLE, userId, factsAt: look.at };
    return [{ user: { userId }, evaluation, wakes: isOpen(known) }];
  }
  const { keys, at } = look;
  const excluded = isExcluded(look.as, context.policy.exclude);
  const verdict = verdictOf({ keys, excluded, known }, context);
  const evaluation = { ...verdict, userId, factsAt: at };
  return [{ user: { userId, userName }, evaluation, wakes: isViolation(keys) !== isOpen(known) }];
}

/** Whom to wake. Without a case the name saves reconcile a search through the list of all users. */
type Named = Pick<Wake, 'userId' | 'userName'>;

async function wake({ wakes }: EvaluateWorld, account: string, users: readonly Named[]): Promise<void> {
  await wakes.send(users.map((user) => ({ kind: 'user', account, ...user, look: 0 })));
}
