import { type Case, isOpen } from '../../core/case/case.ts';
import type { VerdictContext } from '../../core/config/judged-user.ts';
import { needsUpdate } from '../../core/config/needs-update.ts';
import type { Evaluation, ListedUser, Survey } from '../../core/config/survey.ts';
import { NOT_APPLICABLE, verdictOf } from '../../core/config/verdict.ts';
import { isViolation } from '../../core/model/compliance.ts';
import { isExcluded } from '../../core/model/exclusion.ts';
import type { Policy } from '../../core/model/policy.ts';
import type { CaseReader, Clock, WakeSender } from '../ports.ts';
import type { Wake } from '../wake.ts';
import type { EvaluationBatch } from './evaluation-batch.ts';
import {
  type ReadUsers,
  type ReadUserWorld,
  readingAgain,
  readingUsers,
  type UserReading,
} from './read-user.ts';

export interface ReadLiveWorld extends ReadUserWorld {
  readonly cases: CaseReader;
  readonly wakes: WakeSender;
  readonly clock: Clock;
  readonly policy: Policy;
}

/** What became of the users to read live. */
export interface LiveReading {
  // biome-ignore lint/plugin: counted as the run goes on
  read: number;
  /** Of these could not be read. */
  // biome-ignore lint/plugin: counted as the run goes on
  unread: number;
  // biome-ignore lint/plugin: counted as the run goes on
  woken: number;
  /** There was no time for. */
  // biome-ignore lint/plugin: counted as the run goes on
  left: number;
}

/** So many users are read, woken and put together: what is done is done, should the run die. */
const GROUP = 100;

/** No new group is begun with less than this left. */
const ENOUGH_MS = 60_000;

/** Reads these users, group by group; each group's wakes and verdicts go out before the next begins. */
export async function readLive(
  world: ReadLiveWorld,
  account: string,
  { shown: held, now }: Pick<Survey, 'shown' | 'now'>,
  users: readonly ListedUser[],
  out: Pick<EvaluationBatch, 'put'>,
): Promise<LiveReading> {
  const sum: LiveReading = { read: 0, unread: 0, woken: 0, left: 0 };
  const missing: ListedUser[] = [];

  const readGroup = async (group: readonly ListedUser[], lookAt: ReadUsers) => {
    const ids = group.map(({ userId }) => userId);
    const { control, cases } = await world.cases.cases(account, ids);
    const looks = await lookAt(group);
    missing.push(...looks.flatMap(({ found, user }) => (found === 'missing' ? [user] : [])));
    const judged = looks.flatMap((look) => {
      const current = cases.get(look.user.userId) ?? null;
      return judgedLook(look, current, { policy: world.policy, control, now });
    });
    const woken = judged.filter(({ wakes }) => wakes).map(({ user }) => user);
    await wakeAll(world, account, woken);
    const evaluations = judged.map(({ evaluation }) => evaluation);
    await out.put(evaluations.filter((one) => needsUpdate(one, held.get(one.userId), now)));
    sum.read += looks.filter(({ found }) => found !== 'missing').length;
    sum.unread += looks.filter(({ found }) => found === 'unread').length;
    sum.woken += woken.length;
  };

  const readAll = async (all: readonly ListedUser[], lookAt: ReadUsers) => {
    for (let from = 0; from < all.length; from += GROUP) {
      const group = all.slice(from, from + GROUP);
      if (world.clock.remaining() < ENOUGH_MS) {
        sum.left += group.length;
      } else {
        await readGroup(group, lookAt);
      }
    }
  };

  await readAll(users, readingUsers(world));
  await readAll(missing.splice(0), readingAgain(world));
  return sum;
}

/** What one look says, and whether the case of this user should be looked at; nothing where nothing is known. */
function judgedLook(
  look: UserReading,
  current: Case | null,
  context: VerdictContext,
): { readonly user: Named; readonly evaluation: Evaluation; readonly wakes: boolean }[] {
  if (look.found === 'unread' || look.found === 'missing') {
    return [];
  }
  const { userId, userName } = look.user;
  if (look.found === 'gone') {
    const evaluation = { ...NOT_APPLICABLE, userId, factsAt: look.began };
    return [{ user: { userId }, evaluation, wakes: isOpen(current) }];
  }
  const { keys, began, listed } = look;
  const excluded = isExcluded(look.as, context.policy.exclude);
  const verdict = verdictOf({ keys, excluded, current }, context);
  // Two looks at once may end in another order than they began: then the one that found a violation is to win.
  const factsAt = verdict.compliance === 'NON_COMPLIANT' ? listed : began;
  const evaluation = { ...verdict, userId, factsAt };
  return [{ user: { userId, userName }, evaluation, wakes: isViolation(keys) !== isOpen(current) }];
}

/** Whom to wake. Without a case the name saves reconcile a search through the list of all users. */
export type Named = Pick<Wake, 'userId' | 'userName'>;

export async function wakeAll(
  { wakes }: Pick<ReadLiveWorld, 'wakes'>,
  account: string,
  users: readonly Named[],
): Promise<void> {
  await wakes.send(users.map((user) => ({ kind: 'user', account, ...user, attempt: 0 })));
}
